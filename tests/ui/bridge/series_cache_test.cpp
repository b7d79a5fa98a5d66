// Series by their metrics.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_cache.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych {
namespace {

TEST(SeriesCache, KeepsSamplesByMetricAndIndex)
{
    SeriesCache cache;
    cache.append({Metric::Loss, 1, 3.5});
    cache.append({{Metric::LayerMaxVio, 2}, 5, 0.25});
    EXPECT_EQ(cache.latest(Metric::Loss), 3.5);
    EXPECT_EQ(cache.latest({Metric::LayerMaxVio, 2}), 0.25);
    EXPECT_TRUE(std::isnan(cache.latest({Metric::LayerMaxVio, 1})));
    EXPECT_FALSE(cache.has({Metric::LayerMaxVio, 1}));
    EXPECT_EQ(cache.firstStep(), 1);
    EXPECT_EQ(cache.latestStep(), 5);
}

TEST(SeriesCache, AResumedRunReplacesTheStepsItGoesOverAgain)
{
    SeriesCache cache;
    for (std::int64_t step = 1; step <= 10; ++step) cache.append({Metric::Loss, step, static_cast<double>(step)});
    cache.append({Metric::Loss, 6, -6});
    EXPECT_EQ(cache.series(Metric::Loss).steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(cache.latest(Metric::Loss), -6);
}

TEST(SeriesCache, IsEmptyAfterClearAndForUnknownMetrics)
{
    SeriesCache cache;
    cache.append({Metric::Loss, 1, 3.5});
    cache.clear();
    EXPECT_EQ(cache.firstStep(), 0);
    EXPECT_EQ(cache.latestStep(), 0);
    EXPECT_EQ(cache.series(Metric::Loss).size(), 0u);
    EXPECT_EQ(cache.indexed(Metric::Loss).envelope(0, 100, 10).of, 0u);
}

TEST(SeriesCache, AReplacedSeriesIsAnother)
{
    SeriesCache cache;
    cache.append({Metric::Loss, 1, 3.5});
    const auto before = cache.indexed(Metric::Loss).generation();
    cache.replace(Metric::Loss, {{1, 2}, {3.5, 3.25}});
    EXPECT_NE(cache.indexed(Metric::Loss).generation(), before);
    EXPECT_EQ(cache.latest(Metric::Loss), 3.25);
}

} // namespace
} // namespace triptych
