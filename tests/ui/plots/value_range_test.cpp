// Axes that show what matters and keep still.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/value_range.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace triptych {
namespace {

constexpr auto kLinear = ValueScale::Linear;
constexpr auto kLog = ValueScale::Logarithmic;
constexpr auto kData = ValueBase::Data;

std::vector<double> noise(std::size_t n, double low, double high)
{
    std::mt19937 random(3);
    std::vector<double> values(n);
    for (double& v : values) v = low + (high - low) * static_cast<double>(random() % 1000) / 999;
    return values;
}

TEST(ValueRange, IsThatOfTheValues)
{
    EXPECT_EQ(rangeOf({3, 1, 2}, kLinear), (ValueRange{1, 3}));
    EXPECT_EQ(rangeOf({NAN, 1, INFINITY, 2, -INFINITY}, kLinear), (ValueRange{1, 2}));
    const ValueRange log = rangeOf({-1, 0, 0.1, 10}, kLog);
    EXPECT_NEAR(log.lower, 0.1, 1e-9);
    EXPECT_NEAR(log.upper, 10, 1e-9);
}

TEST(ValueRange, IsSomethingWithoutValues)
{
    EXPECT_EQ(rangeOf({}, kLinear), (ValueRange{0, 1}));
    EXPECT_EQ(rangeOf({NAN}, kLog), (ValueRange{1, 10}));
}

TEST(ValueRange, LeavesOutASpikeFarFromTheBulkAndNothingElse)
{
    auto values = noise(500, 1, 2);
    values[100] = 1000;
    values[200] = -50;
    values[300] = 4; // a large one, but not that far
    const ValueRange range = rangeOf(values, kLinear);
    EXPECT_NEAR(range.lower, 1, 0.01);
    EXPECT_EQ(range.upper, 4);
}

TEST(ValueRange, KeepsEveryValueWhereThereAreTooFewToTell)
{
    EXPECT_EQ(rangeOf({1, 1, 1, 1, 500}, kLinear).upper, 500);
}

TEST(ValueRange, ASpikeOfAConstantCurveIsOutside)
{
    std::vector<double> values(200, 3.0);
    values[50] = 1e6;
    EXPECT_EQ(rangeOf(values, kLinear), (ValueRange{3, 3}));
    StickyRange sticky;
    const ValueRange shown = sticky.update({3, 3}, kLinear, kData);
    EXPECT_LT(shown.lower, 3);
    EXPECT_GT(shown.upper, 3);
}

TEST(StickyRange, LeavesAMarginOnBothSides)
{
    StickyRange sticky;
    const ValueRange shown = sticky.update({1, 2}, kLinear, kData);
    EXPECT_LT(shown.lower, 1);
    EXPECT_GT(shown.upper, 2);
    EXPECT_LT(shown.upper - shown.lower, 1.3);
}

TEST(StickyRange, KeepsStillWhileValuesMoveWithinIt)
{
    StickyRange sticky;
    const ValueRange first = sticky.update({1, 2}, kLinear, kData);
    std::mt19937 random(1);
    for (int i = 0; i < 1000; ++i) {
        const double a = 1 + 0.0004 * static_cast<double>(random() % 1000);
        EXPECT_EQ(sticky.update({a, a + 0.6}, kLinear, kData), first);
    }
}

TEST(StickyRange, GrowsSeldomAndAlwaysHoldsTheValues)
{
    StickyRange sticky;
    ValueRange last = sticky.update({0, 1}, kLinear, kData);
    int changes = 0;
    for (double top = 1; top < 100; top *= 1.001) {
        const ValueRange shown = sticky.update({0, top}, kLinear, kData);
        ASSERT_GE(shown.upper, top);
        if (!(shown == last)) ++changes;
        last = shown;
    }
    EXPECT_LT(changes, 60) << "of 4,600 steps";
}

TEST(StickyRange, ShrinksWhenMostOfItIsEmpty)
{
    StickyRange sticky;
    sticky.update({0, 100}, kLinear, kData);
    EXPECT_LT(sticky.update({0, 40}, kLinear, kData).upper, 50);
}

TEST(StickyRange, StartsAtZeroWhereAsked)
{
    StickyRange sticky;
    EXPECT_EQ(sticky.update({3000, 3600}, kLinear, ValueBase::Zero).lower, 0);
    EXPECT_LT(sticky.update({-5, 3600}, kLinear, ValueBase::Zero).lower, -5);
    EXPECT_GT(sticky.update({3000, 3600}, kLog, ValueBase::Zero).lower, 0) << "there is no zero on such an axis";
}

TEST(StickyRange, FitsTightlyAgainWhenForgotten)
{
    StickyRange sticky;
    sticky.update({0, 100}, kLinear, kData);
    sticky.forget();
    EXPECT_LT(sticky.update({20, 90}, kLinear, kData).upper, 96);
}

} // namespace
} // namespace triptych
