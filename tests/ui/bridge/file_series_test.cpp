// Series in files: the same points as in memory at every zoom, in bounded memory, without waiting.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/curve_run.h"
#include "ui/bridge/file_series.h"
#include "ui/bridge/series_source.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <cmath>
#include <random>

namespace triptych::test {
namespace {

constexpr std::size_t kColumns = 3;

void expect_same(const Envelope& file, const Envelope& memory, const std::string& where)
{
    ASSERT_EQ(file.steps, memory.steps) << where;
    ASSERT_EQ(file.values.size(), memory.values.size()) << where;
    for (std::size_t i = 0; i < file.values.size(); ++i)
        ASSERT_TRUE(file.values[i] == memory.values[i] || (std::isnan(file.values[i]) && std::isnan(memory.values[i])))
            << where << ": " << file.values[i] << " instead of " << memory.values[i] << " at " << file.steps[i];
    EXPECT_EQ(file.of, memory.of) << where;
    EXPECT_EQ(file.gaps, memory.gaps) << where;
    EXPECT_EQ(file.thinned, memory.thinned) << where;
}

class FileSeriesTest : public testing::Test {
protected:
    /// Rows of curve_rows.h, one value in eight of which is none; the first step has all, since memory begins there.
    std::vector<double> row(std::int64_t step) const
    {
        return step == 1 ? std::vector<double>(kColumns, 1.0) : curve_row(step, kColumns);
    }
    void write(std::int64_t from, std::int64_t to)
    {
        if (!m_writer) m_writer.emplace(new_curves(folder()));
        for (std::int64_t step = from; step <= to; ++step) {
            ASSERT_TRUE(m_writer->append(step, row(step)).ok());
            if (step % 100 == 0) {
                ASSERT_TRUE(m_writer->append(Sample{Metric::ValLoss, step, static_cast<double>(step)}).ok());
            }
        }
        ASSERT_TRUE(m_writer->commit().ok());
    }
    IndexedSeries memory(std::size_t column, std::int64_t last) const
    {
        return column_in_memory(1, last, [&](std::int64_t step) { return row(step)[column]; });
    }
    std::unique_ptr<FileRun> open() { return std::make_unique<FileRun>(open_reader(folder()), reader); }
    std::filesystem::path folder() const { return m_folder / "curves"; }

    std::shared_ptr<SeriesReader> reader = std::make_shared<SeriesReader>();
    TempFolder m_folder;
    std::optional<CurveWriter> m_writer;
};

TEST_F(FileSeriesTest, HasThePointsOfMemoryAtEveryZoom)
{
    constexpr std::int64_t kSteps = 70'123;
    write(1, kSteps);
    const auto run = open();
    std::mt19937 random(1);
    for (std::size_t column = 0; column < kColumns; ++column) {
        const FileSeries file(*run, column);
        const IndexedSeries indexed = memory(column, kSteps);
        for (double span = 2e5; span > 3; span *= 0.61) {
            const double first = span > kSteps ? 0 : static_cast<double>(random() % kSteps);
            const std::size_t buckets = 1 + random() % 300;
            const std::string where = std::to_string(span) + " from " + std::to_string(first);
            expect_same(loaded_envelope(file, *reader, first, first + span, buckets),
                        indexed.envelope(first, first + span, buckets), where);
        }
    }
}

TEST_F(FileSeriesTest, AnswersAtOnceAndBetterWhenItIsLoaded)
{
    write(1, 20'000);
    const auto run = open();
    QSignalSpy loaded(run.get(), &FileRun::loaded);
    const FileSeries file(*run, 0);
    EXPECT_TRUE(file.envelope(0, 20'000, 100).steps.empty()) << "nothing was read yet";
    EXPECT_TRUE(file.loading());
    settle_reader(*reader);
    EXPECT_EQ(loaded.count(), 1);
    const Envelope whole = file.envelope(0, 20'000, 100);
    EXPECT_FALSE(file.loading());
    // Closer: coarse points of the part until the finer ones are there.
    const Envelope coarse = file.envelope(5'000, 6'000, 100);
    EXPECT_TRUE(file.loading());
    ASSERT_GT(coarse.steps.size(), 10u);
    EXPECT_LT(coarse.steps.size(), whole.steps.size());
    EXPECT_LE(coarse.steps.front(), 5'000);
    EXPECT_GE(coarse.steps.back(), 6'000);
    EXPECT_GT(loaded_envelope(file, *reader, 5'000, 6'000, 100).steps.size(), coarse.steps.size());
}

TEST_F(FileSeriesTest, FindsPointsAndSumsUpAsMemoryDoes)
{
    constexpr std::int64_t kSteps = 5'000;
    write(1, kSteps);
    const auto run = open();
    SeriesCache cache;
    cache.replace(Metric::Loss, Series(memory(0, kSteps).series()));
    const CachedSeries known(cache, Metric::Loss);
    const FileSeries file(*run, 0);
    const auto same = [&](auto ask) {
        std::optional<SeriesPoint> point = ask(file);
        settle_reader(*reader);
        point = ask(file);
        const std::optional<SeriesPoint> expected = ask(known);
        ASSERT_EQ(point.has_value(), expected.has_value());
        if (point) {
            EXPECT_EQ(point->step, expected->step);
        }
    };
    for (const double step : {-5.0, 1.0, 1.5, 256.0, 256.9, 2'000.0, 4'999.5, 5'000.0, 1e9}) {
        same([&](const SeriesSource& s) { return s.at(step); });
        same([&](const SeriesSource& s) { return s.neighbour(step, 1); });
        same([&](const SeriesSource& s) { return s.neighbour(step, -1); });
        same([&](const SeriesSource& s) { return s.nearest(step); });
    }
    (void)file.summary();
    settle_reader(*reader);
    const SeriesSummary sum = file.summary();
    EXPECT_EQ(sum.count, known.summary().count);
    EXPECT_EQ(sum.gaps, known.summary().gaps);
    EXPECT_EQ(sum.lowest, known.summary().lowest);
    EXPECT_EQ(sum.highest, known.summary().highest);
    EXPECT_EQ(sum.first, known.summary().first);
    EXPECT_EQ(sum.last, known.summary().last);
}

TEST_F(FileSeriesTest, SmoothsAPartAsItSmoothsAllOfIt)
{
    constexpr std::int64_t kSteps = 30'000;
    write(1, kSteps);
    const auto run = open();
    const IndexedSeries indexed = memory(1, kSteps);
    const FileSeries raw(*run, 1);
    for (const double weight : {0.3, 0.9, 0.99}) {
        SmoothedSeries all;
        const IndexedSeries& expected = all.follow(indexed, weight);
        const auto smoothed = raw.smoothed(weight);
        for (const auto& [first, last] : {std::pair{0.0, 3e4}, {12'000.0, 12'300.0}, {100.0, 3'000.0}}) {
            const Envelope file = loaded_envelope(*smoothed, *reader, first, last, 200);
            const Envelope memory = expected.envelope(first, last, 200);
            EXPECT_EQ(file.of, memory.of);
            for (std::size_t i = 0; i < file.steps.size(); ++i) {
                const auto index = expected.indexAt(file.steps[i]);
                ASSERT_TRUE(index);
                const double value = expected.series().values[*index];
                if (std::isfinite(value))
                    ASSERT_NEAR(file.values[i], value, 5'000 * 3e-6) << weight << " at " << file.steps[i];
                else
                    ASSERT_FALSE(std::isfinite(file.values[i]));
            }
        }
    }
}

TEST_F(FileSeriesTest, FollowsAFileThatGrows)
{
    write(1, 3'000);
    const auto run = open();
    QSignalSpy grown(run.get(), &FileRun::grown);
    QSignalSpy replaced(run.get(), &FileRun::replaced);
    const FileSeries file(*run, 2);
    (void)loaded_envelope(file, *reader, 0, 1e6, 50);
    for (const std::int64_t until : {3'001, 3'257, 9'000}) {
        write(run->shape().rows + 1, until);
        run->refresh();
        settle_reader(*reader);
        EXPECT_EQ(run->shape().rows, until);
        expect_same(loaded_envelope(file, *reader, 0, 1e6, 50), memory(2, until).envelope(0, 1e6, 50),
                    std::to_string(until));
    }
    EXPECT_EQ(grown.count(), 3);
    EXPECT_EQ(replaced.count(), 0);
    run->refresh();
    settle_reader(*reader);
    EXPECT_EQ(grown.count(), 3) << "nothing was added";
}

TEST_F(FileSeriesTest, ForgetsWhatARunThatWasTrainedAgainDidBefore)
{
    write(1, 2'000);
    const auto run = open();
    QSignalSpy replaced(run.get(), &FileRun::replaced);
    const auto generation = run->generation();
    m_writer.reset();
    std::filesystem::remove_all(folder());
    auto writer = new_curves(folder());
    for (std::int64_t step = 1; step <= 500; ++step)
        ASSERT_TRUE(writer.append(step, std::vector<double>(kColumns, 7.0)).ok());
    ASSERT_TRUE(writer.commit().ok());
    run->refresh();
    settle_reader(*reader);
    EXPECT_EQ(replaced.count(), 1);
    EXPECT_NE(run->generation(), generation);
    const FileSeries file(*run, 0);
    const Envelope now = loaded_envelope(file, *reader, 0, 1e6, 1'000);
    EXPECT_EQ(now.of, 500u);
    EXPECT_EQ(now.values.front(), 7.0);
}

TEST_F(FileSeriesTest, MetricsOfFewStepsAreThereAsWell)
{
    write(1, 1'000);
    const auto run = open();
    const auto sources = run->sources();
    ASSERT_TRUE(sources.count(Metric::ValLoss));
    const SeriesSource& source = *sources.at(Metric::ValLoss);
    EXPECT_EQ(source.size(), 0u);
    EXPECT_TRUE(source.loading());
    settle_reader(*reader);
    EXPECT_EQ(source.size(), 10u);
    write(1'001, 1'200);
    run->refresh();
    settle_reader(*reader);
    (void)source.size();
    settle_reader(*reader);
    EXPECT_EQ(source.size(), 12u);
    EXPECT_EQ(source.at(1'150)->value, 1'100);
}

TEST_F(FileSeriesTest, ARunThatIsClosedWhileItIsReadIsNoTrouble)
{
    write(1, 20'000);
    for (int i = 0; i < 20; ++i) {
        const auto run = open();
        const FileSeries file(*run, 0);
        (void)file.envelope(0, 1e5, 100);
    }
    settle_reader(*reader);
}

TEST_F(FileSeriesTest, AMillionAppendedRowsAreFollowedInTheSameMemory)
{
    constexpr std::int64_t kSteps = 1'000'000;
    constexpr std::size_t kMost = 256 * 1024;
    const std::vector<MetricId> columns = {Metric::Loss};
    auto writer = CurveWriter::create(folder(), columns, 1);
    ASSERT_TRUE(writer.ok());
    auto small = std::make_shared<SeriesReader>(kMost);
    std::unique_ptr<FileRun> run;
    std::unique_ptr<FileSeries> file;
    for (std::int64_t step = 1; step <= kSteps; ++step) {
        const double value = static_cast<double>(step % 1'000);
        ASSERT_TRUE(writer->append(step, std::span(&value, 1)).ok());
        if (step % 50'000 != 0) continue;
        ASSERT_TRUE(writer->commit().ok());
        if (!run) {
            run = std::make_unique<FileRun>(open_reader(folder()), small);
            file = std::make_unique<FileSeries>(*run, 0);
        }
        run->refresh();
        settle_reader(*small);
        const Envelope envelope = loaded_envelope(*file, *small, 0, 1e7, 400);
        EXPECT_EQ(envelope.of, static_cast<std::size_t>(step));
        EXPECT_LE(envelope.steps.size(), 5u * 402u);
        EXPECT_LE(small->blocks().bytes(), kMost);
    }
}

TEST(BlockCache, DropsWhatWasNotUsedForLongest)
{
    const auto block = std::make_shared<SeriesBlock>();
    BlockCache cache(16'000);
    std::vector<BlockKey> keys;
    for (std::int64_t i = 0; i < 1'000; ++i) {
        keys.push_back({1, 0, 0, 16, i});
        cache.put(keys.back(), block);
        EXPECT_NE(cache.find(keys.front()), nullptr) << "used all the time";
        EXPECT_LE(cache.bytes(), 16'000u);
    }
    EXPECT_EQ(cache.find(keys[1]), nullptr);
    EXPECT_NE(cache.find(keys.back()), nullptr);
    cache.put({2, 0, 0, 16, 0}, block);
    cache.drop(1);
    EXPECT_EQ(cache.find(keys.back()), nullptr);
    EXPECT_NE(cache.find({2, 0, 0, 16, 0}), nullptr);
}

} // namespace
} // namespace triptych::test
