// The whole window at a step that was, while the training goes on; and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/quiet.h"
#include "tests/support/recorded_history.h"
#include "tests/support/temp_folder.h"
#include "ui/main_window.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/expert_lines.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/scrubber.h"
#include "ui/widgets/step_note.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QToolButton>

#include <memory>

namespace triptych::test {
namespace {

class WindowTime : public testing::Test {
protected:
    WindowTime()
    {
        qputenv("XDG_DATA_HOME", m_folder.path().c_str());
        record_history(m_folder.path(), {}, {100, 400, 616, 800, 1200});
        m_window = std::make_unique<MainWindow>(m_theme);
        m_window->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void train()
    {
        feed().take(event::StateChanged{SessionState::Preparing, ""});
        feed().take(recorded_start(m_folder.path()));
        feed().take(event::StateChanged{SessionState::Running, ""});
        feed().take(event::SampleText{600, "written at 600"});
        append_steps(feed(), {}, 1, 1210);
        feed().take(event::SampleText{1200, "written at 1200"});
        feed().showNewestNumbers();
    }
    void drag_to(std::int64_t step)
    {
        TimeLine& line = m_window->findChild<Scrubber*>()->line();
        const QPoint to(static_cast<int>(std::lround(line.xOf(step))), line.height() / 2);
        QTest::mousePress(&line, Qt::LeftButton, {}, {line.width() - 20, line.height() / 2});
        QTest::mouseMove(&line, to);
        QTest::mouseRelease(&line, Qt::LeftButton, {}, to);
        ASSERT_TRUE(QTest::qWaitFor([&] { return feed().isHeld() && !m_window->history().isReading(); }));
    }
    RunFeed& feed() { return m_window->feed(); }
    /// Curves go on to the newest step by design.
    bool has_curves(const char* id) const
    {
        const Panel* panel = m_window->panel(QString::fromLatin1(id));
        return panel->findChild<TimeSeriesPlot*>() != nullptr || panel->findChild<ExpertLines*>() != nullptr;
    }
    /// A wing's card, drawn.
    QImage picture(const char* id)
    {
        m_window->showPanel(QString::fromLatin1(id));
        QWidget* card = m_window->card(QString::fromLatin1(id));
        EXPECT_TRUE(comes_to_rest(*card)) << id;
        return card->grab().toImage();
    }

    TempFolder m_folder;
    Theme m_theme{ThemeChoice::Dark};
    std::unique_ptr<MainWindow> m_window;
};

TEST_F(WindowTime, EveryWingStaysAtTheStepThatWasDraggedToWhileTheTrainingGoesOn)
{
    train();
    drag_to(620);
    ASSERT_NEAR(static_cast<double>(feed().shownStep()), 620, 2);
    EXPECT_EQ(feed().loads()->step, 616);
    EXPECT_EQ(feed().probe()->step, 616);
    EXPECT_EQ(feed().sample()->step, 600);
    std::map<std::string, QImage> before;
    for (const PanelInfo& info : panelCatalog())
        if ((info.place == PanelPlace::LeftWing || info.place == PanelPlace::Centre ||
             info.place == PanelPlace::RightWing) &&
            !has_curves(info.id))
            before[info.id] = picture(info.id);
    append_steps(feed(), {}, 1211, 1300);
    feed().take(event::SampleText{1300, "written at 1300"});
    for (const auto& [id, image] : before) EXPECT_TRUE(picture(id.c_str()) == image) << id << " shows what came later";
    EXPECT_LE(feed().loads()->step, 620);
    EXPECT_LE(feed().probe()->step, 620);
    EXPECT_EQ(feed().liveLoads()->step, 1300);
}

TEST_F(WindowTime, TheChipBringsTheNewestStepBackAtOnce)
{
    train();
    drag_to(620);
    append_steps(feed(), {}, 1211, 1300);
    QTest::mouseClick(m_window->findChild<QToolButton*>("liveChip"), Qt::LeftButton);
    EXPECT_FALSE(feed().isHeld());
    EXPECT_EQ(feed().loads()->step, 1300);
    EXPECT_EQ(feed().probe()->step, 1300);
    EXPECT_EQ(m_window->findChild<Readout*>("barStep")->value(), QString("1,300 / 5,000"));
    EXPECT_EQ(m_window->findChild<Readout*>("barMaxVio")->tone(), ReadoutTone::Plain);
}

TEST_F(WindowTime, WingsSayOfWhichStepTheyAre)
{
    train();
    const auto notes = m_window->findChildren<StepNote*>();
    ASSERT_EQ(notes.size(), 3);
    for (const StepNote* note : notes) EXPECT_EQ(note->text(), QString());
    drag_to(700);
    for (const StepNote* note : notes) EXPECT_EQ(note->text(), QString("as at step 616"));
    m_window->moment().show(50);
    ASSERT_TRUE(QTest::qWaitFor([&] { return feed().shownStep() == 50; }));
    for (const StepNote* note : notes) EXPECT_EQ(note->text(), QString("no frame kept so early"));
    m_window->moment().goLive();
    for (const StepNote* note : notes) EXPECT_EQ(note->text(), QString());
}

TEST_F(WindowTime, NothingMovesWhenItIsLookedBack)
{
    train();
    QTest::qWait(50);
    const QRect wing = m_window->card("moe")->geometry();
    const QRect bar = m_window->findChild<Readout*>("barFullCost")->geometry();
    drag_to(620);
    QTest::qWait(50);
    EXPECT_EQ(m_window->card("moe")->geometry(), wing);
    EXPECT_EQ(m_window->findChild<Readout*>("barFullCost")->geometry(), bar);
    EXPECT_EQ(m_window->width(), 1280) << "all of it fits into the smallest window";
}

} // namespace
} // namespace triptych::test
