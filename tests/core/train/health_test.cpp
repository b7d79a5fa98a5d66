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
