// A run of any length in the same memory: no extreme, no count and no gap is lost on the way.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/series_cache.h"
#include "ui/bridge/series_source.h"
#include "ui/bridge/smoothed_series.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace triptych::test {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Between 0 and 1, most of it small; one value in fifty is none.
double value_at(std::int64_t step)
{
    return noise(step, 1) < 0.02 ? kNan : std::pow(noise(step), 4);
}

struct Both {
    IndexedSeries bounded;
    IndexedSeries whole;

    void add(std::int64_t step, double value)
    {
        bounded.append(step, value);
        whole.append(step, value);
    }
};

/// What is drawn of a part: its extremes and how much it says it shows.
struct Drawn {
    double low = kNan;
    double high = kNan;
    explicit Drawn(const Envelope& envelope, double first, double last)
    {
        for (std::size_t i = 0; i < envelope.steps.size(); ++i)
            if (envelope.steps[i] >= first && envelope.steps[i] <= last && std::isfinite(envelope.values[i])) {
                low = std::fmin(low, envelope.values[i]);
                high = std::fmax(high, envelope.values[i]);
            }
    }
};

TEST(ThinnedPast, EveryPieceKeepsItsExtremesHoweverFarTheRunHasGone)
{
    Both both;
    both.bounded.bound(2'000);
    for (std::int64_t step = 1; step <= 200'000; ++step) {
        both.add(step, step % 9'973 == 0 ? 5.0 + static_cast<double>(step) : value_at(step));
        ASSERT_LE(both.bounded.size(), 2'000u);
    }
    const double piece = static_cast<double>(both.bounded.past().pieceSteps());
    ASSERT_GT(piece, 1'000) << "pieces were doubled";
    for (double reach = piece; reach < 2e5; reach *= 2)
        for (double first = 1; first + reach < 2e5; first += reach) {
            const double last = first + reach - 1;
            const Drawn shown(both.bounded.envelope(first, last, 300), first, last);
            const Drawn truth(both.whole.envelope(first, last, 300), first, last);
            ASSERT_EQ(shown.high, truth.high) << first << " to " << last;
            ASSERT_EQ(shown.low, truth.low) << first << " to " << last;
        }
}

TEST(ThinnedPast, TheNewestPartIsAsItWas)
{
    Both both;
    both.bounded.bound(1'000);
    for (std::int64_t step = 1; step <= 30'000; ++step) both.add(step, value_at(step));
    ASSERT_FALSE(both.bounded.isWholeFrom(1));
    ASSERT_TRUE(both.bounded.isWholeFrom(29'501));
    const Envelope shown = both.bounded.envelope(29'501, 30'000, 1'000);
    const Envelope truth = both.whole.envelope(29'501, 30'000, 1'000);
    EXPECT_EQ(std::vector(shown.steps.begin() + 1, shown.steps.end()),
              std::vector(truth.steps.begin() + 1, truth.steps.end()));
    EXPECT_EQ(shown.of, 500u);
    EXPECT_EQ(shown.gaps, truth.gaps);
    EXPECT_FALSE(shown.thinned);
}

TEST(ThinnedPast, CountsWhatWasAndNotWhatStayed)
{
    Both both;
    both.bounded.bound(600);
    for (std::int64_t step = 1; step <= 20'000; ++step) both.add(step, value_at(step));
    EXPECT_EQ(both.bounded.count(), 20'000u);
    EXPECT_EQ(both.bounded.gaps(), both.whole.gaps());
    const Envelope all = both.bounded.envelope(0, 1e6, 100);
    EXPECT_EQ(all.of, 20'000u);
    EXPECT_EQ(all.gaps, both.whole.envelope(0, 1e6, 100).gaps);
    EXPECT_TRUE(both.bounded.envelope(100, 5'000, 10'000).thinned) << "what is gone is said, however wide the picture";
    EXPECT_NEAR(static_cast<double>(both.bounded.envelope(2'000, 15'000, 100).of), 13'001,
                2.0 * static_cast<double>(both.bounded.past().pieceSteps()));
}

TEST(ThinnedPast, ARunThatGoesOverItsPastAgainIsTheSameRun)
{
    for (const std::int64_t back : {100, 9'000, 19'500, 1}) {
        Both both;
        both.bounded.bound(1'000);
        for (std::int64_t step = 1; step <= 20'000; ++step) both.add(step, value_at(step));
        const auto generation = both.bounded.generation();
        for (std::int64_t step = back; step <= 25'000; ++step) both.add(step, -value_at(step));
        EXPECT_NE(both.bounded.generation(), generation);
        ASSERT_LE(both.bounded.size(), 1'000u);
        const Drawn shown(both.bounded.envelope(0, 1e6, 2'000), 0, 1e6);
        const Drawn truth(both.whole.envelope(0, 1e6, 2'000), 0, 1e6);
        EXPECT_EQ(shown.low, truth.low) << back;
        // What the newest step that was taken back stood for went with it.
        EXPECT_LE(both.bounded.count(), 25'000u);
        EXPECT_GE(both.bounded.count() + static_cast<std::uint64_t>(both.bounded.past().pieceSteps()), 25'000u);
    }
}

TEST(ThinnedPast, ThinningIsNoOtherGeneration)
{
    IndexedSeries series;
    series.bound(IndexedSeries::kLeast);
    const auto generation = series.generation();
    for (std::int64_t step = 1; step <= 5'000; ++step) series.append(step, 1);
    EXPECT_EQ(series.generation(), generation);
    EXPECT_EQ(series.count(), 5'000u);
}

TEST(ThinnedPast, SmoothingThatFollowsIsThatOfTheWholeSeries)
{
    Both both;
    both.bounded.bound(4'000);
    SmoothedSeries followed;
    SmoothedSeries truth;
    const double weight = 0.98;
    for (std::int64_t step = 1; step <= 50'000; ++step) {
        both.add(step, value_at(step));
        if (step % 500 == 0) (void)followed.follow(both.bounded, weight);
    }
    const IndexedSeries& shown = followed.follow(both.bounded, weight);
    const IndexedSeries& expected = truth.follow(both.whole, weight);
    EXPECT_EQ(shown.count(), 50'000u);
    EXPECT_LE(shown.size(), 4'000u);
    int compared = 0;
    for (std::size_t i = 0; i < shown.size(); i += 7) {
        const std::int64_t step = shown.series().steps[i];
        const double known = expected.series().values[static_cast<std::size_t>(step) - 1];
        if (std::isnan(known)) continue;
        ASSERT_EQ(shown.series().values[i], known) << step;
        ++compared;
    }
    EXPECT_GT(compared, 200);
}

TEST(ThinnedPast, SmoothingThatBeginsLateIsThatOfTheMeans)
{
    Both both;
    both.bounded.bound(4'000);
    for (std::int64_t step = 1; step <= 50'000; ++step)
        both.add(step, 10 + std::sin(1e-4 * static_cast<double>(step)) + value_at(step));
    SmoothedSeries late;
    SmoothedSeries truth;
    for (const double weight : {0.9, 0.999}) {
        const IndexedSeries& shown = late.follow(both.bounded, weight);
        const IndexedSeries& expected = truth.follow(both.whole, weight);
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const std::int64_t step = shown.series().steps[i];
            const double known = expected.series().values[static_cast<std::size_t>(step) - 1];
            const double value = shown.series().values[i];
            if (std::isnan(known) || std::isnan(value)) continue;
            ASSERT_NEAR(value, known, both.bounded.isWholeFrom(static_cast<double>(step)) ? 0.05 : 0.5) << step;
        }
        // No bias towards what was kept because it was extreme: the mean of the kept points is 0.2 larger.
        EXPECT_NEAR(shown.series().values.back(), expected.series().values.back(), weight < 0.95 ? 1e-6 : 0.03);
    }
}

TEST(SeriesCache, AMillionSamplesOfEachSeriesTakeTheMemoryOfItsBound)
{
    constexpr std::int64_t kSteps = 1'000'000;
    constexpr std::int64_t kSpike = 123'457;
    constexpr std::int64_t kSeries = 8;
    SeriesCache cache;
    std::size_t most = 0;
    for (std::int64_t step = 1; step <= kSteps; ++step)
        for (std::int64_t layer = 0; layer < kSeries; ++layer) {
            const double value = step == kSpike + layer ? 500 : static_cast<double>(step * 7 % 13);
            cache.append({MetricId{Metric::LayerMaxVio, layer}, step, value});
            if (step % 50'000 == 0) most = std::max(most, cache.bytes());
        }
    EXPECT_LE(most, SeriesCache::kMostBytes);
    for (std::int64_t layer = 0; layer < kSeries; ++layer) {
        const MetricId metric{Metric::LayerMaxVio, layer};
        EXPECT_EQ(cache.indexed(metric).count(), static_cast<std::uint64_t>(kSteps)) << "none dropped";
        for (const double reach : {1e6, 1e5, 7e3}) {
            const double first = static_cast<double>(kSpike) - reach * 0.1;
            const Envelope envelope = cache.indexed(metric).envelope(first, first + reach, 400);
            const auto highest = std::max_element(envelope.values.begin(), envelope.values.end());
            EXPECT_EQ(*highest, 500);
            EXPECT_EQ(envelope.steps[static_cast<std::size_t>(highest - envelope.values.begin())], kSpike + layer);
        }
    }
}

TEST(SeriesCache, NumbersOfAThinnedStepAreTheMeanOfItsPiece)
{
    SeriesCache cache;
    Series series;
    for (std::int64_t step = 1; step <= 3'000'000; ++step) {
        series.steps.push_back(step);
        series.values.push_back(step % 100 == 0 ? 101 : 1); // a mean of 2, which no step has
    }
    cache.replace(Metric::Loss, std::move(series));
    ASSERT_FALSE(cache.indexed(Metric::Loss).isWholeFrom(500'000));
    EXPECT_NEAR(cache.calm(Metric::Loss, 500'000, 20), 2, 0.6);
    EXPECT_NEAR(cache.calm(Metric::Loss, 3'000'000, 20), 1 + 100.0 / 20, 1e-9) << "the newest twenty";
}

TEST(SeriesSource, SumsUpAllOfAThinnedSeries)
{
    SeriesCache cache;
    Series series;
    for (std::int64_t step = 1; step <= 2'000'000; ++step) {
        series.steps.push_back(step);
        series.values.push_back(step == 77'777 ? kNan : static_cast<double>(step % 1'000));
    }
    cache.replace(Metric::Loss, std::move(series));
    const SeriesSummary all = CachedSeries(cache, Metric::Loss).summary();
    EXPECT_EQ(all.count, 2'000'000u);
    EXPECT_EQ(all.gaps, 1u);
    EXPECT_EQ(all.firstStep, 1);
    EXPECT_EQ(all.highest, 999);
    EXPECT_EQ(all.lowest, 0);
}

} // namespace
} // namespace triptych::test
