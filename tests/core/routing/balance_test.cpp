// Balance measures on cases solved by hand, and the bias update.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/balance.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace triptych {
namespace {

using Counts = std::vector<std::int64_t>;

BalanceMeasures measure(const Counts& counts)
{
    return measure_balance(std::span<const std::int64_t>(counts));
}

TEST(Balance, EvenLoadsArePerfect)
{
    const BalanceMeasures m = measure({5, 5, 5, 5, 5, 5, 5});
    EXPECT_DOUBLE_EQ(m.max_violation, 0.0);
    EXPECT_DOUBLE_EQ(m.min_violation, 0.0);
    EXPECT_DOUBLE_EQ(m.variation, 0.0);
    EXPECT_NEAR(m.effective_share, 1.0, 1e-15);
    EXPECT_DOUBLE_EQ(m.dead_fraction, 0.0);
}

TEST(Balance, ExpertsThatAreOffAreNoPartOfTheLayer)
{
    const Counts counts = {0, 6, 2, 0, 4};
    const std::vector<std::int32_t> off = {0, 3};
    EXPECT_EQ(measure_balance(counts, off), measure({6, 2, 4}));
    EXPECT_EQ(utilisation(counts, off), (std::vector<double>{0, 1.5, 0.5, 0, 1}));
    std::vector<double> bias(5);
    update_bias<double, std::int64_t>(bias, counts, 0.5, off);
    EXPECT_EQ(bias, (std::vector<double>{0, -0.5, 0.5, 0, 0})) << "4 is the mean of those that are on";
}

TEST(Balance, OneExpertTakingAllIsTheWorst)
{
    const BalanceMeasures m = measure({0, 0, 40, 0});
    EXPECT_DOUBLE_EQ(m.max_violation, 3.0);
    EXPECT_DOUBLE_EQ(m.min_violation, 1.0);
    EXPECT_DOUBLE_EQ(m.variation, std::sqrt(3.0));
    EXPECT_DOUBLE_EQ(m.effective_share, 0.25);
    EXPECT_DOUBLE_EQ(m.dead_fraction, 0.75);
}

TEST(Balance, MatchesACaseSolvedByHand)
{
    const BalanceMeasures m = measure({1, 2, 3, 6}); // mean 3
    EXPECT_DOUBLE_EQ(m.max_violation, 1.0);
    EXPECT_DOUBLE_EQ(m.min_violation, 2.0 / 3.0);
    EXPECT_NEAR(m.variation, std::sqrt((4.0 + 1.0 + 0.0 + 9.0) / 4.0) / 3.0, 1e-15);
    const double entropy = std::log(12.0) / 12.0 + std::log(6.0) / 6.0 + std::log(4.0) / 4.0 + std::log(2.0) / 2.0;
    EXPECT_NEAR(m.effective_share, std::exp(entropy) / 4.0, 1e-15);
    EXPECT_DOUBLE_EQ(m.dead_fraction, 0.0);
}

TEST(Balance, DependsOnSharesAloneAndNotOnTheNumberOfTokens)
{
    const BalanceMeasures small = measure({1, 2, 3, 6});
    const BalanceMeasures large = measure({1000000, 2000000, 3000000, 6000000});
    EXPECT_NEAR(small.variation, large.variation, 1e-15);
    EXPECT_NEAR(small.effective_share, large.effective_share, 1e-15);
    EXPECT_DOUBLE_EQ(small.max_violation, large.max_violation);
}

TEST(Balance, AcceptsAveragedCounts)
{
    const std::vector<double> counts = {0.5, 1.0, 1.5, 3.0};
    const BalanceMeasures averaged = measure_balance(std::span<const double>(counts));
    EXPECT_DOUBLE_EQ(averaged.max_violation, 1.0);
    EXPECT_DOUBLE_EQ(averaged.min_violation, 2.0 / 3.0);
}

TEST(Balance, SaysSomethingFiniteWithoutTokensOrExperts)
{
    const BalanceMeasures idle = measure({0, 0, 0});
    EXPECT_EQ(idle, (BalanceMeasures{.dead_fraction = 1.0}));
    EXPECT_EQ(measure({}), BalanceMeasures{});
    EXPECT_TRUE(utilisation(std::span<const double>()).empty());
    EXPECT_EQ(percentiles({}), Percentiles{});
}

TEST(Balance, UtilisationIsLoadOverMeanLoad)
{
    const Counts counts = {0, 1, 2, 5};
    const std::vector<double> expected = {0.0, 0.5, 1.0, 2.5};
    EXPECT_EQ(utilisation(std::span<const std::int64_t>(counts)), expected);
    const Counts idle = {0, 0};
    EXPECT_EQ(utilisation(std::span<const std::int64_t>(idle)), (std::vector<double>{0.0, 0.0}));
}

TEST(Balance, PercentilesInterpolateBetweenSortedValues)
{
    const std::vector<double> values = {50, 10, 40, 20, 30}; // places 0..4
    const Percentiles p = percentiles(values);
    EXPECT_DOUBLE_EQ(p.p50, 30.0);
    EXPECT_DOUBLE_EQ(p.p75, 40.0);
    EXPECT_DOUBLE_EQ(p.p90, 46.0);
    EXPECT_DOUBLE_EQ(p.p95, 48.0);
    const std::vector<double> one = {7};
    EXPECT_EQ(percentiles(one), (Percentiles{7, 7, 7, 7}));
}

template <class T>
class BiasUpdate : public testing::Test {};
using RealTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(BiasUpdate, RealTypes);

TYPED_TEST(BiasUpdate, RaisesTheIdleAndLowersTheBusyByGamma)
{
    std::array<TypeParam, 4> bias = {0, 1, -1, 2};
    const Counts counts = {0, 3, 9, 0}; // mean 3: the second is exactly fair
    update_bias(std::span<TypeParam>(bias), std::span<const std::int64_t>(counts), 0.5);
    EXPECT_EQ(bias, (std::array<TypeParam, 4>{0.5, 1, -1.5, 2.5}));
}

TYPED_TEST(BiasUpdate, LeavesBalancedLoadsAndZeroGammaAlone)
{
    const std::array<TypeParam, 3> before = {1, 2, 3};
    std::array<TypeParam, 3> bias = before;
    const std::vector<double> even = {2.5, 2.5, 2.5};
    update_bias(std::span<TypeParam>(bias), std::span<const double>(even), 0.001);
    EXPECT_EQ(bias, before);
    const std::vector<double> skewed = {0, 0, 9};
    update_bias(std::span<TypeParam>(bias), std::span<const double>(skewed), 0.0);
    EXPECT_EQ(bias, before);
}

TYPED_TEST(BiasUpdate, RefusesLengthsThatDiffer)
{
    std::array<TypeParam, 3> bias = {0, 0, 0};
    const Counts counts = {1, 2};
    try {
        update_bias(std::span<TypeParam>(bias), std::span<const std::int64_t>(counts), 0.001);
        FAIL() << "expected a ShapeError";
    } catch (const ShapeError& error) {
        EXPECT_STREQ(error.what(), "[update_bias] bias has 3 experts, counts has 2");
    }
}

/// The control loop of the paper in miniature: affinities that favour the first experts, corrected by the bias alone.
TEST(Balance, RepeatedUpdatesEvenOutASkewedRouter)
{
    constexpr int kExperts = 8;
    constexpr int kTokens = 2000;
    std::mt19937 random(7);
    std::normal_distribution<double> noise(0.0, 0.1);
    std::vector<double> bias(kExperts, 0.0);
    double first = 0;
    double last = 0;
    for (int step = 0; step < 400; ++step) {
        std::vector<double> counts(kExperts, 0.0);
        for (int token = 0; token < kTokens; ++token) {
            int best = 0;
            double best_score = -1e9;
            for (int e = 0; e < kExperts; ++e) {
                const double score = 0.5 - 0.05 * e + noise(random) + bias[static_cast<std::size_t>(e)];
                if (score > best_score) {
                    best_score = score;
                    best = e;
                }
            }
            counts[static_cast<std::size_t>(best)] += 1;
        }
        last = measure_balance(std::span<const double>(counts)).max_violation;
        if (step == 0) first = last;
        update_bias(std::span<double>(bias), std::span<const double>(counts), 0.001);
    }
    EXPECT_GT(first, 1.5);
    EXPECT_LT(last, 0.25);
}

} // namespace
} // namespace triptych
