// The run meter against the published totals and hand-made sums.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/run_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace triptych {
namespace {

constexpr double kHour = 3600;

TEST(RunMeter, GivesTheDeepSeekV3HeadlineToTheMicroDollar)
{
    const RunMeter meter(RunPrices::h800());
    EXPECT_EQ(meter.headline_micro_usd(2.664e6 * kHour), 5'328'000'000'000);
    EXPECT_EQ(meter.headline_micro_usd(0.119e6 * kHour), 238'000'000'000);
    EXPECT_EQ(meter.headline_micro_usd(0.005e6 * kHour), 10'000'000'000);
    EXPECT_EQ(meter.headline_micro_usd(2.788e6 * kHour), 5'576'000'000'000);
    EXPECT_DOUBLE_EQ(meter.headline_usd(2.788e6 * kHour), 5'576'000.0);
}

TEST(RunMeter, OwnedHopperHourMatchesTheGoldenTable)
{
    // 50,000 USD over 4 years at 85 % plus energy: 1.426 / 0.85 + 0.0922 = 1.770 USD per GPU-hour.
    const RunMeter meter(RunPrices::h800());
    EXPECT_NEAR(meter.capex_usd_per_device_hour() * 0.85, 1.426, 5e-4);
    EXPECT_NEAR(meter.energy_usd_per_device_hour(), 0.0922, 5e-5);
    EXPECT_NEAR(meter.owned_usd_per_device_hour(), 1.770, 5e-4);
    EXPECT_NEAR(meter.owned_usd_per_device_hour() * 2.788e6, 4.934e6, 1e3);
}

TEST(RunMeter, FullCostIsTheOwnedPriceTimesTheProgramme)
{
    RunPrices prices = RunPrices::h800();
    prices.run_share.value = 0.1;
    prices.staff_share.value = 0.5;
    const RunMeter meter(prices);
    EXPECT_DOUBLE_EQ(meter.programme_factor(), 20);
    EXPECT_NEAR(meter.tco_usd(kHour), 20 * meter.owned_usd_per_device_hour(), 1e-6);
    prices.run_share.value = 1;
    prices.staff_share.value = 0;
    EXPECT_NEAR(RunMeter(prices).tco_usd(kHour), meter.owned_usd_per_device_hour(), 1e-6);
}

TEST(RunMeter, ThisMachineScalesWithItsThreads)
{
    const RunMeter one(RunPrices::this_machine(1));
    const RunMeter eight(RunPrices::this_machine(8));
    EXPECT_EQ(eight.headline_micro_usd(kHour), 8 * one.headline_micro_usd(kHour));
    EXPECT_NEAR(eight.tco_usd(1000 * kHour), 8 * one.tco_usd(1000 * kHour), 1e-4);
    EXPECT_EQ(RunPrices::this_machine(0).title, "This machine, 1 thread");
}

TEST(RunMeter, GivesTheSameDollarsAsAmountsThatArePricedLater)
{
    // 5, 10, 15, 19, ... millionths are not the same number when they are multiplied by 1e-6 as when divided by 1e6.
    RunPrices prices = RunPrices::h800();
    prices.rental.value = 3.6; // a millionth is a millisecond
    const RunMeter meter(prices);
    for (std::int64_t micro = 1; micro <= 1000; ++micro) {
        const double seconds = 1e-3 * static_cast<double>(micro);
        ASSERT_EQ(meter.headline_micro_usd(seconds), micro);
        EXPECT_EQ(meter.headline_usd(seconds), Money::from_micro(micro).usd());
        EXPECT_EQ(meter.tco_usd(seconds), Money::from_micro(meter.tco_micro_usd(seconds)).usd());
    }
}

TEST(RunMeter, NeverBillsForTimeThatDidNotPass)
{
    const RunMeter meter(RunPrices::h800());
    EXPECT_EQ(meter.headline_micro_usd(0), 0);
    EXPECT_EQ(meter.headline_micro_usd(-5), 0);
    EXPECT_EQ(meter.tco_micro_usd(std::numeric_limits<double>::quiet_NaN()), 0);
    EXPECT_GT(meter.tco_micro_usd(std::numeric_limits<double>::infinity()), 0);
}

TEST(RunPrices, EveryInputOfEveryPresetHasUnitSourceDateAndARangeAroundIt)
{
    for (const RunPrices& prices :
         {RunPrices::this_machine(2), RunPrices::h800(), RunPrices::h100(), RunPrices::h200()}) {
        EXPECT_FALSE(prices.title.empty());
        EXPECT_TRUE(validate(prices));
        for (const NamedPriceInput& row : named_inputs(prices)) {
            SCOPED_TRACE(prices.title + ": " + row.key);
            EXPECT_FALSE(row.title.empty());
            EXPECT_FALSE(row.input.unit.empty());
            EXPECT_FALSE(row.input.source.empty());
            EXPECT_FALSE(row.input.date.empty());
            EXPECT_LE(row.input.low, row.input.value);
            EXPECT_GE(row.input.high, row.input.value);
        }
    }
}

TEST(RunPrices, NonsenseIsRefusedByName)
{
    const auto refused = [](PriceInput RunPrices::*member, double value) {
        RunPrices prices = RunPrices::h800();
        (prices.*member).value = value;
        const Status status = validate(prices);
        EXPECT_FALSE(status.ok()) << value;
        EXPECT_THROW(RunMeter{prices}, std::invalid_argument) << value;
        return status.ok() ? std::string() : status.error().what + status.error().hint;
    };
    EXPECT_NE(refused(&RunPrices::rental, -1).find("Rental price is -1"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::utilisation, 0).find("utilisation"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::utilisation, 1.5).find("at most 1"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::life, 0).find("more than zero"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::pue, 0.9).find("1 or more"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::staff_share, 1).find("below 1"), std::string::npos);
    EXPECT_NE(refused(&RunPrices::tariff, std::numeric_limits<double>::quiet_NaN()).find("nan"), std::string::npos);
}

} // namespace
} // namespace triptych
