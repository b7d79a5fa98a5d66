// A recorded run in a feed: everything there, with the run's own times.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"
#include "tests/support/far_copy.h"
#include "tests/support/probe_frames.h"
#include "tests/support/qt_print.h"
#include "tests/support/recorded_history.h"
#include "tests/support/small_run.h"
#include "ui/bridge/history_feed.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/widgets/scrubber.h"

#include <gtest/gtest.h>

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <optional>

namespace triptych::test {
namespace {

RecordedRun recorded()
{
    RecordedRun run;
    run.started = probe_run();
    run.started.learning_rate = 1e-3;
    run.series[Metric::Loss] = {{1, 5.5}, {2, 4.5}, {3, 4.0}};
    run.series[Metric::HeadlineUsd] = {{3, 0.25}};
    run.events = {{0, "2025-03-01T12:00:00Z", "start", "tiny on builtin:mixed"},
                  {2, "2025-03-01T12:00:05Z", "setting", "step 2: learning_rate = 0.002"},
                  {3, "2025-03-01T12:00:09Z", "sample", "the cat"}};
    run.last_step = 3;
    run.state = SessionState::Finished;
    run.loads = std::make_shared<LoadFrame>();
    run.probe = probe_frame("The old house");
    run.sample = event::SampleText{3, "the cat"};
    run.notes = {"something is missing"};
    return run;
}

TEST(RecordedFeed, HasWhatALiveRunWouldHave)
{
    RunFeed feed;
    QSignalSpy started(&feed, &RunFeed::runStarted);
    QSignalSpy state(&feed, &RunFeed::stateChanged);
    const RecordedRun run = recorded();
    showRecordedRun(feed, run);
    EXPECT_EQ(started.count(), 1);
    EXPECT_EQ(state.count(), 1);
    ASSERT_TRUE(feed.run());
    EXPECT_EQ(feed.run()->model, "tiny");
    EXPECT_EQ(feed.state(), SessionState::Finished);
    EXPECT_FALSE(feed.isLive());
    EXPECT_EQ(feed.series().series(Metric::Loss).steps, (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(feed.series().latest(Metric::HeadlineUsd), 0.25);
    EXPECT_EQ(feed.loads(), run.loads);
    EXPECT_EQ(feed.probe(), run.probe);
    ASSERT_TRUE(feed.sample());
    EXPECT_EQ(feed.sample()->text, "the cat");
}

TEST(RecordedFeed, HasTheDraftsOfTheValidationBeforeTheStepThatIsHeld)
{
    RunFeed feed;
    RecordedRun run = recorded();
    for (const std::int64_t step : {1, 3}) {
        auto drafts = std::make_shared<AcceptanceFrame>();
        drafts->step = step;
        run.acceptance.push_back(drafts);
    }
    showRecordedRun(feed, run);
    EXPECT_EQ(feed.acceptance(), run.acceptance[1]);
    feed.hold(2, nullptr, nullptr);
    EXPECT_EQ(feed.acceptance(), run.acceptance[0]);
}

TEST(RecordedFeed, HasTheTimesOfOpsBeforeTheStepThatIsHeld)
{
    RunFeed feed;
    RecordedRun run = recorded();
    for (const std::int64_t step : {1, 3}) run.kernels.push_back(synthetic_kernels(step));
    showRecordedRun(feed, run);
    EXPECT_EQ(feed.kernels(), run.kernels[1]);
    feed.hold(2, nullptr, nullptr);
    EXPECT_EQ(feed.kernels(), run.kernels[0]);
}

TEST(RecordedFeed, WhatHandsDidIsInForceAsTheNewestFrameHasIt)
{
    RunFeed feed;
    RecordedRun run = recorded();
    auto loads = std::make_shared<LoadFrame>();
    loads->control.turn(3, 7, ExpertSwitch::Off);
    loads->control.balancing = Balancing::Forced;
    run.loads = loads;
    bool told = false;
    QObject::connect(&feed, &RunFeed::loadsChanged, [&] { told = told || feed.control().is_off(3, 7); });
    showRecordedRun(feed, run);
    EXPECT_TRUE(feed.control().is_off(3, 7));
    EXPECT_EQ(feed.control().balancing, Balancing::Forced);
    EXPECT_TRUE(told) << "with the loads";
    showRecordedRun(feed, recorded());
    EXPECT_TRUE(feed.control().empty());
}

TEST(RecordedFeed, AFailedRunSaysWhyWhenItIsOpened)
{
    RunFeed feed;
    QSignalSpy failed(&feed, &RunFeed::failed);
    showRecordedRun(feed, recorded());
    EXPECT_EQ(failed.count(), 0);
    RecordedRun run = recorded();
    run.state = SessionState::Failed;
    run.session.emplace();
    run.session->state = RunState::Failed;
    run.session->reason = "the data vanished";
    run.session->hint = "Put them back.";
    showRecordedRun(feed, run);
    EXPECT_EQ(feed.state(), SessionState::Failed);
    ASSERT_EQ(failed.count(), 1);
    EXPECT_EQ(failed[0][0].toString(), QStringLiteral("When it was last trained, this run failed: the data vanished"));
    EXPECT_EQ(failed[0][1].toString(), QStringLiteral("Put them back."));
}

TEST(RecordedFeed, WhatTheHealthOfTheRunToldIsAnAlert)
{
    RunFeed feed;
    RecordedRun run = recorded();
    run.events.push_back({2, "2025-03-01T14:03:27Z", "health.loss_spike", "the loss jumped"});
    showRecordedRun(feed, run);
    ASSERT_EQ(feed.alerts().size(), 1U);
    EXPECT_EQ(feed.alerts()[0].step, 2);
    EXPECT_EQ(feed.alerts()[0].kind, QString("loss_spike"));
    EXPECT_EQ(feed.alerts()[0].text, QString("the loss jumped"));
}

TEST(RecordedFeed, ChangedSettingsAreInForceAndMarked)
{
    RunFeed feed;
    showRecordedRun(feed, recorded());
    EXPECT_EQ(feed.setting("learning_rate"), 0.002);
    EXPECT_EQ(feed.setting("mtp_loss_weight"), 0.3);
    ASSERT_EQ(feed.marks().size(), 1U);
    EXPECT_EQ(feed.marks()[0].step, 2);
    EXPECT_EQ(feed.marks()[0].key, "learning_rate");
}

TEST(RecordedFeed, TheLogHasTheTimesOfTheRunAndEndsWithTheNotes)
{
    RunFeed feed;
    showRecordedRun(feed, recorded());
    ASSERT_EQ(feed.log().size(), 4U);
    EXPECT_EQ(feed.log()[1].kind, "setting");
    EXPECT_EQ(feed.log()[1].step, 2);
    EXPECT_EQ(feed.log()[1].time, localTime("2025-03-01T12:00:05Z"));
    EXPECT_EQ(feed.log()[3].kind, "note");
    EXPECT_EQ(feed.log()[3].text, "something is missing");
}

TEST(RecordedFeed, ARunWithoutPicturesClearsThoseOfTheOneBefore)
{
    RunFeed feed;
    showRecordedRun(feed, recorded());
    RecordedRun bare;
    bare.started = probe_run();
    showRecordedRun(feed, bare);
    EXPECT_FALSE(feed.loads());
    EXPECT_FALSE(feed.probe());
    EXPECT_FALSE(feed.sample());
    EXPECT_FALSE(feed.series().has(Metric::Loss));
    EXPECT_EQ(feed.state(), SessionState::Idle);
}

TEST(RecordedFeed, KnowsWhatItsTrainingWasPlannedAndSetFor)
{
    RunFeed feed;
    RecordedRun run = recorded();
    run.started.balance_loss_alpha = 1e-4;
    run.plan = std::make_shared<const std::vector<PlanEntry>>(
        std::vector<PlanEntry>{{.name = "embed", .dtype = "f32", .shape = {2, 3}, .bytes = 24}});
    showRecordedRun(feed, run);
    EXPECT_EQ(feed.setting("balance_loss_alpha"), 1e-4);
    ASSERT_TRUE(feed.plan());
    EXPECT_EQ(feed.plan()->rows, run.plan);
    EXPECT_EQ(feed.plan()->held_bytes, 0) << "nothing of it is held here";
}

/// A run of this process that another part of it reads, which looks like one of another process: the lock is the same.
TEST(RecordedFeed, FollowsARunThatAnotherProcessTrainsUntilItEnds)
{
    const SmallRun small;
    RunRequest request = small.request();
    request.run_folder = (small / "run").string();
    request.max_steps = 8;
    RecordingObserver observer;
    auto run = TrainingRun::open(request, observer).take();
    for (int i = 0; i < 3; ++i) run->step();
    RunFeed feed;
    SeriesHub hub(feed);
    RecordedFeed recorded(feed, hub);
    const auto shown = [&](std::int64_t step) {
        return QTest::qWaitFor([&] { return feed.run() && feed.series().latestStep() >= step; }, 30000);
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return RunReader::open(small / "run/metrics.sqlite").ok(); }, 30000));
    recorded.open(QString::fromStdString(request.run_folder));
    ASSERT_TRUE(shown(3));
    EXPECT_FALSE(feed.isLive()) << "hands are off";
    EXPECT_TRUE(feed.isGrowing());
    EXPECT_EQ(feed.trainedBy(), QStringLiteral("process %1").arg(QCoreApplication::applicationPid()));

    while (!run->finished()) run->step(); // validations in steps 4 and 8
    ASSERT_TRUE(shown(8));
    EXPECT_EQ(feed.series().series(Metric::Loss).steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}));
    ASSERT_TRUE(QTest::qWaitFor([&] { return feed.acceptance() && feed.acceptance()->step == 8; }, 30000));
    EXPECT_EQ(feed.series().series(Metric::ValLoss).steps, (std::vector<std::int64_t>{4, 8}));
    EXPECT_EQ(feed.loads()->step, 8);
    EXPECT_FALSE(feed.trainedBy().isEmpty());

    run->finish(run->finish_reason());
    ASSERT_TRUE(QTest::qWaitFor([&] { return feed.trainedBy().isEmpty(); }, 30000));
    EXPECT_EQ(feed.state(), SessionState::Finished);
    EXPECT_FALSE(feed.isGrowing());
    const auto validations = std::count_if(feed.log().begin(), feed.log().end(),
                                           [](const LogEntry& line) { return line.kind == "validation"; });
    EXPECT_EQ(validations, 2) << "each line once";
}

/// Of a run that is longer than what memory takes of it: losses of each step and validations of each hundredth.
class LongRecordedRun : public testing::Test {
protected:
    static constexpr std::int64_t kSteps = 3000;

    static double lossAt(std::int64_t step) { return 5.0 - 0.001 * static_cast<double>(step); }

    void SetUp() override
    {
        record_history(m_folder.path(), {}, {200, 1600, 2900});
        auto store = RunStore::open(m_folder / "metrics.sqlite", 0);
        ASSERT_TRUE(store) << store.error().what;
        for (std::int64_t step = 1; step <= kSteps; ++step) {
            std::vector<Sample> samples = {{Metric::MainLoss, step, lossAt(step)},
                                           {{Metric::DepthLoss, 1}, step, lossAt(step) + 1},
                                           {Metric::Tokens, step, 64.0 * static_cast<double>(step)}};
            if (step % 100 == 0) samples.push_back({Metric::ValLoss, step, lossAt(step) + 0.5});
            (*store)->record(std::move(samples));
        }
        ASSERT_EQ((*store)->close(), "");
        m_recorded.open(QString::fromStdString(m_folder.path().string()));
        ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.run() != nullptr; }, 30000));
        ASSERT_EQ(m_feed.series().series(Metric::MainLoss).steps.front(), kSteps - 199) << "no more of it was read";
    }
    bool shows(std::int64_t step)
    {
        m_moment.show(step);
        return QTest::qWaitFor([&] { return m_feed.isHeld() && m_feed.shownStep() == step; }, 30000);
    }

    TempFolder m_folder;
    RunFeed m_feed;
    Moment m_moment;
    HistoryFeed m_history{m_feed, m_moment};
    SeriesHub m_hub{m_feed};
    RecordedFeed m_recorded{m_feed, m_hub, nullptr, 800};
};

TEST_F(LongRecordedRun, HasTheNumbersOfEachStep)
{
    EXPECT_EQ(m_feed.firstStep(), 1);
    EXPECT_EQ(m_feed.value(Metric::MainLoss), lossAt(kSteps));
    ASSERT_TRUE(shows(1234));
    EXPECT_EQ(m_feed.value(Metric::MainLoss), lossAt(1234));
    EXPECT_NEAR(m_feed.calm(Metric::MainLoss), (lossAt(1234) + lossAt(1215)) / 2, 1e-12) << "the mean of 20 steps";
    EXPECT_EQ(m_feed.calm(Metric::Tokens), 64.0 * 1234) << "a total is not averaged";
    ASSERT_TRUE(shows(3));
    EXPECT_NEAR(m_feed.calm(Metric::MainLoss), lossAt(2), 1e-12) << "of those that there are";
    ASSERT_TRUE(shows(2990));
    EXPECT_EQ(m_feed.value({Metric::DepthLoss, 1}), lossAt(2990) + 1);
    m_moment.goLive();
    EXPECT_EQ(m_feed.value(Metric::MainLoss), lossAt(kSteps));
}

TEST_F(LongRecordedRun, HasAllOfItsValidations)
{
    ASSERT_TRUE(shows(1234));
    EXPECT_EQ(m_feed.value(Metric::ValLoss), lossAt(1200) + 0.5);
    ASSERT_TRUE(shows(99));
    EXPECT_TRUE(std::isnan(m_feed.value(Metric::ValLoss))) << "before the first";
    EXPECT_EQ(m_feed.series().series(Metric::ValLoss).steps.size(), 30U);
}

TEST_F(LongRecordedRun, TheTimeLineGoesBackToItsFirstStep)
{
    const Theme theme(ThemeChoice::Light);
    TimeLine line(m_feed, m_moment, m_history, theme);
    line.resize(600, line.sizeHint().height());
    EXPECT_EQ(line.firstStep(), 1);
    QTest::keyClick(&line, Qt::Key_Home);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_feed.isHeld(); }, 30000));
    EXPECT_EQ(m_feed.shownStep(), 1);
    EXPECT_EQ(m_feed.value(Metric::MainLoss), lossAt(1));
    QTest::mouseClick(&line, Qt::LeftButton, {}, line.rect().center());
    ASSERT_TRUE(QTest::qWaitFor([&] { return std::abs(m_feed.shownStep() - kSteps / 2) < 60; }, 30000));
    EXPECT_EQ(m_feed.value(Metric::MainLoss), lossAt(m_feed.shownStep()));
}

/// Trains, and what it leaves is brought to another folder in pieces.
class FarFeed : public testing::Test {
protected:
    FarFeed()
    {
        RunRequest request = m_small.request();
        request.run_folder = (m_small / "near").string();
        request.max_steps = 12;
        m_run = TrainingRun::open(request, m_observer).take();
        std::filesystem::create_directories(far());
    }
    std::filesystem::path far() const { return m_small / "far"; }
    QString folder() const { return QString::fromStdString(far().string()); }
    /// Waits while the mount goes on.
    bool waits(const std::function<bool()>& condition)
    {
        return QTest::qWaitFor(
            [&] {
                m_mount->pass();
                return condition();
            },
            30000);
    }
    /// Some steps are there (the newest comes with the one after it), and the window has opened it.
    void openAt(std::int64_t step, const std::string& host)
    {
        m_mount.emplace(m_small / "near", far(), host);
        for (std::int64_t i = 0; i < step; ++i) m_run->step();
        const auto there = [&] {
            const auto run = read_recorded_run(far(), {}, {.probe = RecordedPart::Probe::Later});
            return run && run->last_step >= step - 1;
        };
        ASSERT_TRUE(waits(there));
        m_recorded.open(folder());
        ASSERT_TRUE(waits([&] { return m_feed.run() && m_feed.series().latestStep() >= step - 1; }));
    }

    SmallRun m_small;
    RecordingObserver m_observer;
    std::unique_ptr<TrainingRun> m_run;
    std::optional<FarCopy> m_mount;
    RunFeed m_feed;
    SeriesHub m_hub{m_feed};
    RecordedFeed m_recorded{m_feed, m_hub};
};

TEST_F(FarFeed, ARunOfAnotherMachineIsFollowedLiveUntilItEnds)
{
    openAt(3, "node7");
    EXPECT_TRUE(m_feed.isGrowing());
    EXPECT_TRUE(m_feed.trainedBy().endsWith("on node7")) << m_feed.trainedBy().toStdString();
    while (!m_run->finished()) m_run->step(); // validations in steps 4, 8 and 12
    ASSERT_TRUE(
        waits([&] { return m_feed.series().latestStep() >= 11 && m_feed.loads() && m_feed.loads()->step > 8; }));
    ASSERT_TRUE(waits([&] { return m_feed.acceptance() && m_feed.acceptance()->step >= 8; }));
    EXPECT_TRUE(m_feed.isGrowing());
    EXPECT_FALSE(std::filesystem::exists(far() / "metrics.sqlite-shm")) << "without SQLite's shared memory";
    m_run->finish(m_run->finish_reason());
    ASSERT_TRUE(waits([&] { return m_feed.trainedBy().isEmpty(); }));
    EXPECT_EQ(m_feed.state(), SessionState::Finished);
    ASSERT_TRUE(waits([&] { return m_feed.series().latestStep() == 12; }));
    EXPECT_EQ(m_feed.series().series(Metric::Loss).steps,
              (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    EXPECT_EQ(m_feed.series().series(Metric::ValLoss).steps, (std::vector<std::int64_t>{4, 8, 12}));
}

/// Of this machine, where a lock would be seen: that nobody holds the copy is no proof.
TEST_F(FarFeed, ACopyThatGrowsIsFollowedAlthoughNobodyHoldsIt)
{
    openAt(3, {});
    EXPECT_FALSE(m_feed.isGrowing()) << "as if it were killed";
    while (!m_run->finished()) m_run->step();
    ASSERT_TRUE(waits([&] { return m_feed.isGrowing(); }));
    ASSERT_TRUE(waits([&] { return m_feed.series().latestStep() >= 11; }));
    m_run->finish(m_run->finish_reason());
    ASSERT_TRUE(waits([&] { return m_feed.trainedBy().isEmpty(); }));
    EXPECT_EQ(m_feed.state(), SessionState::Finished);
}

TEST_F(FarFeed, AFolderThatGoesAwayIsToldOnceAndFollowedAgainWhenItIsBack)
{
    openAt(3, "node7");
    QSignalSpy lost(&m_recorded, &RecordedFeed::lost);
    QSignalSpy found(&m_recorded, &RecordedFeed::found);
    std::filesystem::rename(far(), m_small / "away");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !lost.isEmpty(); }, 30000));
    EXPECT_EQ(lost.front().at(0).toString(), folder() + " is not there any more");
    EXPECT_FALSE(lost.front().at(1).toString().isEmpty());
    EXPECT_FALSE(m_feed.isGrowing()) << "nobody is said to train what is not there";
    EXPECT_GE(m_feed.series().latestStep(), 2) << "what was read stays";
    std::filesystem::rename(m_small / "away", far());
    ASSERT_TRUE(waits([&] { return m_feed.isGrowing(); }));
    EXPECT_EQ(found.count(), 1);
    EXPECT_EQ(lost.count(), 1);
    m_run->finish("stopped");
    ASSERT_TRUE(waits([&] { return !m_feed.isGrowing(); }));
}

/// Steps beyond the checkpoint are made anew, and what was shown of them is wrong.
TEST(RecordedFeed, ARunThatAProcessGoesOnWithIsReadAnew)
{
    const SmallRun small;
    RunRequest request = small.request();
    request.run_folder = (small / "run").string();
    request.max_steps = 8;
    request.checkpoint_every = 2;
    RecordingObserver observer;
    {
        auto run = TrainingRun::open(request, observer).take();
        for (int i = 0; i < 3; ++i) run->step();
        // Gone without finish(), as a process that is killed.
    }
    const auto began = read_session(request.run_folder)->began;
    RunFeed feed;
    SeriesHub hub(feed);
    RecordedFeed recorded(feed, hub);
    QSignalSpy opened(&recorded, &RecordedFeed::opened);
    recorded.open(QString::fromStdString(request.run_folder));
    ASSERT_TRUE(QTest::qWaitFor([&] { return opened.count() == 1; }, 30000));
    EXPECT_FALSE(feed.isGrowing());
    ASSERT_TRUE(QTest::qWaitFor([&] { return utc_now() != began; }, 30000)) << "sessions are told apart by the second";
    RunRequest again;
    again.resume = request.run_folder;
    auto run = TrainingRun::open(again, observer).take();
    for (int i = 0; i < 3; ++i) run->step();
    ASSERT_TRUE(QTest::qWaitFor([&] { return opened.count() == 2 && feed.isGrowing(); }, 30000));
    ASSERT_TRUE(QTest::qWaitFor([&] { return feed.series().latestStep() == 5; }, 30000));
    EXPECT_EQ(feed.series().series(Metric::Loss).steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
    run->finish("stopped");
}

TEST(RecordedFeed, ThatTheProcessWasKilledIsTold)
{
    const SmallRun small;
    RunRequest request = small.request();
    request.run_folder = (small / "run").string();
    RecordingObserver observer;
    auto run = TrainingRun::open(request, observer).take();
    for (int i = 0; i < 3; ++i) run->step();
    RunFeed feed;
    SeriesHub hub(feed);
    RecordedFeed recorded(feed, hub);
    recorded.open(QString::fromStdString(request.run_folder));
    ASSERT_TRUE(QTest::qWaitFor([&] { return feed.isGrowing(); }, 30000));
    run.reset(); // without finish()
    ASSERT_TRUE(QTest::qWaitFor([&] { return !feed.isGrowing(); }, 30000));
    ASSERT_FALSE(feed.log().empty());
    EXPECT_TRUE(feed.log().back().text.contains("has gone without a word")) << feed.log().back().text.toStdString();
}

TEST(LocalTime, HasTheDateWhereItWasNotToday)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    EXPECT_EQ(localTime(now.toString(Qt::ISODate).toStdString()), now.toLocalTime().toString("HH:mm:ss"));
    const QDateTime then(QDate(2025, 3, 1), QTime(12, 0, 5), Qt::UTC);
    EXPECT_EQ(localTime("2025-03-01T12:00:05Z"), then.toLocalTime().toString("yyyy-MM-dd HH:mm:ss"));
    EXPECT_EQ(localTime("yesterday"), "yesterday");
}

} // namespace
} // namespace triptych::test
