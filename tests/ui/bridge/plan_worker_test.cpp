// Answers come from another thread, only the newest one, and nobody waits for those that are given up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/cluster/request.h"
#include "ui/bridge/plan_worker.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

namespace triptych::test {
namespace {

/// Takes minutes if nobody stops it: 240 divisors, each cut in all ways.
PlanRequest endless()
{
    PlanRequest request = request_for("deepseek-v3", "h800", 720'720);
    request.batch = 1'000'000'000;
    request.deadline_days = 1e6;
    return request;
}

std::shared_ptr<const PlanAnswer> answerOf(const QSignalSpy& spy, int index = 0)
{
    return spy.at(index).at(0).value<std::shared_ptr<const PlanAnswer>>();
}

TEST(PlanWorker, AnswersWithWhatThePlannerSays)
{
    PlanWorker worker;
    QSignalSpy answered(&worker, &PlanWorker::answered);
    const PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    worker.ask(request);
    EXPECT_TRUE(worker.isBusy());
    ASSERT_TRUE(answered.wait(20'000));
    EXPECT_FALSE(worker.isBusy());
    const auto answer = answerOf(answered);
    const auto plan = plan_cluster(request);
    ASSERT_TRUE(plan.ok() && answer->plan && !answer->refusal);
    EXPECT_EQ(answer->plan->usd, plan->usd);
    EXPECT_EQ(answer->plan->layout.pp, 16);
    ASSERT_EQ(answer->steps.size(), 2U);
    EXPECT_EQ(answer->steps[0].line.stages.size(), 16U);
    EXPECT_EQ(answer->steps[1].plan.layout.schedule, PipelineSchedule::OneForwardOneBackward);
    EXPECT_LT(answer->steps[0].drawn, plan->micro_batches);
    EXPECT_FALSE(answer->search.plans.empty());
}

TEST(PlanWorker, ANewQuestionGivesUpTheOneBefore)
{
    PlanWorker worker;
    QSignalSpy answered(&worker, &PlanWorker::answered);
    worker.ask(endless());
    QTest::qWait(20);
    worker.ask(request_for("deepseek-v3", "h800", 2048));
    ASSERT_TRUE(answered.wait(20'000));
    EXPECT_EQ(answered.count(), 1);
    EXPECT_EQ(answerOf(answered)->request.gpus, 2048);
}

TEST(PlanWorker, WhatIsCancelledIsNotAnswered)
{
    PlanWorker worker;
    QSignalSpy answered(&worker, &PlanWorker::answered);
    worker.ask(request_for("deepseek-v3", "h800", 2048));
    worker.cancel();
    EXPECT_FALSE(worker.isBusy());
    worker.ask(request_for("deepseek-v3", "h800", 1024));
    ASSERT_TRUE(answered.wait(20'000));
    QTest::qWait(20);
    EXPECT_EQ(answered.count(), 1);
    EXPECT_EQ(answerOf(answered)->request.gpus, 1024);
}

TEST(PlanWorker, GoesAwayWithoutWaitingForASearch)
{
    auto worker = std::make_unique<PlanWorker>();
    worker->ask(endless());
    QTest::qWait(50);
    EXPECT_TRUE(worker->isBusy()) << "the search is over already and shows nothing";
    QElapsedTimer time;
    time.start();
    worker.reset();
    EXPECT_LT(time.elapsed(), 5'000) << "of minutes";
}

TEST(PlanWorker, WhereNothingFitsTheNearestLayoutIsShownWithTheReason)
{
    const PlanAnswer small = answerTo(request_for("deepseek-v3", "h800", 8));
    ASSERT_TRUE(small.plan && small.refusal);
    EXPECT_FALSE(small.plan->fits());
    EXPECT_NE(small.refusal->what.find("no layout fits into memory"), std::string::npos);
    PlanRequest hasty = request_for("deepseek-v3", "h800", 2048);
    hasty.deadline_days = 1;
    const PlanAnswer late = answerTo(hasty);
    ASSERT_TRUE(late.plan && late.refusal);
    EXPECT_TRUE(late.plan->fits());
    EXPECT_GT(late.plan->days, 1);
    for (const ClusterPlan& other : late.search.plans) EXPECT_TRUE(!other.fits() || other.days >= late.plan->days);
}

TEST(PlanWorker, ALayoutThatIsSetIsShownAmongAllOthers)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    request.schedule = PipelineSchedule::OneForwardOneBackward;
    request.pp = 8;
    const PlanAnswer answer = answerTo(request);
    ASSERT_TRUE(answer.plan);
    EXPECT_EQ(answer.plan->layout.pp, 8);
    EXPECT_TRUE(std::any_of(answer.search.plans.begin(), answer.search.plans.end(), [](const ClusterPlan& p) {
        return p.layout.pp == 16 && p.layout.schedule == PipelineSchedule::DualPipe;
    }));
    ASSERT_TRUE(answer.search.best.ok());
    EXPECT_EQ(answer.search.best->layout.pp, 16);
}

TEST(PlanWorker, AScheduleThatCannotRunSaysWhy)
{
    PlanRequest request = request_for("deepseek-v3", "h800", 2048);
    request.pp = 1; // an odd one
    const PlanAnswer answer = answerTo(request);
    ASSERT_EQ(answer.steps.size(), 2U);
    EXPECT_FALSE(answer.steps[0].error.has_value());
    ASSERT_TRUE(answer.steps[1].error.has_value());
    EXPECT_NE(answer.steps[1].error->what.find("even number of stages"), std::string::npos);
}

TEST(PlanWorker, TellsTheChecksOnce)
{
    PlanWorker worker;
    QSignalSpy checked(&worker, &PlanWorker::checked);
    worker.askForChecks();
    ASSERT_TRUE(checked.wait(20'000));
    const auto checks = checked.at(0).at(0).value<std::shared_ptr<const std::vector<PlanCheck>>>();
    EXPECT_EQ(checks->size(), plan_checks()->size());
}

} // namespace
} // namespace triptych::test
