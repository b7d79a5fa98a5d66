// The line of time under hands and keys, and what it says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/widgets/scrubber.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

namespace triptych::test {
namespace {

class ScrubberTest : public testing::Test {
protected:
    ScrubberTest()
    {
        m_scrubber.resize(1000, 28);
        m_scrubber.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_scrubber));
    }
    void start()
    {
        m_feed.take(event::StateChanged{SessionState::Preparing, ""});
        m_feed.take(synthetic_start());
        m_feed.take(event::StateChanged{SessionState::Running, ""});
        for (std::int64_t step = 10; step <= 1200; step += 10) append_steps(m_feed, {}, step - 9, step);
        m_feed.showNewestNumbers();
    }
    TimeLine& line() { return m_scrubber.line(); }
    QPoint at(std::int64_t step) { return {static_cast<int>(std::lround(line().xOf(step))), 14}; }

    Theme m_theme{ThemeChoice::Dark};
    RunFeed m_feed;
    Moment m_moment;
    HistoryFeed m_history{m_feed, m_moment};
    Scrubber m_scrubber{m_feed, m_moment, m_history, m_theme};
};

TEST_F(ScrubberTest, BeforeARunNothingCanBeMoved)
{
    QTest::mouseClick(&line(), Qt::LeftButton, {}, {100, 14});
    QTest::keyClick(&line(), Qt::Key_Home);
    EXPECT_TRUE(m_moment.isLive());
    EXPECT_FALSE(m_scrubber.chip()->isEnabled());
    EXPECT_EQ(line().valueText(), QString("no run yet"));
}

TEST_F(ScrubberTest, ADragShowsTheStepsUnderTheHandAndItsEndIsLive)
{
    start();
    QTest::mousePress(&line(), Qt::LeftButton, {}, at(900));
    QTest::mouseMove(&line(), at(620));
    ASSERT_FALSE(m_moment.isLive());
    EXPECT_NEAR(static_cast<double>(*m_moment.step()), 620, 2);
    QTest::mouseMove(&line(), {999, 14});
    QTest::mouseRelease(&line(), Qt::LeftButton, {}, {999, 14});
    EXPECT_TRUE(m_moment.isLive());
}

TEST_F(ScrubberTest, APressNearAMarkMeansItsStep)
{
    start();
    m_feed.take(event::SettingChanged{437, "learning_rate", 5e-4});
    QTest::mouseClick(&line(), Qt::LeftButton, {}, at(437) + QPoint(3, 0));
    EXPECT_EQ(m_moment.step(), 437);
    EXPECT_TRUE(line().explanationAt(line().xOf(437)).contains("learning_rate became 0.0005"));
}

TEST_F(ScrubberTest, SettingsAlertsAndCheckpointsAreMarked)
{
    start();
    m_feed.take(event::CheckpointSaved{1000, "somewhere"});
    m_feed.take(event::SettingChanged{400, "learning_rate", 5e-4});
    m_feed.take(event::Health{700, "imbalance", "layer 2 is uneven", 2});
    ASSERT_EQ(line().marks().size(), 3U);
    EXPECT_EQ(line().marks()[0].kind, TimeMark::Kind::Setting);
    EXPECT_EQ(line().marks()[1].kind, TimeMark::Kind::Alert);
    EXPECT_EQ(line().marks()[2].kind, TimeMark::Kind::Checkpoint);
    EXPECT_TRUE(line().explanationAt(line().xOf(700)).contains("layer 2 is uneven"));
}

TEST_F(ScrubberTest, KeysAndTheWheelGoByFrames)
{
    start();
    const auto& frames = m_moment.frames();
    ASSERT_GT(frames.size(), 50U);
    const auto fromTheEnd = [&](std::size_t n) { return frames[frames.size() - n]; };
    QTest::keyClick(&line(), Qt::Key_Left);
    EXPECT_EQ(m_moment.step(), fromTheEnd(1));
    QTest::keyClick(&line(), Qt::Key_PageDown);
    EXPECT_EQ(m_moment.step(), fromTheEnd(11));
    QTest::keyClick(&line(), Qt::Key_Right);
    EXPECT_EQ(m_moment.step(), fromTheEnd(10));
    QWheelEvent back({50, 14}, line().mapToGlobal(QPointF(50, 14)), {}, {0, -120}, {}, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&line(), &back);
    EXPECT_EQ(m_moment.step(), fromTheEnd(11));
    QTest::keyClick(&line(), Qt::Key_End);
    EXPECT_TRUE(m_moment.isLive());
}

TEST_F(ScrubberTest, BracketsAndTheBackslashWorkWhereverTheFocusIs)
{
    start();
    m_scrubber.chip()->setFocus();
    QApplication::setActiveWindow(&m_scrubber);
    const auto& frames = m_moment.frames();
    QTest::keyClick(&m_scrubber, Qt::Key_BracketLeft);
    EXPECT_EQ(m_moment.step(), frames[frames.size() - 1]);
    QTest::keyClick(&m_scrubber, Qt::Key_BraceLeft, Qt::ShiftModifier);
    EXPECT_EQ(m_moment.step(), frames[frames.size() - 11]);
    QTest::keyClick(&m_scrubber, Qt::Key_BracketRight);
    EXPECT_EQ(m_moment.step(), frames[frames.size() - 10]);
    QTest::keyClick(&m_scrubber, Qt::Key_Backslash);
    EXPECT_TRUE(m_moment.isLive());
}

TEST_F(ScrubberTest, TheChipSaysLiveOfARunThatTrainsAloneAndKeepsItsWidth)
{
    start();
    const int width = m_scrubber.chip()->width();
    EXPECT_EQ(m_scrubber.chip()->text(), QString("● Live"));
    m_moment.show(620);
    EXPECT_EQ(m_scrubber.chip()->text(), QString("○ step 620"));
    m_scrubber.chip()->click();
    EXPECT_TRUE(m_moment.isLive());
    m_feed.take(event::StateChanged{SessionState::Finished, ""});
    EXPECT_EQ(m_scrubber.chip()->text(), QString("● Newest"));
    EXPECT_EQ(m_scrubber.chip()->width(), width);
}

TEST_F(ScrubberTest, IsASliderWithAValueInWordsForThoseWhoCannotSeeIt)
{
    start();
    m_moment.show(620);
    QAccessibleInterface* access = QAccessible::queryAccessibleInterface(&line());
    ASSERT_NE(access, nullptr);
    EXPECT_EQ(access->role(), QAccessible::Slider);
    EXPECT_EQ(access->text(QAccessible::Value), QString("step 620 of 1,200"));
    ASSERT_NE(access->valueInterface(), nullptr);
    EXPECT_EQ(access->valueInterface()->maximumValue().toLongLong(), 1200);
    access->valueInterface()->setCurrentValue(300);
    EXPECT_EQ(m_moment.step(), 300);
    EXPECT_FALSE(access->text(QAccessible::Name).isEmpty());
}

TEST_F(ScrubberTest, SaysThatFramesAreInMemoryAloneWhereTheyAre)
{
    start();
    EXPECT_TRUE(line().explanationAt(300).contains("in memory alone"));
}

} // namespace
} // namespace triptych::test
