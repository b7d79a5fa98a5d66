// An hour of a run under a lens, and GPUs to rent as presets.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_rental.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/hour_price.h"
#include "core/cost/live_cost.h"

#include <gtest/gtest.h>

#include <vector>

namespace triptych::test {
namespace {

CostPreset this_machine(int threads)
{
    CostPreset preset = load_cost_preset("this-machine").take();
    EXPECT_TRUE(fill(preset, std::vector<CostFact>{{"machine.threads", static_cast<double>(threads), "", ""}}).ok());
    return preset;
}

TEST(HourPrice, AnHourCostsWhatTheRunsOwnMeterSays)
{
    const RunMeter meter(RunPrices::this_machine(2));
    const CostPreset preset = this_machine(2);
    EXPECT_NEAR(usd_per_run_hour(preset, "rental").value(), usd_per_device_hour(meter, CostMeter::Headline), 1e-9);
    EXPECT_NEAR(usd_per_run_hour(preset, "full").value(), usd_per_device_hour(meter, CostMeter::FullCost), 1e-6);
}

TEST(HourPrice, EditsChangeTheHourAndNothingElse)
{
    CostPreset preset = this_machine(2);
    const double before = usd_per_run_hour(preset, "rental").value();
    ASSERT_TRUE(apply_edit(preset, "rental_per_thread=0.096").ok());
    EXPECT_NEAR(usd_per_run_hour(preset, "rental").value(), 2 * before, 1e-12);
}

TEST(HourPrice, EveryGpuCanBeRented)
{
    for (const std::string& name : list_gpu_presets()) {
        const Gpu gpu = load_gpu(name).take();
        const auto preset = rental_preset(gpu);
        ASSERT_TRUE(preset.ok()) << name << ": " << preset.error().what;
        EXPECT_DOUBLE_EQ(usd_per_run_hour(*preset).value(), gpu.usd_per_hour) << name;
        ASSERT_EQ(preset->inputs.size(), 2U);
        EXPECT_FALSE(preset->inputs[1].input.source.empty()) << name;
        EXPECT_FALSE(preset->inputs[1].input.date.empty()) << name;
    }
}

TEST(HourPrice, SaysWhatCannotPriceARun)
{
    EXPECT_NE(usd_per_run_hour(load_cost_preset("deepseek-v3-paper").take()).error().what.find("other hours"),
              std::string::npos);
    EXPECT_FALSE(usd_per_run_hour(this_machine(2), "no-such-lens").ok());
    CostPreset by_hand = this_machine(2);
    ASSERT_TRUE(apply_edit(by_hand, "machine_hours=5").ok());
    EXPECT_TRUE(usd_per_run_hour(by_hand, "rental").ok()); // a million hours take the place of any
}

} // namespace
} // namespace triptych::test
