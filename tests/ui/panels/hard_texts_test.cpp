// The pages that show the probe text, with texts that nobody had in mind when they were drawn.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/probe_reader.h"
#include "tests/support/hard_texts.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "tests/support/quiet.h"

#include <QAbstractItemModel>
#include <QApplication>

#include <algorithm>

namespace triptych::test {
namespace {

constexpr const char* kPages[] = {"attention", "latent", "mtp", "journey"};

class PageOfHardTexts : public testing::TestWithParam<const char*> {
protected:
    PageOfHardTexts() : m_panel(panel_info(GetParam()).create(m_rig.context(), nullptr))
    {
        m_rig.feed.take(probe_run());
        m_rig.feed.take(event::StateChanged{SessionState::Running, {}});
        m_panel->resize(1280, 460);
        m_panel->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    /// Of what the model reads of the text.
    static std::shared_ptr<const ProbeFrame> frame_of(const HardText& text)
    {
        return probe_frame(text.bytes.substr(0, static_cast<std::size_t>(kMaxProbeTokens)));
    }

    PanelRig m_rig{ThemeChoice::Dark};
    std::unique_ptr<Panel> m_panel;
};

INSTANTIATE_TEST_SUITE_P(Each, PageOfHardTexts, testing::ValuesIn(kPages),
                         [](const auto& page) { return std::string(page.param); });

TEST_P(PageOfHardTexts, NamesEveryTokenAndShowsIt)
{
    for (const HardText& text : hard_texts()) {
        if (text.bytes.empty()) continue; // there is no frame of it
        SCOPED_TRACE(text.name);
        const auto frame = frame_of(text);
        m_rig.feed.setProbe(frame);
        const int last = static_cast<int>(frame->tokens.size()) - 1;
        for (const int token : {0, last / 2, last}) {
            m_rig.selection.setToken(token);
            QTest::qWait(1);
            for (const QLabel* label : m_panel->findChildren<QLabel*>())
                EXPECT_FALSE(label->isVisible() && label->text().contains(QChar(0)))
                    << label->objectName().toStdString();
        }
        for (const QSize& size : {QSize(1280, 460), QSize(420, 300)}) {
            m_panel->resize(size);
            QTest::qWait(1);
            EXPECT_FALSE(m_panel->grab().isNull());
        }
        for (const Twin& twin : m_panel->twins())
            for (int row = 0; row < twin.model->rowCount(); ++row)
                for (int column = 0; column < twin.model->columnCount(); ++column)
                    EXPECT_FALSE(twin.model->index(row, column).data().toString().contains(QChar(0)))
                        << twin.title.toStdString();
    }
}

} // namespace
} // namespace triptych::test
