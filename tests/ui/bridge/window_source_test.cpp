// Gaussian and running median: what they do to lines, spikes, noise, gaps and ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/window_source.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

namespace triptych::test {
namespace {

const MetricId kMetric{Metric::MainLoss};

class WindowSourceTest : public testing::TestWithParam<SmoothingKind> {
protected:
    void fill(std::int64_t steps, const std::function<double(std::int64_t)>& value)
    {
        for (std::int64_t step = 1; step <= steps; ++step) m_cache.append({kMetric, step, value(step)});
    }
    std::unique_ptr<SeriesSource> smooth(double weight) { return smoothedBy(m_series, GetParam(), weight); }
    static double spread(const std::vector<double>& values)
    {
        const double n = static_cast<double>(values.size());
        const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
        double sum = 0;
        for (const double v : values) sum += (v - mean) * (v - mean);
        return std::sqrt(sum / n);
    }

    SeriesCache m_cache;
    CachedSeries m_series{m_cache, kMetric};
};

INSTANTIATE_TEST_SUITE_P(Windows, WindowSourceTest, testing::Values(SmoothingKind::Gaussian, SmoothingKind::Median),
                         [](const auto& p) { return smoothingId(p.param).toStdString(); });

TEST_P(WindowSourceTest, ALineStaysWhereItIs)
{
    fill(400, [](std::int64_t step) { return 0.5 * static_cast<double>(step); });
    const auto smoothed = smooth(0.9);
    const Envelope middle = smoothed->envelope(100, 300, 1000);
    ASSERT_GT(middle.steps.size(), 190U);
    for (std::size_t i = 0; i < middle.steps.size(); ++i)
        ASSERT_NEAR(middle.values[i], 0.5 * middle.steps[i], 1e-6) << "shifted at " << middle.steps[i];
    EXPECT_GT(std::abs(m_series.smoothed(0.9)->at(200)->value - 100), 2) << "what looks back alone lags behind";
}

TEST_P(WindowSourceTest, EndsAreMeansOfWhatIsThere)
{
    fill(50, [](std::int64_t) { return 3.0; });
    const Envelope all = smooth(0.99)->envelope(1, 50, 1000);
    ASSERT_EQ(all.steps.size(), 50U);
    EXPECT_EQ(all.of, 50U);
    for (const double v : all.values) EXPECT_DOUBLE_EQ(v, 3);
}

TEST_P(WindowSourceTest, LeavesAboutAsMuchOfNoiseAsTheSameWeightDoesOtherwise)
{
    fill(6000, [](std::int64_t step) { return noise(step); });
    const double exponential = spread(m_series.smoothed(0.95)->envelope(200, 5800, 6000).values);
    const double own = spread(smooth(0.95)->envelope(200, 5800, 6000).values);
    EXPECT_GT(own, 0.6 * exponential);
    EXPECT_LT(own, 1.8 * exponential) << "of an even distribution a median keeps more than a mean";
}

TEST_P(WindowSourceTest, APartIsThatPartOfTheWhole)
{
    fill(900, [](std::int64_t step) { return noise(step, 3); });
    const auto smoothed = smooth(0.97);
    const Envelope part = smoothed->envelope(400, 420, 1000);
    ASSERT_EQ(part.steps.size(), 23U) << "and a point beyond either end";
    EXPECT_EQ(part.steps.front(), 399);
    EXPECT_EQ(part.steps.back(), 421);
    for (std::size_t i = 0; i < part.steps.size(); ++i)
        EXPECT_NEAR(part.values[i], smoothed->at(part.steps[i])->value, 1e-6) << part.steps[i];
    const Envelope whole = smoothed->envelope(1, 900, 2000);
    ASSERT_EQ(whole.steps.size(), 900U);
    EXPECT_NEAR(whole.values[409], smoothed->at(410)->value, 0.01);
}

TEST_P(WindowSourceTest, WhatIsNoNumberStaysAGapAndSpoilsNothing)
{
    fill(100, [](std::int64_t step) { return step == 50 ? std::nan("") : 2.0; });
    const Envelope all = smooth(0.9)->envelope(1, 100, 1000);
    EXPECT_EQ(all.gaps, 1U);
    ASSERT_EQ(all.steps.size(), 100U);
    EXPECT_TRUE(std::isnan(all.values[49]));
    EXPECT_DOUBLE_EQ(all.values[48], 2);
    EXPECT_DOUBLE_EQ(all.values[50], 2);
}

TEST_P(WindowSourceTest, ManyPointsAreSmoothedByMeansOfTheirNeighbours)
{
    fill(200'000, [](std::int64_t step) { return noise(step, 5) < 0.3 ? 1.0 : 0.0; });
    const auto smoothed = smooth(0.999);
    const Envelope all = smoothed->envelope(1, 200'000, 500);
    EXPECT_EQ(all.of, 200'000U);
    EXPECT_TRUE(all.thinned);
    ASSERT_FALSE(all.values.empty());
    for (const double v : all.values) ASSERT_NEAR(v, 0.3, 0.1) << "the mean is 0.3; of extremes it would be 0.5";
}

TEST_P(WindowSourceTest, MeansOfNeighboursAreNoWiderThanTheyMustBeAndThoseOfThePartInView)
{
    fill(200'000, [](std::int64_t step) { return step > 100'000 ? 1.0 : 0.0; });
    const auto smoothed = smooth(0.999);
    const Envelope all = smoothed->envelope(1, 200'000, 400);
    for (std::size_t i = 0; i < all.steps.size(); ++i) {
        if (std::abs(all.steps[i] - 100'500) < 2'500) continue; // half of a window, and what means look back
        ASSERT_NEAR(all.values[i], all.steps[i] > 100'000 ? 1 : 0, 0.05) << all.steps[i];
    }
}

TEST_P(WindowSourceTest, AWiderViewGoesOverWiderMeans)
{
    fill(200'000, [](std::int64_t step) { return noise(step, 5) < 0.3 ? 1.0 : 0.0; });
    const auto smoothed = smooth(0.999);
    ASSERT_FALSE(smoothed->envelope(1, 30'000, 500).values.empty());
    for (const double v : smoothed->envelope(1, 200'000, 500).values) ASSERT_NEAR(v, 0.3, 0.1);
}

TEST_P(WindowSourceTest, FollowsASeriesThatGrows)
{
    fill(100, [](std::int64_t) { return 1.0; });
    const auto smoothed = smooth(0.9);
    EXPECT_DOUBLE_EQ(smoothed->at(100)->value, 1);
    for (std::int64_t step = 101; step <= 200; ++step) m_cache.append({kMetric, step, 5});
    EXPECT_DOUBLE_EQ(smoothed->at(200)->value, 5);
    EXPECT_GT(smoothed->at(101)->value, 2) << "what came after counts, too";
    EXPECT_EQ(smoothed->extent()->last, 200);
    EXPECT_EQ(smoothed->neighbour(199, 1)->step, 200);
}

TEST(SmoothingKinds, AMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle)
{
    SeriesCache cache;
    for (std::int64_t step = 1; step <= 10; ++step) cache.append({kMetric, step, static_cast<double>(10 * step)});
    const CachedSeries series(cache, kMetric);
    const auto median = smoothedBy(series, SmoothingKind::Median, 0.01); // a step to either side
    EXPECT_DOUBLE_EQ(median->at(1)->value, 15) << "of steps 1 and 2";
    EXPECT_DOUBLE_EQ(median->at(2)->value, 20);
}

TEST(SmoothingKinds, AMedianIsMovedByNoSpikeAndAGaussianIs)
{
    SeriesCache cache;
    for (std::int64_t step = 1; step <= 200; ++step) cache.append({kMetric, step, step == 100 ? 1000.0 : 1.0});
    const CachedSeries series(cache, kMetric);
    EXPECT_DOUBLE_EQ(smoothedBy(series, SmoothingKind::Median, 0.9)->at(100)->value, 1);
    EXPECT_GT(smoothedBy(series, SmoothingKind::Gaussian, 0.9)->at(100)->value, 50);
    EXPECT_NEAR(smoothedBy(series, SmoothingKind::Gaussian, 0.9)->at(95)->value,
                smoothedBy(series, SmoothingKind::Gaussian, 0.9)->at(105)->value, 1e-9)
        << "the same to both sides";
}

TEST(SmoothingKinds, AreKnownByTheirIds)
{
    for (const auto kind : {SmoothingKind::Exponential, SmoothingKind::Gaussian, SmoothingKind::Median})
        EXPECT_EQ(smoothingFromId(smoothingId(kind)), kind);
    EXPECT_EQ(smoothingFromId("nonsense"), SmoothingKind::Exponential);
}

} // namespace
} // namespace triptych::test
