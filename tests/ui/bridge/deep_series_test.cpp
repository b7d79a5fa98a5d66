// A live run from nearby: every step of its files where memory has pieces, and memory alone where that is enough.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/curve_run.h"
#include "tests/support/synthetic_feed.h"
#include "tests/support/temp_folder.h"
#include "ui/bridge/deep_series.h"
#include "ui/bridge/series_hub.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace triptych::test {
namespace {

constexpr std::int64_t kSteps = 30'000;
constexpr std::size_t kPixels = 400;

/// No two neighbours alike, so that a step that is left out is noticed.
double value(std::int64_t step)
{
    return static_cast<double>(step * 7919 % 4099);
}

/// Bound to a few points, as the series of a long run are.
struct Memory : IndexedSource {
    explicit Memory(std::int64_t last)
    {
        series.bound(1'024);
        for (std::int64_t step = 1; step <= last; ++step) series.append(step, value(step));
    }
    const IndexedSeries& points() const override { return series; }
    IndexedSeries series;
};

class DeepSeriesTest : public testing::Test {
protected:
    DeepSeriesTest() { write_column(folder(), kSteps, value); }

    std::filesystem::path folder() const { return m_folder / "curves"; }
    DeepSeries series(std::int64_t last = kSteps)
    {
        return {std::make_unique<Memory>(last), std::make_shared<DeepFiles>(folder(), reader), Metric::Loss};
    }
    static std::vector<double> steps(double first, double last)
    {
        std::vector<double> all;
        for (double step = first; step <= last; ++step) all.push_back(step);
        return all;
    }
    /// Those of an envelope within a range, without the points beyond its ends.
    static std::vector<double> within(const Envelope& envelope, double first, double last)
    {
        std::vector<double> all;
        for (const double step : envelope.steps)
            if (step >= first && step <= last) all.push_back(step);
        return all;
    }

    std::shared_ptr<SeriesReader> reader = std::make_shared<SeriesReader>();
    TempFolder m_folder;
};

TEST_F(DeepSeriesTest, ShowsEveryStepWhereMemoryHasPieces)
{
    const DeepSeries deep = series();
    const Envelope coarse = deep.envelope(5'000, 5'100, kPixels);
    EXPECT_TRUE(deep.loading());
    EXPECT_LT(within(coarse, 5'000, 5'100).size(), 101u) << "memory is thinned there, and shown at once";
    const Envelope exact = loaded_envelope(deep, *reader, 5'000, 5'100, kPixels);
    ASSERT_EQ(within(exact, 5'000, 5'100), steps(5'000, 5'100));
    for (std::size_t i = 0; i < exact.steps.size(); ++i)
        EXPECT_EQ(exact.values[i], value(static_cast<std::int64_t>(exact.steps[i])));
    ASSERT_TRUE(deep.at(5'050));
    EXPECT_EQ(deep.at(5'050)->value, value(5'050));
}

TEST_F(DeepSeriesTest, AsksNoFileWhereMemoryIsExactToAPixel)
{
    const DeepSeries deep = series();
    for (const auto& [first, last] : {std::pair(0.0, 30'000.0), std::pair(29'800.0, 29'900.0)}) {
        const Envelope whole = deep.envelope(first, last, 10);
        EXPECT_FALSE(deep.loading());
        EXPECT_EQ(whole.steps, Memory(kSteps).series.envelope(first, last, 10).steps);
    }
    EXPECT_EQ(ReaderThread::pending(), 0);
}

TEST_F(DeepSeriesTest, GoesOnInMemoryWhereTheFilesEnd)
{
    const DeepSeries deep = series(kSteps + 300); // the newest are not written yet
    const double whole = Memory(kSteps + 300).series.series().steps[Memory(kSteps + 300).series.past().size()];
    const Envelope exact = loaded_envelope(deep, *reader, whole - 50, whole + 50, kPixels);
    EXPECT_EQ(within(exact, whole - 50, whole + 50), steps(whole - 50, whole + 50));
}

TEST_F(DeepSeriesTest, IsSmoothedOverAllSteps)
{
    const DeepSeries deep = series();
    const auto smooth = deep.smoothed(0.9);
    const Envelope exact = loaded_envelope(*smooth, *reader, 5'000, 5'050, kPixels);
    IndexedSeries all;
    for (std::int64_t step = 1; step <= kSteps; ++step) all.append(step, value(step));
    SmoothedSeries reference;
    const Envelope expected = reference.follow(all, 0.9).envelope(5'000, 5'050, kPixels);
    ASSERT_EQ(within(exact, 5'000, 5'050), steps(5'000, 5'050));
    ASSERT_EQ(exact.values.size(), expected.values.size());
    for (std::size_t i = 0; i < exact.values.size(); ++i) EXPECT_NEAR(exact.values[i], expected.values[i], 0.01);
}

TEST_F(DeepSeriesTest, WithoutFilesShowsWhatMemoryHas)
{
    const DeepSeries deep(std::make_unique<Memory>(kSteps), std::make_shared<DeepFiles>(m_folder / "none", reader),
                          Metric::Loss);
    (void)deep.envelope(5'000, 5'100, kPixels);
    settle_reader(*reader);
    EXPECT_FALSE(deep.envelope(5'000, 5'100, kPixels).steps.empty());
    EXPECT_FALSE(deep.loading());
}

TEST_F(DeepSeriesTest, TheHubGivesThemToTheRunOfTheFeed)
{
    RunFeed feed;
    SeriesHub hub(feed);
    event::RunStarted started = synthetic_start();
    started.run_folder = m_folder.path().string();
    feed.take(started);
    SeriesCache cache;
    Series loss;
    constexpr std::int64_t kMany = 2'500'000; // more than a series may have in memory
    for (std::int64_t step = 1; step <= kMany; ++step) {
        loss.steps.push_back(step);
        loss.values.push_back(value(step));
    }
    cache.replace(Metric::Loss, std::move(loss));
    feed.replaceSeries(std::move(cache));
    const SeriesSource* source = hub.find({}, Metric::Loss);
    ASSERT_NE(source, nullptr);
    QSignalSpy loaded(&hub, &SeriesHub::loaded);
    (void)source->envelope(5'000, 5'003, kPixels);
    EXPECT_TRUE(source->loading());
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return within(source->envelope(5'000, 5'003, kPixels), 5'000, 5'003).size() == 4; }));
    EXPECT_GT(loaded.count(), 0);
}

} // namespace
} // namespace triptych::test
