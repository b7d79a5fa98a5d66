// Health notes: each kind is told once when its trouble begins, and not without trouble.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/balance.h"
#include "core/train/health.h"
#include "kernels/base/rng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

namespace triptych {
namespace {

StepReport calm(std::int64_t step)
{
    StepReport r;
    r.step = step;
    r.main_loss = r.loss = 2.0 + 0.02 * std::sin(static_cast<double>(step));
    r.grad_norm = 1;
    r.max_vio = 0.2;
    r.loads = {{.layer = 1, .counts = {10, 12, 9, 9}, .bias = {}}};
    return r;
}

std::vector<std::string> kinds(HealthMonitor& monitor, const StepReport& report)
{
    std::vector<std::string> result;
    for (const HealthNote& note : monitor.check(report)) {
        EXPECT_FALSE(note.message.empty());
        result.push_back(note.kind);
    }
    return result;
}

using Kinds = std::vector<std::string>;

TEST(HealthMonitor, SaysNothingAboutACalmRun)
{
    HealthMonitor monitor;
    for (std::int64_t step = 1; step <= 500; ++step) EXPECT_EQ(kinds(monitor, calm(step)), Kinds{});
}

TEST(HealthMonitor, TellsOfASpikeAndOfNotANumberOnce)
{
    HealthMonitor monitor;
    for (std::int64_t step = 1; step <= 100; ++step) kinds(monitor, calm(step));
    StepReport spike = calm(101);
    spike.main_loss = 3.5;
    EXPECT_EQ(kinds(monitor, spike), Kinds{"loss_spike"});
    StepReport broken = calm(102);
    broken.loss = broken.main_loss = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(kinds(monitor, broken), Kinds{"nan"});
    broken.step = 103;
    EXPECT_EQ(kinds(monitor, broken), Kinds{});
    EXPECT_EQ(kinds(monitor, calm(104)), Kinds{});
}

TEST(HealthMonitor, TellsOfDeadExpertsAgainOnlyWhenMoreDie)
{
    HealthMonitor monitor;
    Kinds told;
    for (std::int64_t step = 1; step <= 200; ++step) {
        StepReport r = calm(step);
        r.loads[0].counts = {20, 20, step > 100 ? 0 : 5, 0};
        for (auto& kind : kinds(monitor, r))
            if (kind == "dead_experts") told.push_back(kind + std::to_string(step));
    }
    EXPECT_EQ(told, (Kinds{"dead_experts50", "dead_experts150"}));
}

TEST(HealthMonitor, DoesNotTellOfEachExpertWhereManyDieOneByOne)
{
    HealthMonitor monitor;
    std::vector<std::string> told;
    StepReport r = calm(1);
    r.loads[0].counts.assign(256, 64);
    for (r.step = 1; r.step <= 300; ++r.step) {
        if (r.step <= 200) r.loads[0].counts[static_cast<std::size_t>(r.step)] = 0;
        for (const HealthNote& note : monitor.check(r))
            if (note.kind == "dead_experts") told.push_back(note.message);
    }
    ASSERT_FALSE(told.empty());
    EXPECT_NE(told.front().find(": 1 of 256"), std::string::npos) << told.front();
    EXPECT_LE(told.size(), 13U) << "a number that grows by half each time";
    EXPECT_GT(told.size(), 8U);
}

TEST(HealthMonitor, SaysOfWhichLayerItSpeaksWhereItIsOne)
{
    HealthMonitor monitor;
    std::vector<HealthNote> notes;
    for (std::int64_t step = 1; step <= 60; ++step) {
        StepReport r = calm(step);
        r.loads[0].layer = 3;
        r.loads[0].counts = {20, 20, 20, 0};
        r.max_vio = 6;
        for (HealthNote& note : monitor.check(r)) notes.push_back(std::move(note));
    }
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].kind, "dead_experts");
    EXPECT_EQ(notes[0].layer, 3);
    EXPECT_EQ(notes[1].kind, "imbalance");
    EXPECT_EQ(notes[1].layer, -1) << "a mean over layers";
}

/// Loads of which so many experts of sixteen have all.
std::vector<std::int64_t> among(std::size_t busy)
{
    std::vector<std::int64_t> counts(16, 1);
    for (std::size_t e = 0; e < busy; ++e) counts[e] = 1000;
    return counts;
}

TEST(HealthMonitor, TellsOnceThatTheEntropyOfALayerFellAndAgainAfterItRecovered)
{
    HealthMonitor monitor;
    Kinds told;
    for (std::int64_t step = 1; step <= 400; ++step) {
        StepReport r = calm(step);
        const bool low = (step > 100 && step <= 200) || step > 300;
        r.loads = {{.layer = 2, .counts = among(8), .bias = {}},
                   {.layer = 3, .counts = among(low ? 4 : 12), .bias = {}}};
        for (const HealthNote& note : monitor.check(r)) {
            if (note.kind != "entropy") continue;
            EXPECT_EQ(note.layer, 3);
            told.push_back(note.kind + (step <= 200 ? " at first" : " again"));
            EXPECT_GT(step % 200, 110) << "a few steps are no collapse";
        }
    }
    EXPECT_EQ(told, (Kinds{"entropy at first", "entropy again"}));
}

/// Of 256 experts, 8 a token, 16,384 choices a step: all to the first of them, as many each but for chance.
std::vector<std::int64_t> spread_over(std::size_t busy, std::int64_t step)
{
    const Philox random(5, static_cast<std::uint64_t>(step));
    std::vector<std::int64_t> counts(256);
    for (std::uint64_t i = 0; i < 16384; ++i)
        ++counts[static_cast<std::size_t>(random.uniform(i) * static_cast<double>(busy))];
    return counts;
}

StepReport routed(std::int64_t step, std::vector<std::int64_t> counts, double gamma)
{
    StepReport r = calm(step);
    r.max_vio = measure_balance(counts).max_violation;
    r.bias_update_speed = gamma;
    r.loads = {{.layer = 2, .counts = std::move(counts), .bias = {}}};
    return r;
}

/// The first step of each kind that is told.
std::map<std::string, std::int64_t> first_told(HealthMonitor& monitor, std::int64_t steps, double gamma,
                                               const std::function<std::size_t(std::int64_t)>& busy)
{
    std::map<std::string, std::int64_t> told;
    for (std::int64_t step = 1; step <= steps; ++step)
        for (const HealthNote& note : monitor.check(routed(step, spread_over(busy(step), step), gamma)))
            told.emplace(note.kind, step);
    return told;
}

/// A start as a large router has it: few experts are busy at first, and the bias brings the others back.
std::size_t healthy_start(std::int64_t step)
{
    return static_cast<std::size_t>(std::min<std::int64_t>(step < 40 ? 80 - step : step < 200 ? 40 : step - 160, 256));
}

TEST(HealthMonitor, SaysNothingOfAHealthyStartOfALargeRouter)
{
    HealthMonitor monitor(8);
    EXPECT_EQ(first_told(monitor, 600, 0.001, healthy_start), (std::map<std::string, std::int64_t>{}));
}

TEST(HealthMonitor, TellsOfTheSameStartWhereNothingBringsTheExpertsBack)
{
    const auto collapsing = [](std::int64_t step) { return step < 40 ? healthy_start(step) : 40U; };
    HealthMonitor unbalanced(8);
    const auto told = first_told(unbalanced, 600, 0, collapsing);
    EXPECT_EQ(told.at("entropy"), 51);
    EXPECT_EQ(told.at("imbalance"), 51);
    EXPECT_EQ(told.at("variation"), 51);
    EXPECT_LE(told.at("dead_experts"), 51);
    HealthMonitor balanced(8); // by a bias that does not help
    const auto later = first_told(balanced, 600, 0.001, collapsing);
    for (const char* kind : {"entropy", "variation", "imbalance", "dead_experts"}) {
        ASSERT_TRUE(later.contains(kind)) << kind;
        EXPECT_GT(later.at(kind), 300) << kind;
        EXPECT_LT(later.at(kind), 400) << kind;
    }
}

TEST(HealthMonitor, TellsOfACollapseLateInARunSoonAfterItBegan)
{
    HealthMonitor monitor(8);
    const auto told = first_told(monitor, 1100, 0.001, [](std::int64_t step) { return step < 1000 ? 256U : 40U; });
    for (const char* kind : {"entropy", "variation", "imbalance"}) {
        ASSERT_TRUE(told.contains(kind)) << kind;
        EXPECT_GT(told.at(kind), 1005) << kind;
        EXPECT_LT(told.at(kind), 1040) << kind;
    }
    EXPECT_EQ(told.at("dead_experts"), 1049);
}

/// Loads of sixteen experts, 4 of them a token: 1,000 each but for the last and the first.
std::vector<std::int64_t> with_extremes(std::int64_t busiest, std::int64_t idlest)
{
    std::vector<std::int64_t> counts(16, 1000);
    counts.front() = busiest;
    counts.back() = idlest;
    return counts;
}

/// From step 101 to 200, and from 301 on, the loads are `bad`.
Kinds told_of_turns(const std::vector<std::int64_t>& bad, const std::vector<std::int64_t>& good)
{
    HealthMonitor monitor(4);
    Kinds told;
    for (std::int64_t step = 1; step <= 400; ++step) {
        const bool now = (step > 100 && step <= 200) || step > 300;
        for (const HealthNote& note : monitor.check(routed(step, now ? bad : good, 0))) {
            EXPECT_EQ(note.layer, note.kind == "imbalance" ? -1 : 2);
            EXPECT_GT(step % 200, 105) << note.kind << ": a few steps are no trouble";
            told.push_back(note.kind + (step <= 200 ? " at first" : " again"));
        }
    }
    return told;
}

TEST(HealthMonitor, TellsOfAnExpertThatGetsNextToNothing)
{
    const auto even = with_extremes(1000, 1000);
    EXPECT_EQ(told_of_turns(with_extremes(1000, 10), even),
              (Kinds{"starved_experts at first", "starved_experts again"}));
    EXPECT_EQ(told_of_turns(with_extremes(1000, 300), even), Kinds{}) << "a third of its share is no famine";
}

TEST(HealthMonitor, TellsOfLoadsThatScatterThoughNoneIsDeadOrTheBusiestByFar)
{
    // Half get 100 and half get 1,900: CV 0.9, beyond half of the worst there is, sqrt(16 / 4 - 1) / 2 = 0.87.
    std::vector<std::int64_t> halves(16, 100);
    std::fill(halves.begin(), halves.begin() + 8, 1900);
    const auto even = with_extremes(1000, 1000);
    EXPECT_EQ(told_of_turns(halves, even), (Kinds{"variation at first", "variation again"}));
    std::vector<std::int64_t> milder(16, 300);
    std::fill(milder.begin(), milder.begin() + 8, 1700);
    EXPECT_EQ(told_of_turns(milder, even), Kinds{});
}

TEST(HealthMonitor, TakesChanceForNoTrouble)
{
    // Half a token an expert and step: a fair router leaves 60 % of them idle, and its busiest one gets 8 times its
    // share.
    HealthMonitor monitor(8);
    for (std::int64_t step = 1; step <= 400; ++step) {
        const Philox random(9, static_cast<std::uint64_t>(step));
        std::vector<std::int64_t> counts(256);
        for (std::uint64_t i = 0; i < 128; ++i) ++counts[static_cast<std::size_t>(random.uniform(i) * 256)];
        EXPECT_EQ(kinds(monitor, routed(step, counts, 0)), Kinds{}) << step;
    }
}

TEST(HealthMonitor, KnowsTheWorstThatThereIs)
{
    // 4 of 16 for all tokens: MaxVio cannot exceed 3, nor the entropy be that of fewer than 4 experts.
    HealthMonitor monitor(4);
    std::vector<std::int64_t> counts(16);
    for (std::size_t e = 0; e < 4; ++e) counts[e] = 2048;
    Kinds told;
    for (std::int64_t step = 1; step <= 100; ++step)
        for (auto& kind : kinds(monitor, routed(step, counts, 0))) told.push_back(kind + std::to_string(step));
    EXPECT_EQ(told, (Kinds{"dead_experts50", "imbalance51", "entropy51", "variation51"}));
}

TEST(HealthMonitor, KnowsTheWorstWhereATokenChoosesFewerThanConfigured)
{
    // Of 16 for a token there is no choice to be wrong about; of one there is.
    HealthMonitor monitor(16);
    std::vector<std::int64_t> counts(16);
    counts[0] = 2048;
    Kinds told;
    for (std::int64_t step = 1; step <= 100; ++step) {
        StepReport r = routed(step, counts, 0);
        r.control.active = 1;
        for (auto& kind : kinds(monitor, r)) told.push_back(kind + std::to_string(step));
    }
    EXPECT_EQ(told, (Kinds{"dead_experts50", "imbalance51", "entropy51", "variation51"}));
}

TEST(HealthMonitor, LooksPastExpertsThatAreOff)
{
    HealthMonitor monitor;
    StepReport r = calm(1);
    r.loads[0].counts = {20, 0, 0, 20, 0, 0};
    r.control.off[1] = {1, 2, 4, 5};
    for (r.step = 1; r.step <= 200; ++r.step) EXPECT_EQ(kinds(monitor, r), Kinds{});
    // Back on, an expert has its time again.
    r.control.off[1] = {2, 4, 5};
    Kinds told;
    for (; r.step <= 300; ++r.step)
        for (auto& kind : kinds(monitor, r)) told.push_back(kind + std::to_string(r.step));
    EXPECT_EQ(told, Kinds{"dead_experts250"});
}

TEST(HealthMonitor, TellsOfImbalanceOnce)
{
    HealthMonitor monitor;
    Kinds told;
    for (std::int64_t step = 1; step <= 300; ++step) {
        StepReport r = calm(step);
        r.max_vio = step > 100 ? 6 : 0.2;
        for (auto& kind : kinds(monitor, r)) told.push_back(kind);
    }
    EXPECT_EQ(told, Kinds{"imbalance"});
}

} // namespace
} // namespace triptych
