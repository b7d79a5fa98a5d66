// What a feed tells: the moment shown, calm numbers, alerts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/run_feed.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

class RunFeedTest : public testing::Test {
protected:
    RunFeedTest() { fill_feed(m_feed); }
    void append(Metric metric, std::int64_t first, std::vector<double> values)
    {
        std::vector<Sample> samples;
        for (const double value : values) samples.push_back({metric, first++, value});
        m_feed.append(samples);
        m_feed.showNewestNumbers();
    }

    void start(const char* folder, std::int64_t first_step)
    {
        event::RunStarted started;
        started.run_folder = folder;
        started.first_step = first_step;
        m_feed.take(started);
    }

    RunFeed m_feed;
};

TEST_F(RunFeedTest, HoldingAStepIsToldOnceAndSoIsReleasingIt)
{
    const auto then = synthetic_loads({}, 620);
    const auto probe = synthetic_probe({}, 620);
    const auto newest = m_feed.loads();
    QSignalSpy loads(&m_feed, &RunFeed::loadsChanged);
    QSignalSpy probes(&m_feed, &RunFeed::probeChanged);
    QSignalSpy numbers(&m_feed, &RunFeed::numbersChanged);
    m_feed.hold(620, then, probe);
    m_feed.hold(620, then, probe);
    EXPECT_EQ(m_feed.loads(), then);
    EXPECT_EQ(m_feed.probe(), probe);
    EXPECT_EQ(m_feed.liveLoads(), newest);
    EXPECT_EQ(m_feed.shownStep(), 620);
    EXPECT_EQ(m_feed.value(Metric::MainLoss), synthetic_loss(620));
    for (const QSignalSpy* told : {&loads, &probes, &numbers}) EXPECT_EQ(told->count(), 1);

    m_feed.release();
    m_feed.release();
    EXPECT_EQ(m_feed.loads(), newest);
    EXPECT_EQ(m_feed.shownStep(), 1200);
    for (const QSignalSpy* told : {&loads, &probes, &numbers}) EXPECT_EQ(told->count(), 2);
}

TEST_F(RunFeedTest, WhatComesWhileAStepIsHeldIsKeptAndNotShown)
{
    const auto then = synthetic_loads({}, 620);
    m_feed.hold(620, then, nullptr);
    QSignalSpy loads(&m_feed, &RunFeed::loadsChanged);
    QSignalSpy probes(&m_feed, &RunFeed::probeChanged);
    QSignalSpy numbers(&m_feed, &RunFeed::numbersChanged);
    QSignalSpy series(&m_feed, &RunFeed::seriesChanged);
    append_steps(m_feed, {}, 1201, 1210);
    QTest::qWait(200); // longer than numbers wait
    EXPECT_EQ(m_feed.loads(), then);
    EXPECT_EQ(m_feed.probe(), nullptr);
    EXPECT_EQ(m_feed.liveLoads()->step, 1210);
    EXPECT_EQ(m_feed.shownStep(), 620);
    for (const QSignalSpy* told : {&loads, &probes, &numbers}) EXPECT_EQ(told->count(), 0);
    EXPECT_EQ(series.count(), 1) << "curves run on";
    m_feed.release();
    EXPECT_EQ(m_feed.loads()->step, 1210);
    EXPECT_EQ(m_feed.probe()->step, 1210);
    EXPECT_EQ(m_feed.shownStep(), 1210);
}

TEST_F(RunFeedTest, AnotherRunEndsTheHolding)
{
    m_feed.hold(620, synthetic_loads({}, 620), nullptr);
    m_feed.take(synthetic_start());
    EXPECT_FALSE(m_feed.isHeld());
    EXPECT_EQ(m_feed.loads(), nullptr);
    EXPECT_EQ(m_feed.shownStep(), 0);
}

TEST_F(RunFeedTest, CalmNumbersAreTheMeanOfTwentySteps)
{
    double sum = 0;
    for (std::int64_t step = 1181; step <= 1200; ++step) sum += synthetic_loss(step);
    EXPECT_NEAR(m_feed.calm(Metric::MainLoss), sum / 20, 1e-12);
    EXPECT_EQ(m_feed.value(Metric::MainLoss), synthetic_loss(1200));
    m_feed.hold(20, nullptr, nullptr);
    sum = 0;
    for (std::int64_t step = 1; step <= 20; ++step) sum += synthetic_loss(step);
    EXPECT_NEAR(m_feed.calm(Metric::MainLoss), sum / 20, 1e-12);
}

TEST_F(RunFeedTest, TotalsSettingsAndValidationsAreNotAveraged)
{
    for (const Metric metric : {Metric::HeadlineUsd, Metric::Tokens, Metric::LearningRate, Metric::ValLoss})
        EXPECT_EQ(m_feed.calm(metric), m_feed.value(metric)) << metric_name(metric);
}

TEST(RunFeedNumbers, OfAMetricThatIsSeldomRecordedAreTheLast)
{
    RunFeed feed;
    feed.append({{Metric::GradNorm, 10, 3}, {Metric::MainLoss, 100, 1}});
    EXPECT_EQ(feed.shownStep(), 100);
    EXPECT_EQ(feed.calm(Metric::GradNorm), 3);
    EXPECT_TRUE(std::isnan(feed.calm(Metric::MaxVio)));
}

TEST_F(RunFeedTest, ALossThatIsNoNumberIsNotHiddenByItsNeighbours)
{
    append(Metric::MainLoss, 1201, {std::nan("")});
    EXPECT_TRUE(std::isnan(m_feed.calm(Metric::MainLoss)));
    append(Metric::MainLoss, 1202, {std::numeric_limits<double>::infinity()});
    EXPECT_TRUE(std::isinf(m_feed.calm(Metric::MainLoss)));
    append(Metric::MainLoss, 1203, {1});
    EXPECT_TRUE(std::isfinite(m_feed.calm(Metric::MainLoss))) << "those that are none are left out afterwards";
}

TEST_F(RunFeedTest, NumbersOfARunThatGoesOnChangeSeldomAndInTheEndAreThoseOfTheLastStep)
{
    QSignalSpy numbers(&m_feed, &RunFeed::numbersChanged);
    for (std::int64_t step = 1201; step <= 1220; ++step) m_feed.append(synthetic_step({}, step));
    EXPECT_LE(numbers.count(), 1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_feed.shownStep() == 1220; }));
    EXPECT_LE(numbers.count(), 2);
}

TEST_F(RunFeedTest, AlertsAreKeptUntilTheyAreSeenAndGoWithTheRun)
{
    ASSERT_EQ(m_feed.alerts().size(), 1U);
    EXPECT_EQ(m_feed.alerts()[0].kind, QString("imbalance"));
    EXPECT_EQ(m_feed.alerts()[0].step, 1200);
    QSignalSpy told(&m_feed, &RunFeed::alertsChanged);
    m_feed.markAlertsSeen();
    m_feed.markAlertsSeen();
    EXPECT_EQ(told.count(), 1);
    EXPECT_TRUE(m_feed.alerts()[0].seen);
    m_feed.take(synthetic_start());
    EXPECT_TRUE(m_feed.alerts().empty());
}

TEST_F(RunFeedTest, DraftsAndKernelsAreThoseOfTheMomentShown)
{
    const auto drafts = [](std::int64_t step) {
        auto frame = std::make_shared<AcceptanceFrame>();
        frame->step = step;
        return frame;
    };
    m_feed.take(synthetic_start()); // which knows neither yet
    auto kernels = std::make_shared<KernelFrame>();
    kernels->step = 900;
    m_feed.setAcceptance(drafts(600));
    m_feed.setAcceptance(drafts(1200));
    m_feed.setKernels(kernels);
    EXPECT_EQ(m_feed.acceptance()->step, 1200);
    QSignalSpy acceptance(&m_feed, &RunFeed::acceptanceChanged);
    QSignalSpy ops(&m_feed, &RunFeed::kernelsChanged);
    m_feed.hold(620, nullptr, nullptr);
    EXPECT_EQ(m_feed.acceptance()->step, 600);
    EXPECT_EQ(m_feed.kernels(), nullptr);
    m_feed.setAcceptance(drafts(1300));
    EXPECT_EQ(m_feed.acceptance()->step, 600);
    EXPECT_EQ(acceptance.count(), 1);
    EXPECT_EQ(ops.count(), 1);
    m_feed.release();
    EXPECT_EQ(m_feed.acceptance()->step, 1300);
    EXPECT_EQ(m_feed.kernels()->step, 900);
    EXPECT_EQ(acceptance.count(), 2);
    EXPECT_EQ(ops.count(), 2);
}

TEST_F(RunFeedTest, ThePlanOfTheMemoryGoesWithTheRun)
{
    m_feed.take(synthetic_start());
    QSignalSpy told(&m_feed, &RunFeed::planChanged);
    EXPECT_FALSE(m_feed.plan());
    m_feed.take(event::MemoryPlanned{std::make_shared<const std::vector<PlanEntry>>(3), 4096});
    ASSERT_TRUE(m_feed.plan());
    EXPECT_EQ(m_feed.plan()->rows->size(), 3U);
    EXPECT_EQ(told.count(), 1);
    m_feed.take(synthetic_start());
    EXPECT_FALSE(m_feed.plan());
}

TEST_F(RunFeedTest, CheckpointsAreRemembered)
{
    EXPECT_EQ(m_feed.checkpoints(), std::vector<std::int64_t>{1200});
}

TEST_F(RunFeedTest, WhatArrivesIsToldWhileAStepIsHeld)
{
    QSignalSpy loads(&m_feed, &RunFeed::loadsArrived);
    QSignalSpy probes(&m_feed, &RunFeed::probeArrived);
    m_feed.hold(620, nullptr, nullptr);
    append_steps(m_feed, {}, 1201, 1210);
    EXPECT_EQ(loads.count(), 1);
    EXPECT_EQ(probes.count(), 1);
}

TEST_F(RunFeedTest, AnObeyedCommandOnRoutingIsInForceAndAnsweredByItsTicket)
{
    QSignalSpy routing(&m_feed, &RunFeed::routingChanged);
    QSignalSpy answered(&m_feed, &RunFeed::answered);
    event::RoutingChanged changed{1200, {}, "layer 3, expert 9 is off", 17};
    changed.control.turn(3, 9, ExpertSwitch::Off);
    m_feed.take(changed);
    EXPECT_TRUE(m_feed.control().is_off(3, 9));
    EXPECT_EQ(routing.count(), 1);
    ASSERT_EQ(answered.count(), 1);
    EXPECT_EQ(answered[0], (QList<QVariant>{quint64{17}, true, "layer 3, expert 9 is off", ""}));
    m_feed.take(event::SettingChanged{1200, "learning_rate", 1e-4, 18});
    EXPECT_EQ(answered[1][0].toULongLong(), 18U);
    m_feed.hold(620, synthetic_loads({}, 620), nullptr);
    EXPECT_TRUE(m_feed.control().empty()) << "it was not off then";
    m_feed.release();
    EXPECT_TRUE(m_feed.control().is_off(3, 9));
    EXPECT_EQ(routing.count(), 3);
}

TEST_F(RunFeedTest, ARefusedCommandIsAnsweredWithWhatToDo)
{
    QSignalSpy failed(&m_feed, &RunFeed::failed);
    QSignalSpy answered(&m_feed, &RunFeed::answered);
    m_feed.take(event::Refused{{"4 experts must stay on", "Switch another one on first."}, 5});
    EXPECT_EQ(failed.count(), 1);
    ASSERT_EQ(answered.count(), 1);
    EXPECT_EQ(answered[0],
              (QList<QVariant>{quint64{5}, false, "4 experts must stay on", "Switch another one on first."}));
}

TEST_F(RunFeedTest, MarksOfRoutingAreThoseOfTheRunAndStayWhenItIsResumed)
{
    start("a", 0);
    m_feed.appendLog({7, {}, "routing", "layer 3, expert 9 is off"});
    m_feed.appendLog({8, {}, "sample", "words"});
    ASSERT_EQ(m_feed.routingMarks().size(), 1U);
    EXPECT_EQ(m_feed.routingMarks().front().step, 7);
    start("a", 8);
    EXPECT_EQ(m_feed.routingMarks().size(), 1U);
    start("a", 0);
    EXPECT_TRUE(m_feed.routingMarks().empty());
    EXPECT_GE(m_feed.log().size(), 2U) << "the log goes on from run to run";
}

TEST_F(RunFeedTest, ARunThatGoesOnKeepsWhatWasToldBeforeItsCheckpoint)
{
    start("a", 0);
    for (const std::int64_t step : {5, 8, 11}) {
        m_feed.take(event::SettingChanged{step, "learning_rate", 0.1});
        m_feed.take(event::Health{step, "imbalance", "MaxVio is above 1"});
        m_feed.take(event::CheckpointSaved{step, {}});
        m_feed.appendLog({step, {}, "routing", "layer 3, expert 9 is off"});
    }
    start("a", 8);
    ASSERT_EQ(m_feed.marks().size(), 2U);
    EXPECT_EQ(m_feed.marks().back().step, 8);
    ASSERT_EQ(m_feed.alerts().size(), 2U);
    EXPECT_EQ(m_feed.alerts().back().step, 8);
    EXPECT_EQ(m_feed.checkpoints(), (std::vector<std::int64_t>{5, 8}));
    EXPECT_EQ(m_feed.routingMarks().size(), 2U) << "step 11 is not there any more";
    start("b", 8);
    EXPECT_TRUE(m_feed.marks().empty() && m_feed.alerts().empty() && m_feed.checkpoints().empty());
}

TEST_F(RunFeedTest, ALogOfDaysStaysSmallAndKeepsItsNewestLinesAndItsMarks)
{
    for (std::int64_t step = 1; step <= 100'000; ++step) {
        m_feed.appendLog({step, {}, step % 9'000 == 5 ? "routing" : "sample", QString::number(step)});
        ASSERT_LE(m_feed.log().size(), 20'000u);
        ASSERT_EQ(m_feed.log().back().step, step);
    }
    const auto& log = m_feed.log();
    EXPECT_TRUE(std::is_sorted(log.begin(), log.end(), [](const auto& a, const auto& b) { return a.step < b.step; }));
    EXPECT_EQ(m_feed.routingMarks().size(), 12U);
    for (std::int64_t step = 1; step <= 30'000; ++step) {
        m_feed.take(event::Health{step, "loss_spike", "a spike"});
        ASSERT_LE(m_feed.alerts().size(), 20'001u);
    }
    EXPECT_EQ(m_feed.alerts().back().step, 30'000);
}

} // namespace
} // namespace triptych::test
