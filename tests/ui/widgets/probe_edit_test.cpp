// Editing the probe text: what is posted and when, what is told about its length.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"
#include "tests/support/probe_frames.h"
#include "tests/support/qt_print.h"
#include "ui/widgets/probe_edit.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>

namespace triptych::test {
namespace {

class ProbeEditTest : public testing::Test {
protected:
    ProbeEditTest() : m_edit(m_feed, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); })
    {
        m_edit.resize(700, 30);
        m_edit.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_edit));
    }

    void start(std::int64_t longest = 96)
    {
        event::RunStarted run = probe_run();
        run.probe_tokens = longest;
        m_feed.take(run);
        m_feed.take(event::StateChanged{SessionState::Running, {}});
    }
    std::vector<std::string> texts() const
    {
        std::vector<std::string> all;
        for (const Command& command : m_posted) all.push_back(std::get<command::SetProbeText>(command).text);
        return all;
    }
    QString count() const { return m_edit.findChild<QLabel*>("count")->text(); }
    void type(const QString& text)
    {
        m_edit.line()->selectAll();
        QTest::keyClicks(m_edit.line(), text);
    }

    RunFeed m_feed;
    Theme m_theme{ThemeChoice::Light};
    std::vector<Command> m_posted;
    ProbeEdit m_edit;
};

TEST_F(ProbeEditTest, BeginsWithTheTextThatTheSessionHas)
{
    EXPECT_EQ(m_edit.text(), kDefaultProbeText);
    EXPECT_EQ(count(), "47 of at most 96 tokens");
    start();
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_TRUE(m_posted.empty()) << "it is the same text";
}

TEST_F(ProbeEditTest, NeedsALiveRunAndSaysSo)
{
    EXPECT_FALSE(m_edit.line()->isEnabled());
    EXPECT_TRUE(m_edit.line()->toolTip().contains("No run is live"));
    start();
    EXPECT_TRUE(m_edit.line()->isEnabled());
    m_feed.take(event::StateChanged{SessionState::Paused, {}});
    EXPECT_TRUE(m_edit.line()->isEnabled());
    m_feed.take(event::StateChanged{SessionState::Finished, {}});
    EXPECT_FALSE(m_edit.line()->isEnabled());
}

TEST_F(ProbeEditTest, PostsOnceWhenTheTypingStops)
{
    start();
    type("A cat");
    EXPECT_TRUE(m_posted.empty()) << "not while keys come";
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_posted.empty(); }));
    EXPECT_EQ(texts(), std::vector<std::string>{"A cat"});
}

TEST_F(ProbeEditTest, EnterPostsAtOnceAndOnlyOnce)
{
    start();
    type("A dog");
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_EQ(texts(), std::vector<std::string>{"A dog"});
    QTest::qWait(500);
    EXPECT_EQ(m_posted.size(), 1U);
}

TEST_F(ProbeEditTest, AnEmptyTextIsNotPosted)
{
    start();
    m_edit.line()->selectAll();
    QTest::keyClick(m_edit.line(), Qt::Key_Delete);
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_TRUE(m_posted.empty());
    EXPECT_EQ(count(), "0 of at most 96 tokens");
}

TEST_F(ProbeEditTest, ATextSetByTheProgramIsPostedWithoutARunToo)
{
    m_edit.setText("Häuser");
    EXPECT_EQ(texts(), std::vector<std::string>{"Häuser"});
    EXPECT_EQ(count(), "7 of at most 96 tokens") << "an umlaut is two bytes";
}

TEST_F(ProbeEditTest, TellsAndMarksWhereTheTextIsCut)
{
    start(32);
    type(QString(30, 'a') + " old house");
    EXPECT_EQ(count(), "first 32 of 40 tokens");
    const int mark = m_edit.line()->markPosition();
    ASSERT_GT(mark, 0);
    EXPECT_NEAR(mark, m_edit.fontMetrics().horizontalAdvance(QString(30, 'a') + " o"), 20);
    const QImage picture = m_edit.line()->grab().toImage();
    EXPECT_EQ(picture.pixelColor(mark, m_edit.line()->height() / 2), m_theme.colors().warning);
    type("short");
    EXPECT_EQ(m_edit.line()->markPosition(), -1);
}

TEST(MeasureProbe, ACharacterThatIsCutInTwoIsNotRead)
{
    const QString text = QStringLiteral("aäöü");
    EXPECT_EQ(measureProbe(text, 7).tokens, 7);
    EXPECT_FALSE(measureProbe(text, 7).cut);
    EXPECT_EQ(measureProbe(text, 7).characters, 4);
    EXPECT_EQ(measureProbe(text, 6).characters, 3);
    EXPECT_EQ(measureProbe(text, 5).characters, 3);
    EXPECT_EQ(measureProbe(text, 4).characters, 2);
    EXPECT_EQ(measureProbe(text, 0).characters, 0);
    EXPECT_TRUE(measureProbe(text, 0).cut);
}

} // namespace
} // namespace triptych::test
