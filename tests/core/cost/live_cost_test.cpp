// Prices by step, rates, projections and uses of time, against histories whose answers are known.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/live_cost.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych {
namespace {

constexpr double kTwoDollars = 2;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// An hour a step of a million tokens at two dollars, the loss falling by 0.05 nat each.
std::vector<CostPoint> steady(std::int64_t steps)
{
    std::vector<CostPoint> points;
    for (std::int64_t step = 1; step <= steps; ++step) {
        const auto n = static_cast<double>(step);
        points.push_back({step, n * 1e6, n * 3600, 5 - 0.05 * n});
    }
    return points;
}

RunMeter two_dollars()
{
    return RunMeter(RunPrices::h800());
}

TEST(LiveCost, RepricingIsAFunctionOfTheSecondsAloneAndChangesNothing)
{
    const auto history = steady(50);
    const auto first = reprice(history, two_dollars());
    ASSERT_EQ(first.size(), 50U);
    EXPECT_EQ(first.back().headline.micro(), 100'000'000);
    RunPrices cheap = RunPrices::h800();
    cheap.rental.value = 1;
    cheap.tariff.value = 0;
    const auto other = reprice(history, RunMeter(cheap));
    EXPECT_EQ(other.back().headline.micro(), 50'000'000);
    EXPECT_LT(other.back().tco, first.back().tco);
    const auto again = reprice(history, two_dollars());
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(again[i].headline, first[i].headline);
        EXPECT_EQ(again[i].tco, first[i].tco);
        EXPECT_EQ(first[i].headline.micro(), two_dollars().headline_micro_usd(history[i].device_seconds));
    }
}

TEST(LiveCost, RatesAreThoseOfTheWindow)
{
    EXPECT_EQ(usd_per_device_hour(two_dollars(), CostMeter::Headline), kTwoDollars);
    const CostRates rates = cost_rates(steady(300), kTwoDollars);
    EXPECT_EQ(rates.per_device_hour.micro(), 2'000'000);
    EXPECT_EQ(rates.per_mtoken->micro(), 2'000'000);
    EXPECT_NEAR(rates.per_centinat->usd(), 0.4, 1e-6); // an hour buys five of them
    const CostRates full = cost_rates(steady(300), usd_per_device_hour(two_dollars(), CostMeter::FullCost));
    EXPECT_NEAR(full.per_mtoken->usd(), two_dollars().tco_usd(3600), 2e-6);
    // Later steps that are twice as slow show at once in a short window.
    auto slower = steady(100);
    for (int i = 0; i < 10; ++i) {
        CostPoint next = slower.back();
        ++next.step;
        next.tokens += 1e6;
        next.device_seconds += 7200;
        next.loss -= 0.05;
        slower.push_back(next);
    }
    EXPECT_NEAR(cost_rates(slower, kTwoDollars, 10).per_mtoken->usd(), 4, 1e-6);
}

TEST(LiveCost, HasNoPriceOfANatWhileTheLossDoesNotFall)
{
    auto flat = steady(20);
    for (CostPoint& p : flat) p.loss = 3;
    EXPECT_FALSE(cost_rates(flat, kTwoDollars).per_centinat.has_value());
    for (CostPoint& p : flat) p.loss = static_cast<double>(p.step);
    EXPECT_FALSE(cost_rates(flat, kTwoDollars).per_centinat.has_value());
    for (CostPoint& p : flat) p.loss = kNan;
    const CostRates unknown = cost_rates(flat, kTwoDollars);
    EXPECT_FALSE(unknown.per_centinat.has_value());
    EXPECT_TRUE(unknown.per_mtoken.has_value());
}

TEST(LiveCost, HasNoRatesBeforeThereAreTwoPoints)
{
    for (std::int64_t steps : {0, 1}) {
        const CostRates rates = cost_rates(steady(steps), kTwoDollars);
        EXPECT_FALSE(rates.per_mtoken.has_value());
        EXPECT_EQ(rates.per_device_hour.micro(), 2'000'000);
        EXPECT_FALSE(project_cost(steady(steps), 10, kTwoDollars).has_value());
    }
}

TEST(LiveCost, ProjectsToTheLastStepWithABandThatHoldsTheMiddle)
{
    const auto even = project_cost(steady(10), 110, kTwoDollars);
    ASSERT_TRUE(even.has_value());
    EXPECT_EQ(even->total.micro(), 220'000'000);
    EXPECT_EQ(even->low, even->total) << "all steps took the same";
    EXPECT_EQ(even->high, even->total);
    EXPECT_NEAR(even->device_seconds, 110 * 3600.0, 1e-6);
    std::vector<CostPoint> uneven;
    double seconds = 0;
    for (std::int64_t step = 1; step <= 100; ++step) {
        seconds += step % 2 ? 1800 : 5400;
        uneven.push_back({step, 0, seconds, kNan});
    }
    const auto band = project_cost(uneven, 200, kTwoDollars);
    ASSERT_TRUE(band.has_value());
    EXPECT_LT(band->low, band->high);
    EXPECT_LE(band->low, band->total);
    EXPECT_GE(band->high, band->total);
    EXPECT_GT(band->low.usd(), seconds / 3600 * 2) << "what is paid is certain";
    const auto over = project_cost(uneven, 50, kTwoDollars);
    EXPECT_EQ(over->total, over->high);
    EXPECT_NEAR(over->total.usd(), seconds / 3600 * 2, 1e-6);
}

TEST(LiveCost, ABrokenClockGivesNoNonsense)
{
    auto history = steady(20);
    history[10].device_seconds = 0; // stepped back
    history[15].device_seconds = kNan;
    const auto projected = project_cost(history, 40, kTwoDollars);
    ASSERT_TRUE(projected.has_value());
    EXPECT_GE(projected->low.micro(), 0);
    EXPECT_GE(projected->high, projected->low);
    EXPECT_EQ(reprice(history, two_dollars())[15].headline, Money());
    history.back().tokens = 0;
    EXPECT_FALSE(cost_rates(history, kTwoDollars).per_mtoken.has_value());
}

TEST(LiveCost, PricesEveryUseOfTheTime)
{
    TimeAccount account;
    account.add(TimeUse::Productive, 3600);
    account.add(TimeUse::Lost, 1800);
    account.add(TimeUse::Idle, 900);
    const auto priced = price_time(account, kTwoDollars);
    ASSERT_EQ(priced.size(), kTimeUses);
    Money total;
    for (const PricedTime& row : priced) total = *add(total, row.usd);
    EXPECT_EQ(priced.front().usd.micro(), 2'000'000);
    EXPECT_EQ(priced[static_cast<std::size_t>(TimeUse::Lost) - 1].usd.micro(), 1'000'000);
    EXPECT_EQ(total.micro(), two_dollars().headline_micro_usd(account.total()));
}

} // namespace
} // namespace triptych
