// The ring keeps order, loses only what it counts, and two threads may use it without locks (run under TSan too).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric_ring.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace triptych {
namespace {

TEST(MetricRing, GivesBackWhatWasPushedInOrder)
{
    MetricRing ring(8);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(ring.push({Metric::Loss, i, i * 0.5}));
    std::vector<Sample> samples;
    EXPECT_EQ(ring.drain(samples), 5u);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(samples[static_cast<std::size_t>(i)].step, i);
        EXPECT_EQ(samples[static_cast<std::size_t>(i)].value, i * 0.5);
    }
    EXPECT_EQ(ring.drain(samples), 0u);
}

TEST(MetricRing, AFullRingRefusesTheNewAndCountsIt)
{
    MetricRing ring(4);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(ring.push({Metric::Loss, i, 0}), i < 4);
    EXPECT_EQ(ring.dropped(), 2u);
    std::vector<Sample> samples;
    EXPECT_EQ(ring.drain(samples), 4u);
    EXPECT_EQ(samples.back().step, 3);
    EXPECT_TRUE(ring.push({Metric::Loss, 9, 0}));
}

TEST(MetricRing, IsEmptiedUpToAPlaceAndNoFurther)
{
    MetricRing ring(8);
    for (int i = 0; i < 3; ++i) ring.push({Metric::Loss, i, 0});
    const std::uint64_t place = ring.pushed();
    EXPECT_EQ(place, 3u);
    for (int i = 3; i < 5; ++i) ring.push({Metric::Loss, i, 0});
    std::vector<Sample> samples;
    EXPECT_EQ(ring.drain(samples, place), 3u);
    EXPECT_EQ(samples.back().step, 2);
    EXPECT_EQ(ring.drain(samples, place), 0u);
    EXPECT_EQ(ring.drain(samples, 1), 0u) << "a place that was passed takes nothing back";
    EXPECT_EQ(ring.drain(samples), 2u);
    EXPECT_EQ(samples.back().step, 4);
}

TEST(MetricRing, WorksOverManyRounds)
{
    MetricRing ring(3);
    EXPECT_EQ(ring.capacity(), 4u);
    std::vector<Sample> samples;
    for (int i = 0; i < 1000; ++i) {
        ASSERT_TRUE(ring.push({Metric::Loss, i, 0}));
        if (i % 3 == 0) ring.drain(samples);
    }
    ring.drain(samples);
    ASSERT_EQ(samples.size(), 1000u);
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(samples[static_cast<std::size_t>(i)].step, i);
}

TEST(MetricRing, TwoThreadsLoseOnlyWhatIsCounted)
{
    constexpr std::int64_t kPushes = 200000;
    MetricRing ring(1024);
    std::atomic<bool> done{false};
    std::jthread producer([&] {
        for (std::int64_t i = 0; i < kPushes; ++i) ring.push({{Metric::LayerMaxVio, i % 7}, i, static_cast<double>(i)});
        done.store(true);
    });
    std::vector<Sample> samples;
    while (!done.load()) ring.drain(samples);
    producer.join();
    ring.drain(samples);
    EXPECT_EQ(samples.size() + ring.dropped(), static_cast<std::size_t>(kPushes));
    std::int64_t last = -1;
    for (const auto& sample : samples) {
        ASSERT_GT(sample.step, last);
        ASSERT_EQ(sample.value, static_cast<double>(sample.step));
        ASSERT_EQ(sample.metric, MetricId(Metric::LayerMaxVio, sample.step % 7));
        last = sample.step;
    }
}

} // namespace
} // namespace triptych
