// Smoothing as the formula says, and bit for bit the same when it is done piece by piece.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/smoothed_series.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace triptych {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

IndexedSeries of(const std::vector<double>& values)
{
    IndexedSeries series;
    for (const double v : values) series.append(static_cast<std::int64_t>(series.size()) + 1, v);
    return series;
}

/// The definition: sum of a^(n-i) v_i over sum of a^(n-i), of values at steps that follow each other.
double by_definition(const std::vector<double>& values, std::size_t n, double weight)
{
    double sum = 0, total = 0, factor = 1;
    for (std::size_t i = n + 1; i-- > 0;) {
        if (std::isfinite(values[i])) {
            sum += factor * values[i];
            total += factor;
        }
        factor *= weight;
    }
    return sum / total;
}

TEST(SmoothedSeries, IsTheWeightedMeanOfWhatCameBefore)
{
    std::mt19937 random(1);
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) values.push_back(static_cast<double>(random() % 100));
    values[7] = kNan;
    values[8] = std::numeric_limits<double>::infinity();
    const IndexedSeries series = of(values);
    for (const double weight : {0.0, 0.5, 0.9, 0.99}) {
        SmoothedSeries smoothed;
        const auto& result = smoothed.follow(series, weight).series();
        ASSERT_EQ(result.steps, series.series().steps);
        for (std::size_t n = 0; n < values.size(); ++n) {
            if (std::isfinite(values[n]))
                EXPECT_NEAR(result.values[n], by_definition(values, n, weight), 1e-9) << n;
            else
                EXPECT_FALSE(std::isfinite(result.values[n])) << "a gap stays a gap";
        }
    }
}

TEST(SmoothedSeries, WhatIsRecordedSeldomFadesOverTheSameSteps)
{
    IndexedSeries each, seldom;
    for (int step = 1; step <= 400; ++step) {
        const double value = step <= 200 ? 1 : 2;
        each.append(step, value);
        if (step % 50 == 0) seldom.append(step, value);
    }
    SmoothedSeries often, rarely;
    const double dense = often.follow(each, 0.99).series().values.back();
    const double sparse = rarely.follow(seldom, 0.99).series().values.back();
    EXPECT_NEAR(dense, sparse, 0.05) << "not a weight of so many samples";
    const double a = std::pow(0.99, 50);
    const Series& two = rarely.follow(seldom, 0.99).series();
    EXPECT_NEAR(two.values[4],
                (2 + a + a * a + a * a * a + a * a * a * a) / (1 + a + a * a + a * a * a + a * a * a * a), 1e-12);
}

TEST(SmoothedSeries, HasNoBiasTowardsItsStart)
{
    SmoothedSeries smoothed;
    const IndexedSeries series = of({5, 5, 5});
    for (const double v : smoothed.follow(series, 0.99).series().values) EXPECT_DOUBLE_EQ(v, 5);
}

TEST(SmoothedSeries, ComesOutTheSameHoweverTheSourceGrew)
{
    std::mt19937 random(2);
    IndexedSeries series;
    SmoothedSeries live;
    for (int i = 0; i < 500; ++i) {
        // Now and then the run goes over earlier steps again.
        const std::int64_t step = random() % 50 == 0 ? static_cast<std::int64_t>(series.size() / 2) + 1
                                                     : static_cast<std::int64_t>(series.size()) + 1;
        series.append(step, static_cast<double>(random() % 100));
        SmoothedSeries afresh;
        ASSERT_EQ(live.follow(series, 0.9).series().values, afresh.follow(series, 0.9).series().values);
    }
}

TEST(SmoothedSeries, FollowsAnotherWeightAndAnotherSource)
{
    const IndexedSeries a = of({1, 2, 3});
    const IndexedSeries b = of({3, 2, 1});
    SmoothedSeries smoothed;
    EXPECT_EQ(smoothed.follow(a, 0).series().values, a.series().values);
    EXPECT_EQ(smoothed.follow(b, 0).series().values, b.series().values);
    EXPECT_NE(smoothed.follow(b, 0.5).series().values, b.series().values);
    EXPECT_TRUE(smoothed.follow(IndexedSeries(), 0.5).empty());
}

TEST(SmoothedSeries, WeighsThePiecesOfAThinnedPastByTheirPoints)
{
    constexpr double kWeight = 0.9995;
    IndexedSeries series;
    series.bound(1000);
    std::vector<double> all;
    for (int i = 0; i < 20'000; ++i) {
        all.push_back(i < 17'000 ? 1 : 5);
        series.append(i + 1, all.back());
    }
    ASSERT_GT(series.past().size(), 0U);
    SmoothedSeries smoothed;
    const IndexedSeries& result = smoothed.follow(series, kWeight);
    EXPECT_EQ(result.mostPoints(), series.mostPoints()) << "no less bounded than its source";
    EXPECT_NEAR(result.series().values.back(), by_definition(all, all.size() - 1, kWeight), 0.02);
    for (const double v : result.series().values) ASSERT_TRUE(std::isfinite(v)) << "there is no gap";
}

TEST(SmoothedSeries, ForgetsAfterSoManyValues)
{
    EXPECT_EQ(runIn(0), 0);
    EXPECT_EQ(runIn(0.5), 20) << "2^-20 is less than a millionth, 2^-19 is more";
    EXPECT_EQ(runIn(0.9), 132);
}

TEST(SmoothedSeries, KeepsItsGenerationWhileTheSourceOnlyGrows)
{
    IndexedSeries series = of({1, 2});
    SmoothedSeries smoothed;
    const auto before = smoothed.follow(series, 0.9).generation();
    series.append(3, 1);
    EXPECT_EQ(smoothed.follow(series, 0.9).generation(), before) << "nothing was worked out again";
    EXPECT_NE(smoothed.follow(series, 0.8).generation(), before);
}

} // namespace
} // namespace triptych
