// Thinning loses no extreme, whatever the series, its gaps, its growth and the part of it that is asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/indexed_series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

namespace triptych {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Series counted(std::size_t n, double value = 1)
{
    Series series;
    for (std::size_t i = 0; i < n; ++i) {
        series.steps.push_back(static_cast<std::int64_t>(i) + 1);
        series.values.push_back(value);
    }
    return series;
}

/// Some values are no numbers, some infinite, many equal.
Series random_series(std::size_t n, std::mt19937& random)
{
    Series series = counted(n);
    for (double& v : series.values) {
        const auto kind = random() % 40;
        v = kind == 0   ? kNan
            : kind == 1 ? kInfinity
            : kind < 20 ? static_cast<double>(random() % 5)
                        : std::ldexp(static_cast<double>(random()), -20);
    }
    return series;
}

Extremes slow_extremes(const Series& series, std::size_t begin, std::size_t end)
{
    Extremes all;
    for (std::size_t i = begin; i < end; ++i) {
        const double v = series.values[i];
        const auto at = static_cast<std::uint32_t>(i);
        if (!std::isfinite(v)) {
            if (all.gaps++ == 0) all.gap = at;
            continue;
        }
        if (all.lowest == Extremes::kNone || v < series.values[all.lowest]) all.lowest = at;
        if (all.highest == Extremes::kNone || v > series.values[all.highest]) all.highest = at;
    }
    return all;
}

void expect_equal(const Extremes& a, const Extremes& b)
{
    EXPECT_EQ(a.lowest, b.lowest);
    EXPECT_EQ(a.highest, b.highest);
    EXPECT_EQ(a.gap, b.gap);
    EXPECT_EQ(a.gaps, b.gaps);
}

TEST(IndexedSeries, FindsTheExtremesOfEveryPartAsASearchDoes)
{
    std::mt19937 random(1);
    for (const std::size_t n : {1u, 15u, 16u, 17u, 255u, 256u, 257u, 5000u}) {
        const Series series = random_series(n, random);
        const IndexedSeries indexed(Series{series});
        for (int trial = 0; trial < 200; ++trial) {
            std::size_t begin = random() % (n + 1);
            std::size_t end = random() % (n + 1);
            if (begin > end) std::swap(begin, end);
            expect_equal(indexed.extremes(begin, end), slow_extremes(series, begin, end));
        }
    }
}

TEST(IndexedSeries, StaysRightWhereARunGoesOverTheSameStepsAgain)
{
    std::mt19937 random(2);
    IndexedSeries indexed;
    Series truth;
    for (int part = 0; part < 60; ++part) {
        const std::size_t back = random() % (truth.size() + 1);
        truth.steps.resize(truth.size() - back);
        truth.values.resize(truth.steps.size());
        const Series more = random_series(1 + random() % 300, random);
        for (std::size_t i = 0; i < more.size(); ++i) {
            truth.steps.push_back(static_cast<std::int64_t>(truth.size()) + 1);
            truth.values.push_back(more.values[i]);
            indexed.append(truth.steps.back(), truth.values.back());
        }
        ASSERT_EQ(indexed.series().steps, truth.steps);
        for (int trial = 0; trial < 20; ++trial) {
            const std::size_t begin = random() % truth.size();
            expect_equal(indexed.extremes(begin, truth.size()), slow_extremes(truth, begin, truth.size()));
        }
    }
}

TEST(IndexedSeries, ThinningKeepsTheExtremesOfAnyPartAndNothingThatIsNotThere)
{
    std::mt19937 random(3);
    for (int trial = 0; trial < 300; ++trial) {
        const std::size_t n = 1 + random() % 4000;
        const Series series = random_series(n, random);
        const IndexedSeries indexed(Series{series});
        const auto first = static_cast<double>(1 + random() % n);
        const double last = first + static_cast<double>(random() % n);
        const std::size_t buckets = 1 + random() % 200;
        const Envelope envelope = indexed.envelope(first, last, buckets);

        EXPECT_LE(envelope.steps.size(), 5 * (buckets + 2));
        EXPECT_TRUE(std::is_sorted(envelope.steps.begin(), envelope.steps.end()));
        EXPECT_EQ(std::set<double>(envelope.steps.begin(), envelope.steps.end()).size(), envelope.steps.size());
        std::size_t inside = 0;
        std::size_t gaps = 0;
        double low = kInfinity, high = -kInfinity;
        for (std::size_t i = 0; i < n; ++i) {
            const auto step = static_cast<double>(series.steps[i]);
            if (step < first || step > last) continue;
            ++inside;
            if (!std::isfinite(series.values[i])) {
                ++gaps;
                continue;
            }
            low = std::min(low, series.values[i]);
            high = std::max(high, series.values[i]);
        }
        EXPECT_EQ(envelope.of, inside);
        EXPECT_EQ(envelope.gaps, gaps);
        double shownLow = kInfinity, shownHigh = -kInfinity;
        bool shownGap = false;
        for (std::size_t i = 0; i < envelope.steps.size(); ++i) {
            const double original = series.values[static_cast<std::size_t>(envelope.steps[i]) - 1];
            if (std::isnan(original))
                EXPECT_TRUE(std::isnan(envelope.values[i]));
            else
                EXPECT_EQ(envelope.values[i], original);
            if (envelope.steps[i] < first || envelope.steps[i] > last) continue;
            if (!std::isfinite(envelope.values[i])) {
                shownGap = true;
                continue;
            }
            shownLow = std::min(shownLow, envelope.values[i]);
            shownHigh = std::max(shownHigh, envelope.values[i]);
        }
        EXPECT_EQ(shownGap, gaps > 0);
        EXPECT_EQ(shownLow, low);
        EXPECT_EQ(shownHigh, high);
        EXPECT_EQ(envelope.steps.front() < first, first > 1) << "a line must come in from beyond the picture";
        EXPECT_EQ(envelope.steps.back() > last, last < static_cast<double>(n));
    }
}

TEST(IndexedSeries, EverySpikeOfALongSeriesSurvivesAtEveryWidth)
{
    std::mt19937 random(4);
    for (int trial = 0; trial < 50; ++trial) {
        Series series = counted(200'000);
        const std::size_t at = random() % series.size();
        series.values[at] = 7;
        const IndexedSeries indexed(std::move(series));
        for (const std::size_t buckets : {1u, 37u, 400u, 2000u}) {
            const Envelope envelope = indexed.envelope(0, 1e9, buckets);
            EXPECT_TRUE(envelope.thinned);
            EXPECT_EQ(std::count(envelope.values.begin(), envelope.values.end(), 7.0), 1);
        }
    }
}

TEST(IndexedSeries, AShortSeriesIsShownAsItIsWithANeighbourBeyondEitherEnd)
{
    const IndexedSeries indexed(counted(100));
    const Envelope envelope = indexed.envelope(10, 20, 50);
    EXPECT_EQ(envelope.steps.front(), 9);
    EXPECT_EQ(envelope.steps.back(), 21);
    EXPECT_EQ(envelope.of, 11u);
    EXPECT_FALSE(envelope.thinned);
}

TEST(IndexedSeries, ThinnedPointsStayWhereTheyAreWhileTheSeriesGrows)
{
    std::mt19937 random(5);
    IndexedSeries indexed(random_series(50'000, random));
    const Envelope before = indexed.envelope(0, 1e9, 500);
    indexed.append(50'001, 0.5);
    const Envelope after = indexed.envelope(0, 1e9, 500);
    // All but what the last bucket kept: a live curve does not shimmer.
    EXPECT_TRUE(std::equal(before.steps.begin(), before.steps.end() - 5, after.steps.begin()));
}

TEST(IndexedSeries, TellsByItsGenerationThatMoreThanItsEndChanged)
{
    IndexedSeries series(counted(10));
    const auto generation = series.generation();
    series.append(11, 1);
    EXPECT_EQ(series.generation(), generation);
    series.append(5, 1);
    EXPECT_NE(series.generation(), generation);
    EXPECT_EQ(series.size(), 5u);
    EXPECT_NE(IndexedSeries().generation(), IndexedSeries().generation());
}

TEST(IndexedSeries, KnowsThePointAtOrBeforeAStep)
{
    IndexedSeries series;
    series.append(10, 1);
    series.append(20, 2);
    EXPECT_FALSE(series.indexAt(9.9));
    EXPECT_EQ(series.indexAt(10), 0u);
    EXPECT_EQ(series.indexAt(19.5), 0u);
    EXPECT_EQ(series.indexAt(1e9), 1u);
}

TEST(IndexedSeries, IsEmptyWithoutPoints)
{
    const Envelope envelope = IndexedSeries().envelope(0, 10, 100);
    EXPECT_TRUE(envelope.steps.empty());
    EXPECT_EQ(envelope.of, 0u);
    EXPECT_EQ(IndexedSeries(counted(5)).envelope(100, 200, 0).of, 0u);
}

} // namespace
} // namespace triptych
