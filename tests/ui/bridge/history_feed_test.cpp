// Looking back: from the run's folder, from memory, and never more reads than a hand needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/recorded_history.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/history_feed.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace triptych::test {
namespace {

const std::vector<std::int64_t> kSteps = {100, 200, 400, 616, 800, 1000, 1200};

class HistoryFeedTest : public testing::Test {
protected:
    void start_live(bool folder)
    {
        if (folder) record_history(m_folder.path(), {}, kSteps);
        m_feed.take(event::StateChanged{SessionState::Preparing, ""});
        m_feed.take(folder ? recorded_start(m_folder.path()) : synthetic_start());
        m_feed.take(event::StateChanged{SessionState::Running, ""});
    }
    bool settles()
    {
        return QTest::qWaitFor([&] { return !m_history.isReading(); });
    }
    bool shows(std::int64_t step)
    {
        return QTest::qWaitFor([&] { return m_feed.isHeld() && m_feed.shownStep() == step; });
    }

    TempFolder m_folder;
    RunFeed m_feed;
    Moment m_moment;
    HistoryFeed m_history{m_feed, m_moment};
};

TEST_F(HistoryFeedTest, AStepIsHeldWithTheNewestFramesAtOrBeforeIt)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    m_moment.show(620);
    ASSERT_TRUE(shows(620));
    EXPECT_EQ(m_feed.loads()->step, 616);
    EXPECT_EQ(m_feed.probe()->step, 616);
    EXPECT_NEAR(m_feed.loads()->ratio[1][3], synthetic_loads({}, 616)->ratio[1][3], 1e-3);
    EXPECT_EQ(m_history.source(), HistorySource::Folder);
    EXPECT_FALSE(m_history.trouble());
    m_moment.show(50);
    ASSERT_TRUE(shows(50));
    EXPECT_EQ(m_feed.loads(), nullptr) << "nothing was kept so early";
}

TEST_F(HistoryFeedTest, LiveIsThereAtOnceAndALateAnswerIsNotShown)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    m_moment.show(620);
    m_moment.goLive();
    EXPECT_FALSE(m_feed.isHeld());
    ASSERT_TRUE(settles());
    EXPECT_FALSE(m_feed.isHeld());
    EXPECT_EQ(m_feed.loads()->step, 1210);
    m_moment.show(620);
    ASSERT_TRUE(shows(620));
    m_moment.goLive();
    EXPECT_EQ(m_feed.loads()->step, 1210) << "without waiting";
}

TEST_F(HistoryFeedTest, AHundredMovesAreAFewReads)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    ASSERT_TRUE(settles());
    const std::uint64_t before = m_history.reads();
    for (std::int64_t step = 600; step < 700; ++step) m_moment.show(step);
    ASSERT_TRUE(shows(699));
    EXPECT_LE(m_history.reads() - before, 3U);
    EXPECT_EQ(m_feed.loads()->step, 616);
}

TEST_F(HistoryFeedTest, AMoveWithinAFrameDrawsNothingAnew)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    m_moment.show(620);
    ASSERT_TRUE(shows(620));
    QSignalSpy loads(&m_feed, &RunFeed::loadsChanged);
    QSignalSpy probes(&m_feed, &RunFeed::probeChanged);
    m_moment.show(640);
    ASSERT_TRUE(shows(640));
    EXPECT_EQ(loads.count(), 0);
    EXPECT_EQ(probes.count(), 0);
}

TEST_F(HistoryFeedTest, TheKeysGoThroughTheFramesThatAreThere)
{
    start_live(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_moment.frames().empty(); }));
    EXPECT_EQ(m_moment.frames(), kSteps);
    m_moment.move(-3);
    ASSERT_TRUE(shows(800));
    EXPECT_EQ(m_feed.loads()->step, 800);
}

TEST_F(HistoryFeedTest, ARunWithoutAFolderIsLookedBackAtInMemory)
{
    start_live(false);
    for (std::int64_t step = 10; step <= 1200; step += 10) append_steps(m_feed, {}, step - 9, step);
    EXPECT_EQ(m_history.source(), HistorySource::Memory);
    m_moment.show(625);
    EXPECT_EQ(m_feed.shownStep(), 625) << "at once";
    EXPECT_EQ(m_feed.loads()->step, 620);
    EXPECT_LE(m_feed.probe()->step, 620);
    EXPECT_GE(m_feed.probe()->step, 500);
    EXPECT_LE(m_moment.frames().size(), HistoryFeed::kMostLoads);
    EXPECT_EQ(m_history.reads(), 0U);
}

TEST_F(HistoryFeedTest, ARunWhoseFolderHasNoHistoryIsLookedBackAtInMemoryToo)
{
    m_feed.take(event::StateChanged{SessionState::Preparing, ""});
    m_feed.take(recorded_start(m_folder.path()));
    m_feed.take(event::StateChanged{SessionState::Running, ""});
    append_steps(m_feed, {}, 1, 600);
    append_steps(m_feed, {}, 601, 1200);
    m_moment.show(700);
    ASSERT_TRUE(shows(700));
    EXPECT_EQ(m_feed.loads()->step, 600);
    EXPECT_FALSE(m_history.trouble());
}

TEST_F(HistoryFeedTest, ARecordedRunOpensWithItsNewestFramesAndTheirDomains)
{
    record_history(m_folder.path(), {}, kSteps);
    m_feed.apply(recorded_start(m_folder.path()));
    auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 1205));
    loads->domains.clear();
    loads->domain_share.clear();
    loads->words.clear();
    m_feed.setLoads(loads);
    m_feed.apply(event::StateChanged{SessionState::Finished, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.probe() != nullptr; }));
    EXPECT_EQ(m_feed.probe()->step, 1200);
    EXPECT_EQ(m_feed.loads()->step, 1205) << "what was newer stays";
    EXPECT_EQ(m_feed.loads()->domains, SyntheticRun{}.domains);
    EXPECT_EQ(m_feed.loads()->domain_share.size(), loads->layers.size());
    EXPECT_EQ(m_feed.loads()->words.size(), loads->layers.size());
    EXPECT_EQ(m_feed.loads()->words_step, 1200);
    EXPECT_FALSE(m_feed.isHeld());
}

TEST_F(HistoryFeedTest, ARunThatIsReopenedIsLookedBackAtLikeTheLiveOne)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    m_moment.show(620);
    ASSERT_TRUE(shows(620));

    RunFeed again;
    Moment moment;
    HistoryFeed history(again, moment);
    again.apply(recorded_start(m_folder.path()));
    append_steps(again, {}, 1, 1200);
    again.apply(event::StateChanged{SessionState::Finished, {}});
    moment.show(620);
    ASSERT_TRUE(QTest::qWaitFor([&] { return again.isHeld(); }));
    EXPECT_EQ(again.loads()->step, m_feed.loads()->step);
    EXPECT_EQ(again.loads()->ratio, m_feed.loads()->ratio);
    EXPECT_EQ(again.probe()->attention, m_feed.probe()->attention);
    EXPECT_EQ(again.loads()->words_step, 616);
    ASSERT_EQ(again.loads()->words.size(), 4U);
    EXPECT_EQ(again.loads()->words[1][3].size(), synthetic_loads({}, 616)->words[1][3].size());
    EXPECT_EQ(again.calm(Metric::MaxVio), m_feed.calm(Metric::MaxVio));
}

TEST_F(HistoryFeedTest, AFolderThatCannotBeReadIsSaidAndTheNumbersFollowAllTheSame)
{
    m_feed.apply(recorded_start(m_folder / "gone"));
    append_steps(m_feed, {}, 1, 100);
    m_feed.setLoads(nullptr);
    m_feed.apply(event::StateChanged{SessionState::Finished, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_history.isReading(); }));
    m_moment.show(50);
    ASSERT_TRUE(shows(50));
    EXPECT_EQ(m_feed.value(Metric::MainLoss), synthetic_loss(50));
}

TEST_F(HistoryFeedTest, AnotherRunIsShownLiveAndAnswersAboutTheOneBeforeComeTooLate)
{
    start_live(true);
    append_steps(m_feed, {}, 1, 1210);
    m_moment.show(620);
    m_feed.take(synthetic_start());
    EXPECT_TRUE(m_moment.isLive());
    QTest::qWait(50);
    EXPECT_FALSE(m_feed.isHeld());
    EXPECT_TRUE(m_moment.frames().empty());
}

TEST_F(HistoryFeedTest, AResumedRunHasTheValidationsAndTimesThatItKeptBefore)
{
    record_history(m_folder.path(), {}, kSteps);
    HistoryRecorder recorder(m_folder.path(), synthetic_shape({}), 1200);
    for (const std::int64_t step : {400, 800}) {
        recorder.add(*synthetic_acceptance({}, step));
        recorder.add(*synthetic_kernels(step + 5));
    }
    recorder.flush();
    m_feed.take(event::StateChanged{SessionState::Preparing, ""});
    event::RunStarted resumed = recorded_start(m_folder.path());
    resumed.first_step = 1200;
    m_feed.take(resumed);
    m_feed.take(event::StateChanged{SessionState::Running, ""});
    m_feed.setAcceptance(synthetic_acceptance({}, 1250)); // the first of its own may come before
    m_feed.setKernels(synthetic_kernels(1205));
    append_steps(m_feed, {}, 1201, 1300);
    QSignalSpy told(&m_feed, &RunFeed::acceptanceChanged);
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.count() > 0; }));
    m_moment.show(900);
    ASSERT_TRUE(shows(900));
    ASSERT_NE(m_feed.acceptance(), nullptr);
    EXPECT_EQ(m_feed.acceptance()->step, 800);
    ASSERT_NE(m_feed.kernels(), nullptr);
    EXPECT_EQ(m_feed.kernels()->step, 805);
    m_moment.goLive();
    EXPECT_EQ(m_feed.kernels()->step, 1205);
    EXPECT_GE(m_feed.acceptance()->step, 1250);
}

TEST_F(HistoryFeedTest, ARunThatAnotherProcessTrainsBringsItsNewPicturesAndKeepsItsDomains)
{
    record_history(m_folder.path(), {}, kSteps);
    m_feed.apply(recorded_start(m_folder.path()));
    m_feed.setTrainedBy(QStringLiteral("process 1"));
    m_feed.apply(event::StateChanged{SessionState::Idle, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.probe() != nullptr; }));
    EXPECT_EQ(m_feed.probe()->step, 1200);
    HistoryRecorder recorder(m_folder.path(), synthetic_shape({}), 1200);
    recorder.add(*synthetic_probe({}, 1400));
    recorder.flush();
    auto alone = std::make_shared<LoadFrame>(*synthetic_loads({}, 1401));
    alone->domains.clear();
    alone->domain_share.clear();
    m_feed.setLoads(alone);
    EXPECT_EQ(m_feed.loads()->step, 1401);
    EXPECT_FALSE(m_feed.loads()->domain_share.empty());
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            m_feed.append({{Metric::MainLoss, 1402, 1.0}});
            return m_feed.probe()->step == 1400;
        },
        20'000));
    EXPECT_FALSE(m_feed.isHeld());
}

TEST_F(HistoryFeedTest, MayGoWhileItReads)
{
    record_history(m_folder.path(), {}, kSteps);
    for (int i = 0; i < 20; ++i) {
        RunFeed feed;
        Moment moment;
        HistoryFeed history(feed, moment);
        feed.take(recorded_start(m_folder.path()));
        moment.show(620);
    }
    QTest::qWait(1);
    SUCCEED();
}

} // namespace
} // namespace triptych::test
