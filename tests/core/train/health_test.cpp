// Health notes: each kind is told once when its trouble begins, and not without trouble.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/health.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

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
        for (auto& kind : kinds(monitor, r)) told.push_back(kind + std::to_string(step));
    }
    EXPECT_EQ(told, (Kinds{"dead_experts50", "dead_experts150"}));
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
            EXPECT_EQ(note.layer, 3);
            told.push_back(note.kind + (step <= 200 ? " at first" : " again"));
            EXPECT_GT(step % 200, 110) << "a few steps are no collapse";
        }
    }
    EXPECT_EQ(told, (Kinds{"entropy at first", "entropy again"}));
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
