// The lesson without a panel: what it asks for, what it waits for, what it counts, what a copy goes on with.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_feed.h"
#include "ui/models/collapse_lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace triptych::test {
namespace {

constexpr auto kSteps = CollapseLesson::kSteps;
constexpr auto kHealing = CollapseLesson::kHealing;

class CollapseLessonTest : public testing::Test {
protected:
    CollapseLesson::Hands hands()
    {
        return {[this](const RunRequest& request) { m_asked.push_back(request); },
                [this](Command command) { m_posted.push_back(std::move(command)); },
                [this](const QString& folder) { m_compared << folder; }};
    }

    void begin_run(const std::string& folder)
    {
        auto started = synthetic_start();
        started.run_folder = folder;
        m_feed.take(event::StateChanged{SessionState::Preparing, ""});
        m_feed.take(started);
        m_feed.take(event::StateChanged{SessionState::Running, ""});
    }
    void train_to(std::int64_t last, double max_vio = 0.4, double loss = 2.5)
    {
        std::vector<Sample> samples;
        for (std::int64_t step = m_feed.series().latestStep() + 1; step <= last; ++step) {
            samples.push_back({Metric::MaxVio, step, max_vio});
            samples.push_back({Metric::MainLoss, step, loss});
        }
        m_feed.append(samples);
        m_feed.showNewestNumbers();
    }
    /// As the trainer tells it: shares of the experts of each layer.
    void show_dead(std::int64_t experts, std::vector<double> fractions)
    {
        auto frame = std::make_shared<LoadFrame>();
        frame->experts = experts;
        frame->layers.resize(fractions.size());
        frame->dead_fraction = std::move(fractions);
        m_feed.setLoads(std::move(frame));
    }
    /// To where the first run has shown what it is for.
    void balance()
    {
        m_lesson.goOn();
        begin_run("/nowhere/balanced");
        train_to(kSteps);
    }
    /// To where the balancing can be turned on.
    void collapse()
    {
        balance();
        m_lesson.goOn();
        begin_run("/nowhere/unbalanced");
        train_to(kSteps, 2.0, 2.55);
    }
    /// To where the balancing has come on, after so many steps.
    void mend_at(std::int64_t step)
    {
        collapse();
        train_to(step, 2.0, 2.5);
        m_lesson.goOn();
        answer();
    }
    void answer() { m_feed.take(event::SettingChanged{0, set().key, set().value, set().ticket}); }
    const command::Set& set() const { return std::get<command::Set>(m_posted.back()); }
    bool asked_for(const std::string& setting) const
    {
        const auto& all = m_asked.back().settings;
        return std::find(all.begin(), all.end(), setting) != all.end();
    }
    const LessonOutcome& outcome(std::size_t part) const { return m_lesson.outcomes()[part].value(); }

    RunFeed m_feed;
    std::vector<RunRequest> m_asked;
    std::vector<Command> m_posted;
    QStringList m_compared;
    CollapseLesson m_lesson{m_feed, hands()};
};

TEST_F(CollapseLessonTest, BothRunsAreTheSameButForTheBias)
{
    m_lesson.goOn();
    EXPECT_TRUE(asked_for("bias_update_speed=0.01"));
    EXPECT_TRUE(asked_for("balance_loss_alpha=0"));
    begin_run("/nowhere/balanced");
    train_to(kSteps);
    m_lesson.goOn();
    ASSERT_EQ(m_asked.size(), 2U);
    EXPECT_TRUE(asked_for("bias_update_speed=0"));
    EXPECT_TRUE(asked_for("balance_loss_alpha=0"));
    std::erase_if(m_asked[0].settings, [](const auto& s) { return s.starts_with("bias_update_speed="); });
    std::erase_if(m_asked[1].settings, [](const auto& s) { return s.starts_with("bias_update_speed="); });
    EXPECT_EQ(m_asked[0].settings, m_asked[1].settings);
    EXPECT_EQ(m_asked[0].model, m_asked[1].model);
}

TEST_F(CollapseLessonTest, AHandThatComesTooEarlyDoesNothing)
{
    m_lesson.goOn();
    m_lesson.goOn();
    begin_run("/nowhere/balanced");
    train_to(kSteps - 1);
    m_lesson.goOn();
    EXPECT_EQ(m_lesson.stage(), LessonStage::Balanced);
    EXPECT_EQ(m_asked.size(), 1U);
    EXPECT_TRUE(m_posted.empty());
    train_to(kSteps);
    m_lesson.goOn();
    EXPECT_EQ(m_lesson.stage(), LessonStage::Unbalanced);
}

TEST_F(CollapseLessonTest, CountsTheDeadOfAllLayers)
{
    m_lesson.goOn();
    begin_run("/nowhere/balanced");
    show_dead(16, {0.25, 0.0, 0.125});
    train_to(1);
    EXPECT_EQ(outcome(0).dead, 6);
    EXPECT_EQ(outcome(0).experts, 48);
}

TEST_F(CollapseLessonTest, CountsTheNewestWhateverStepIsHeld)
{
    m_lesson.goOn();
    begin_run("/nowhere/balanced");
    train_to(5, 3.0, 4.0);
    const auto old = std::make_shared<LoadFrame>();
    old->experts = 16;
    old->layers.resize(2);
    old->dead_fraction = {1.0, 1.0};
    m_feed.hold(5, old, nullptr);
    show_dead(16, {0.0, 0.125});
    train_to(40, 0.5, 2.0);
    EXPECT_EQ(outcome(0).step, 40);
    EXPECT_EQ(outcome(0).dead, 2);
    EXPECT_DOUBLE_EQ(outcome(0).maxVio, 0.5);
    EXPECT_DOUBLE_EQ(outcome(0).loss, 2.0);
}

TEST_F(CollapseLessonTest, NothingIsSaidOfARunWithoutAStep)
{
    balance();
    m_lesson.goOn();
    begin_run("/nowhere/unbalanced");
    m_feed.showNewestNumbers();
    EXPECT_FALSE(m_lesson.outcomes()[1]);
    train_to(1);
    EXPECT_TRUE(m_lesson.outcomes()[1]);
}

TEST_F(CollapseLessonTest, ProgressIsOfWhatTheStageWaitsFor)
{
    EXPECT_EQ(m_lesson.progress(), 0);
    m_lesson.goOn();
    begin_run("/nowhere/balanced");
    train_to(kSteps / 4);
    EXPECT_DOUBLE_EQ(m_lesson.progress(), 0.25);
    train_to(2 * kSteps);
    EXPECT_DOUBLE_EQ(m_lesson.progress(), 1);
    m_lesson.goOn();
    EXPECT_EQ(m_lesson.progress(), 0) << "the steps are those of the run before";
    begin_run("/nowhere/unbalanced");
    train_to(kSteps + 40, 2.0);
    m_lesson.goOn();
    EXPECT_EQ(m_lesson.progress(), 0) << "nobody has answered";
    answer();
    EXPECT_EQ(m_lesson.mendedAt(), kSteps + 40);
    train_to(kSteps + 40 + kHealing / 2, 2.0);
    EXPECT_DOUBLE_EQ(m_lesson.progress(), 0.5);
}

TEST_F(CollapseLessonTest, WaitsAFewStepsHoweverEvenTheLoadsAreAtOnce)
{
    mend_at(100);
    EXPECT_DOUBLE_EQ(m_lesson.maxVioBefore(), 2.0);
    train_to(100 + kHealing - 1, 0.0);
    ASSERT_LT(outcome(2).maxVio, 0.5);
    EXPECT_FALSE(m_lesson.isDone());
    train_to(100 + kHealing, 0.0);
    EXPECT_TRUE(m_lesson.isDone());
}

TEST_F(CollapseLessonTest, WaitsUntilMaxVioIsHalfOfWhatItWas)
{
    mend_at(100);
    train_to(200, 1.1);
    EXPECT_FALSE(m_lesson.isDone());
    train_to(300, 1.0);
    EXPECT_TRUE(m_lesson.isDone());
}

TEST_F(CollapseLessonTest, WhatIsMendedGoesOnToBeMeasured)
{
    mend_at(100);
    EXPECT_FALSE(m_lesson.outcomes()[2]) << "no step with the balancing";
    train_to(150, 0.5);
    ASSERT_TRUE(m_lesson.isDone());
    train_to(190, 0.25);
    EXPECT_EQ(outcome(2).step, 190);
    EXPECT_DOUBLE_EQ(outcome(2).maxVio, 0.25);
    EXPECT_EQ(outcome(1).step, kSteps) << "compared at equal steps";
}

TEST_F(CollapseLessonTest, OnlyTheAnswerToItsOwnQuestionCounts)
{
    collapse();
    m_lesson.goOn();
    const auto asked = set();
    EXPECT_EQ(asked.key, "bias_update_speed");
    EXPECT_DOUBLE_EQ(asked.value, CollapseLesson::kSpeed);
    m_feed.take(event::SettingChanged{60, "learning_rate", 0.1, asked.ticket + 1000});
    m_feed.take(event::Refused{{"no", "never"}, asked.ticket + 1000});
    m_feed.take(event::SettingChanged{60, "learning_rate", 0.1, 0});
    EXPECT_FALSE(m_lesson.mendedAt());
    EXPECT_EQ(m_lesson.stage(), LessonStage::Mending);
    answer();
    EXPECT_EQ(m_lesson.mendedAt(), kSteps);
    train_to(kSteps + 10, 2.0);
    answer();
    EXPECT_EQ(m_lesson.mendedAt(), kSteps) << "it has been answered";
}

TEST_F(CollapseLessonTest, ARunThatEndsEarlyEndsIt)
{
    for (const SessionState end : {SessionState::Idle, SessionState::Finished, SessionState::Failed}) {
        m_lesson.goOn();
        EXPECT_TRUE(m_lesson.trouble().isEmpty()) << "a new beginning";
        begin_run("/nowhere/balanced");
        train_to(10);
        m_feed.take(event::StateChanged{end, ""});
        EXPECT_EQ(m_lesson.stage(), LessonStage::Begin) << static_cast<int>(end);
        EXPECT_FALSE(m_lesson.trouble().isEmpty()) << static_cast<int>(end);
    }
}

TEST_F(CollapseLessonTest, TheEndOfTheRunBeforeIsNoTroubleButAFailureIs)
{
    m_lesson.goOn();
    m_feed.take(event::StateChanged{SessionState::Finished, ""});
    m_feed.take(event::StateChanged{SessionState::Idle, ""});
    EXPECT_EQ(m_lesson.stage(), LessonStage::Balanced);
    m_feed.take(event::StateChanged{SessionState::Failed, ""});
    EXPECT_EQ(m_lesson.stage(), LessonStage::Begin);
    EXPECT_FALSE(m_lesson.trouble().isEmpty());
}

TEST_F(CollapseLessonTest, ARunThatEndsAfterItHasShownItsPointIsNoTrouble)
{
    balance();
    m_feed.take(event::StateChanged{SessionState::Finished, ""});
    EXPECT_EQ(m_lesson.stage(), LessonStage::Balanced);
    EXPECT_TRUE(m_lesson.isDone());
    EXPECT_TRUE(m_lesson.trouble().isEmpty());
}

TEST_F(CollapseLessonTest, RunsBeforeAndAfterItAreNotItsOwn)
{
    begin_run("/nowhere/other");
    EXPECT_TRUE(m_lesson.trouble().isEmpty());
    train_to(kSteps);
    EXPECT_FALSE(m_lesson.outcomes()[0]);
    mend_at(100);
    train_to(150, 0.5);
    m_lesson.goOn();
    ASSERT_EQ(m_lesson.stage(), LessonStage::End);
    begin_run("/nowhere/another");
    train_to(300, 9.0);
    EXPECT_EQ(m_lesson.stage(), LessonStage::End);
    EXPECT_EQ(outcome(2).step, 150);
}

TEST_F(CollapseLessonTest, OnceMoreForgetsWhatWas)
{
    mend_at(100);
    train_to(150, 0.5);
    m_lesson.goOn();
    m_lesson.goOn();
    EXPECT_EQ(m_lesson.stage(), LessonStage::Balanced);
    for (const auto& part : m_lesson.outcomes()) EXPECT_FALSE(part);
    EXPECT_FALSE(m_lesson.mendedAt());
    EXPECT_EQ(m_asked.size(), 3U);
}

TEST_F(CollapseLessonTest, ACopyKeepsWhatWasFound)
{
    mend_at(100);
    train_to(130, 1.5);
    CollapseLesson copy{m_feed, hands()};
    copy.takeOver(m_lesson);
    EXPECT_EQ(copy.stage(), LessonStage::Mending);
    EXPECT_EQ(copy.mendedAt(), 100);
    EXPECT_DOUBLE_EQ(copy.maxVioBefore(), 2.0);
    EXPECT_EQ(copy.outcomes()[1]->step, kSteps);
    train_to(160, 0.9);
    EXPECT_TRUE(copy.isDone()) << "it goes on by itself";
    CollapseLesson late{m_feed, hands()};
    late.takeOver(copy);
    EXPECT_TRUE(late.isDone());
}

TEST_F(CollapseLessonTest, ACopyHearsTheAnswerThatWasAwaited)
{
    collapse();
    m_lesson.goOn();
    CollapseLesson copy{m_feed, hands()};
    copy.takeOver(m_lesson);
    answer();
    EXPECT_EQ(copy.mendedAt(), kSteps);
}

TEST_F(CollapseLessonTest, ACopyTakesTheRunThatWasAwaited)
{
    balance();
    m_lesson.goOn();
    CollapseLesson copy{m_feed, hands()};
    copy.takeOver(m_lesson);
    m_compared.clear();
    begin_run("/nowhere/unbalanced");
    EXPECT_EQ(copy.stage(), LessonStage::Unbalanced) << copy.trouble().toStdString();
    EXPECT_EQ(m_compared.count("/nowhere/balanced"), 2) << "by either";
}

TEST_F(CollapseLessonTest, ACopyDoesNotTellOldTrouble)
{
    balance();
    begin_run("/nowhere/other");
    ASSERT_FALSE(m_lesson.trouble().isEmpty());
    CollapseLesson copy{m_feed, hands()};
    copy.takeOver(m_lesson);
    EXPECT_EQ(copy.stage(), LessonStage::Begin);
    EXPECT_TRUE(copy.trouble().isEmpty());
}

} // namespace
} // namespace triptych::test
