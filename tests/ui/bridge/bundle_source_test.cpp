// Series of several layers as one: the middle of them, and the band they lie in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/bundle_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace triptych::test {
namespace {

/// Layers with values that are no pattern.
class Layers {
public:
    Layers(std::int64_t layers, std::int64_t steps)
    {
        for (std::int64_t layer = 1; layer <= layers; ++layer)
            for (std::int64_t step = 1; step <= steps; ++step)
                cache.append({{Metric::LayerMaxVio, layer}, step, noise(layer, step)});
        for (std::int64_t layer = 1; layer <= layers; ++layer)
            sources.push_back(std::make_unique<CachedSeries>(cache, MetricId(Metric::LayerMaxVio, layer)));
    }

    BundleSource bundle() const
    {
        std::vector<const SeriesSource*> all;
        for (const auto& source : sources) all.push_back(source.get());
        return BundleSource(std::move(all));
    }

    SeriesCache cache;
    std::vector<std::unique_ptr<CachedSeries>> sources;
};

double middle(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

TEST(BundleSource, TheMedianIsTheMiddleOfTheLayersAtEveryStep)
{
    for (const std::int64_t count : {1, 4, 5}) {
        const Layers layers(count, 50);
        const Fan fan = layers.bundle().fan(1, 50, 400);
        ASSERT_EQ(fan.median.steps.size(), 50U);
        for (std::size_t i = 0; i < 50; ++i) {
            std::vector<double> all;
            for (std::int64_t layer = 1; layer <= count; ++layer)
                all.push_back(noise(layer, static_cast<std::int64_t>(i) + 1));
            EXPECT_EQ(fan.median.values[i], middle(all)) << count << " layers, step " << i + 1;
            EXPECT_EQ(fan.low[i], *std::min_element(all.begin(), all.end()));
            EXPECT_EQ(fan.high[i], *std::max_element(all.begin(), all.end()));
            EXPECT_EQ(layers.bundle().at(static_cast<double>(i) + 1)->value, middle(all));
        }
    }
}

TEST(BundleSource, NoValueIsOutsideTheBandHoweverFewPixelsThereAre)
{
    Layers layers(7, 20'000);
    layers.cache.append({{Metric::LayerMaxVio, 3}, 20'001, 40.0}); // of one step, in one layer
    for (std::int64_t layer = 1; layer <= 7; ++layer)
        for (std::int64_t step = 20'002; step <= 30'000; ++step)
            layers.cache.append({{Metric::LayerMaxVio, layer}, step, noise(layer, step)});
    for (const std::size_t pixels : {20U, 137U, 400U}) {
        const Fan fan = layers.bundle().fan(1, 30'000, pixels);
        EXPECT_TRUE(fan.median.thinned);
        EXPECT_LE(fan.median.steps.size(), 2 * pixels) << "as many as can be seen";
        EXPECT_EQ(*std::max_element(fan.high.begin(), fan.high.end()), 40.0);
        EXPECT_LT(*std::max_element(fan.median.values.begin(), fan.median.values.end()), 1.0);
        for (std::size_t i = 0; i < fan.low.size(); ++i) {
            EXPECT_LE(fan.low[i], fan.median.values[i]);
            EXPECT_GE(fan.high[i], fan.median.values[i]);
        }
        EXPECT_TRUE(std::is_sorted(fan.median.steps.begin(), fan.median.steps.end()));
    }
}

TEST(BundleSource, WhereItIsThinnedTheMedianIsThatOfAStep)
{
    const Layers layers(5, 20'000);
    const BundleSource bundle = layers.bundle();
    const Fan fan = bundle.fan(1, 20'000, 100);
    ASSERT_TRUE(fan.median.thinned);
    ASSERT_GT(fan.median.steps.size(), 50U);
    for (std::size_t i = 0; i < fan.median.steps.size(); ++i)
        EXPECT_EQ(fan.median.values[i], bundle.at(fan.median.steps[i])->value) << fan.median.steps[i];
}

TEST(BundleSource, CountsWhatIsNoNumberAndLeavesItOutOfTheMiddle)
{
    Layers layers(3, 5);
    layers.cache.append({{Metric::LayerMaxVio, 1}, 6, std::nan("")});
    layers.cache.append({{Metric::LayerMaxVio, 2}, 6, 0.25});
    layers.cache.append({{Metric::LayerMaxVio, 3}, 6, 0.75});
    const Fan fan = layers.bundle().fan(1, 6, 400);
    EXPECT_EQ(fan.median.gaps, 1U);
    EXPECT_EQ(fan.median.values.back(), 0.5);
    EXPECT_EQ(layers.bundle().summary().gaps, 1U);
    for (std::int64_t layer = 1; layer <= 3; ++layer)
        layers.cache.append({{Metric::LayerMaxVio, layer}, 7, std::nan("")});
    EXPECT_TRUE(std::isnan(layers.bundle().at(7)->value)) << "a gap where all have one";
}

TEST(BundleSource, SmoothedIsTheMiddleOfTheSmoothedLayers)
{
    const Layers layers(3, 30);
    const BundleSource bundle = layers.bundle();
    const auto smoothed = bundle.smoothed(0.8);
    std::vector<double> all;
    for (const auto& source : layers.sources) all.push_back(source->smoothed(0.8)->at(30)->value);
    EXPECT_EQ(smoothed->at(30)->value, middle(all));
    EXPECT_EQ(smoothed->at(1)->value, bundle.at(1)->value) << "no bias towards the start";
}

TEST(BundleSource, WalksFromStepToStepOfAnyLayer)
{
    Layers layers(2, 3);
    layers.cache.append({{Metric::LayerMaxVio, 2}, 9, 0.5});
    const BundleSource bundle = layers.bundle();
    EXPECT_EQ(bundle.extent()->last, 9);
    EXPECT_EQ(bundle.neighbour(3, 1)->step, 9);
    EXPECT_EQ(bundle.neighbour(9, -1)->step, 3);
    EXPECT_FALSE(bundle.neighbour(9, 1));
    EXPECT_TRUE(BundleSource({}).fan(0, 10, 10).median.steps.empty());
}

} // namespace
} // namespace triptych::test
