// Curves of a run: extents that lose no spike, at every level; the same bytes however often a run is stopped; little
// read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/curve_rows.h"

#include <atomic>
#include <cmath>
#include <map>
#include <thread>

namespace triptych::test {
namespace {

class CurveFileTest : public testing::Test {
protected:
    std::filesystem::path folder() const { return m_temp / "curves"; }

    /// Value by value, from the definition.
    static Extent naive(const std::vector<double>& values, std::size_t begin, std::size_t end)
    {
        Extent e;
        for (std::size_t i = begin; i < end; ++i) {
            if (curve::is_missing(values[i])) continue;
            const auto at = static_cast<std::uint16_t>(i - begin);
            ++e.points;
            if (!std::isfinite(values[i])) {
                if (e.gaps == 0) e.gap_at = at;
                ++e.gaps;
                continue;
            }
            if (std::isnan(e.low) || values[i] < e.low) {
                e.low = values[i];
                e.low_at = at;
            }
            if (std::isnan(e.high) || values[i] > e.high) {
                e.high = values[i];
                e.high_at = at;
            }
        }
        return e;
    }
    static void expect_equal(const Extent& found, const Extent& expected)
    {
        EXPECT_TRUE(found.low == expected.low || (std::isnan(found.low) && std::isnan(expected.low)))
            << found.low << " instead of " << expected.low;
        EXPECT_TRUE(found.high == expected.high || (std::isnan(found.high) && std::isnan(expected.high)))
            << found.high << " instead of " << expected.high;
        EXPECT_EQ(found.low_at, expected.low_at);
        EXPECT_EQ(found.high_at, expected.high_at);
        EXPECT_EQ(found.gap_at, expected.gap_at);
        EXPECT_EQ(found.points, expected.points);
        EXPECT_EQ(found.gaps, expected.gaps);
    }
    /// All extents of all levels against the values, which are checked by others.
    static void expect_extents(const CurveReader& reader)
    {
        std::vector<double> values(static_cast<std::size_t>(reader.last_step() - reader.first_step() + 1));
        for (std::size_t c = 0; c < reader.columns().size(); ++c) {
            ASSERT_TRUE(reader.values(c, reader.first_step(), values).ok());
            for (int level = 1; level <= curve::kTopLevel; ++level) {
                const auto steps = static_cast<std::size_t>(curve::block_steps(level));
                ASSERT_EQ(static_cast<std::size_t>(reader.blocks(level)), (values.size() + steps - 1) / steps);
                std::vector<Extent> found(static_cast<std::size_t>(reader.blocks(level)));
                const Status read = reader.extents(c, level, 0, found);
                ASSERT_TRUE(read.ok()) << read.error().what;
                for (std::size_t b = 0; b < found.size(); ++b) {
                    SCOPED_TRACE("level " + std::to_string(level) + ", block " + std::to_string(b));
                    expect_equal(found[b], naive(values, b * steps, std::min((b + 1) * steps, values.size())));
                    if (HasFailure()) return;
                }
            }
        }
    }

    TempFolder m_temp;
};

TEST_F(CurveFileTest, ExtentsOfEveryLevelAreThoseOfTheValuesForAnyNumberOfSteps)
{
    for (const std::int64_t steps : {1,    2,    15,   16,   17,   255,  256,    257,    511,    512,
                                     1023, 1024, 1025, 4095, 4096, 5000, 16'383, 16'384, 16'385, 70'000}) {
        SCOPED_TRACE(std::to_string(steps) + " steps");
        CurveWriter writer = new_curves(folder(), 3);
        append_rows(writer, 1, steps);
        const CurveReader reader = open_reader(folder());
        ASSERT_EQ(reader.last_step(), steps);
        expect_rows(reader);
        expect_extents(reader);
        if (HasFailure()) return;
    }
}

TEST_F(CurveFileTest, ASumIsThatOfTheFiniteValuesForAnyNumberOfStepsAndReadsFew)
{
    for (const std::int64_t steps : {1, 255, 256, 257, 512, 1025, 70'000}) {
        SCOPED_TRACE(std::to_string(steps) + " steps");
        CurveWriter writer = new_curves(folder(), 3, 501);
        append_rows(writer, 501, 500 + steps);
        CurveReader reader = open_reader(folder());
        for (std::size_t c = 0; c < 3; ++c) {
            double expected = 0; // of small whole numbers, so exact in any order
            for (std::int64_t step = 501; step <= 500 + steps; ++step)
                if (const double value = curve_value(step, c); std::isfinite(value)) expected += value;
            const std::uint64_t before = reader.bytes_read();
            EXPECT_EQ(reader.sum(c).value(), expected);
            EXPECT_LT(reader.bytes_read() - before, 32U) << "the rest is in memory";
        }
        EXPECT_FALSE(reader.sum(3).ok());
    }
}

TEST_F(CurveFileTest, SumsOfAnOlderVersionAreNotTrustedAndMadeAnewWhenTheRunGoesOn)
{
    constexpr std::int64_t kSteps = 2'000;
    const auto write = [this](const std::filesystem::path& to, double each) {
        CurveWriter writer = new_curves(to, 1);
        const double value = each;
        for (std::int64_t step = 1; step <= kSteps; ++step) ASSERT_TRUE(writer.append(step, std::span(&value, 1)).ok());
        ASSERT_TRUE(writer.commit().ok());
    };
    write(folder(), 1);
    write(m_temp / "other", 3);
    const auto sums = curve::sums_path(folder());
    const std::string right = slurp(sums);
    std::filesystem::copy_file(curve::sums_path(m_temp / "other"), sums,
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(open_reader(folder()).sum(0).value(), kSteps) << "of steps that were trained anew since";
    ASSERT_TRUE(CurveWriter::resume(folder(), kSteps).ok());
    EXPECT_TRUE(slurp(sums) == right);
    std::filesystem::remove(sums);
    EXPECT_EQ(open_reader(folder()).sum(0).value(), kSteps);
    ASSERT_TRUE(CurveWriter::resume(folder(), kSteps).ok());
    EXPECT_TRUE(slurp(sums) == right);
    std::filesystem::resize_file(sums, right.size() / 2 + 3);
    EXPECT_EQ(open_reader(folder()).sum(0).value(), kSteps);
}

TEST_F(CurveFileTest, TheTopLevelHasAFileOfItsOwnForMillionsOfSteps)
{
    constexpr std::int64_t kSteps = 4'200'000;
    CurveWriter writer = new_curves(folder(), 1);
    append_rows(writer, 1, kSteps, 10'000);
    EXPECT_GT(std::filesystem::file_size(folder() / "level-4.bin"), 0U);
    expect_extents(open_reader(folder()));
}

TEST_F(CurveFileTest, AnyStretchIsAPartOfTheWhole)
{
    constexpr std::int64_t kSteps = 20'111;
    CurveWriter writer = new_curves(folder(), 2, 501);
    append_rows(writer, 501, 500 + kSteps);
    const CurveReader reader = open_reader(folder());
    EXPECT_EQ(reader.first_step(), 501);
    std::vector<double> all(kSteps);
    ASSERT_TRUE(reader.values(1, 501, all).ok());
    const Philox random(7, 7);
    for (std::uint64_t round = 0; round < 300; ++round) {
        const auto begin = static_cast<std::size_t>(random.below(2 * round, kSteps));
        const auto count = static_cast<std::size_t>(random.below(2 * round + 1, kSteps - begin));
        std::vector<double> part(count);
        ASSERT_TRUE(reader.values(1, 501 + static_cast<std::int64_t>(begin), part).ok());
        for (std::size_t i = 0; i < count; ++i) ASSERT_TRUE(same_bits(part[i], all[begin + i]));
        for (int level = 1; level <= curve::kTopLevel; ++level) {
            const auto steps = static_cast<std::size_t>(curve::block_steps(level));
            const std::size_t first = begin / steps;
            std::vector<Extent> blocks(std::min<std::size_t>((count + steps - 1) / steps, 50));
            ASSERT_TRUE(reader.extents(1, level, static_cast<std::int64_t>(first), blocks).ok());
            for (std::size_t b = 0; b < blocks.size(); ++b)
                expect_equal(blocks[b], naive(all, (first + b) * steps, std::min((first + b + 1) * steps, all.size())));
        }
    }
}

TEST_F(CurveFileTest, AskingBeyondWhatIsThereIsAnError)
{
    CurveWriter writer = new_curves(folder(), 2, 11);
    append_rows(writer, 11, 310);
    const CurveReader reader = open_reader(folder());
    std::vector<double> values(5);
    std::vector<Extent> blocks(2);
    EXPECT_TRUE(reader.values(1, 306, values).ok());
    EXPECT_TRUE(reader.extents(1, 2, 0, blocks).ok());
    for (const auto& refused :
         {reader.values(1, 307, values), reader.values(1, 10, values), reader.values(2, 11, values),
          reader.values(0, INT64_MIN, values), reader.extents(1, 2, 1, blocks), reader.extents(2, 1, 0, blocks),
          reader.extents(0, 0, 0, blocks), reader.extents(0, 5, 0, blocks), reader.extents(0, 1, -1, blocks),
          reader.extents(0, 1, INT64_MAX, blocks)}) {
        ASSERT_FALSE(refused.ok());
        EXPECT_FALSE(refused.error().hint.empty());
    }
}

TEST_F(CurveFileTest, ARunThatWasStoppedAndResumedHasTheBytesOfOneThatWasNot)
{
    constexpr std::int64_t kSteps = 6'000;
    {
        CurveWriter writer = new_curves(m_temp / "whole");
        append_rows(writer, 1, kSteps);
    }
    for (const std::int64_t stop : {1, 100, 255, 256, 257, 699, 700, 1024, 4096, 5000, 6000, 9000}) {
        SCOPED_TRACE("resumed at step " + std::to_string(stop));
        {
            CurveWriter writer = new_curves(folder());
            append_rows(writer, 1, kSteps, 31);
        }
        auto resumed = CurveWriter::resume(folder(), stop);
        ASSERT_TRUE(resumed.ok()) << resumed.error().what;
        EXPECT_EQ(resumed->last_step(), std::min(stop, kSteps));
        const CurveReader cut = open_reader(folder());
        EXPECT_EQ(cut.last_step(), std::min(stop, kSteps)) << "readable at once";
        EXPECT_EQ(cut.sparse(Metric::ValLoss)->size(), static_cast<std::size_t>(std::min(stop, kSteps) / 100));
        append_rows(*resumed, resumed->last_step() + 1, kSteps);
        expect_same_contents(folder(), m_temp / "whole");
    }
}

TEST_F(CurveFileTest, StepsThatWereLeftOutHaveNoSamplesAndOthersKeepTheirPlace)
{
    CurveWriter writer = new_curves(folder(), 1);
    for (const std::int64_t step : {1, 2, 600, 601}) {
        const auto value = static_cast<double>(step);
        ASSERT_TRUE(writer.append(step, std::span(&value, 1)).ok());
    }
    const double value = 1;
    for (const std::int64_t refused : {std::int64_t{601}, std::int64_t{5}, 603 + curve::kMaxGap, INT64_MAX}) {
        const Status done = writer.append(refused, std::span(&value, 1));
        ASSERT_FALSE(done.ok()) << refused;
        EXPECT_FALSE(done.error().hint.empty());
    }
    EXPECT_FALSE(writer.append(602, std::vector<double>(2)).ok()) << "a row of another width";
    ASSERT_TRUE(writer.commit().ok());
    const CurveReader reader = open_reader(folder());
    ASSERT_EQ(reader.last_step(), 601);
    std::vector<double> values(601);
    ASSERT_TRUE(reader.values(0, 1, values).ok());
    for (std::int64_t step = 3; step < 600; ++step)
        ASSERT_TRUE(curve::is_missing(values[static_cast<std::size_t>(step - 1)])) << step;
    EXPECT_EQ(values[599], 600);
    Extent all;
    ASSERT_TRUE(reader.extents(0, 3, 0, std::span(&all, 1)).ok());
    EXPECT_EQ(all.points, 4U);
    EXPECT_EQ(all.gaps, 0U);
    EXPECT_EQ(all.high, 601);
    EXPECT_EQ(all.high_at, 600);
}

TEST_F(CurveFileTest, SparseMetricsAreKeptByStepAndFollowedFromAnyStep)
{
    CurveWriter writer = new_curves(folder());
    append_rows(writer, 1, 2'150);
    const CurveReader reader = open_reader(folder());
    EXPECT_EQ(reader.sparse_metrics(), (std::vector<MetricId>{Metric::ValLoss, Metric::ValMaxVio}));
    const auto all = reader.sparse(Metric::ValLoss).value();
    ASSERT_EQ(all.size(), 21U);
    EXPECT_EQ(all.front().step, 100);
    EXPECT_EQ(all.back().value, 2100);
    EXPECT_EQ(reader.sparse(Metric::ValLoss, 700)->front().step, 800);
    EXPECT_EQ(reader.sparse(Metric::ValMaxVio, 699)->front().step, 700);
    EXPECT_TRUE(reader.sparse(Metric::ValLoss, 2100)->empty());
    const std::uint64_t before = reader.bytes_read();
    EXPECT_EQ(reader.sparse(Metric::ValLoss)->size(), 21U);
    const std::uint64_t once = reader.bytes_read() - before;
    const std::map<MetricId, std::int64_t> wanted = {{Metric::ValLoss, 700}, {Metric::ValMaxVio, 0}, {Metric::Loss, 0}};
    const auto both = reader.sparse(wanted).value();
    EXPECT_EQ(both.at(Metric::ValLoss).front().step, 800);
    EXPECT_EQ(both.at(Metric::ValLoss).size(), 14U);
    EXPECT_EQ(both.at(Metric::ValMaxVio).size(), reader.sparse(Metric::ValMaxVio)->size());
    EXPECT_TRUE(both.at(Metric::Loss).empty());
    EXPECT_EQ(reader.bytes_read() - before, 3 * once) << "several metrics are read in one pass";
    EXPECT_TRUE(reader.sparse(Metric::ValBitsPerByte)->empty());
    EXPECT_TRUE(reader.sparse(Metric::Loss)->empty()) << "a column is not sparse";
    EXPECT_EQ(reader.column(Metric::StepSeconds), std::optional<std::size_t>(1));
    EXPECT_FALSE(reader.column(Metric::ValLoss));
}

TEST_F(CurveFileTest, AReaderBesideAWriterSeesACompleteBeginningThatOnlyGrows)
{
    constexpr std::int64_t kSteps = 12'000;
    CurveWriter writer = new_curves(folder());
    CurveReader reader = open_reader(folder());
    std::atomic<bool> done = false;
    std::thread writing([&] {
        append_rows(writer, 1, kSteps, 7);
        done = true;
    });
    std::int64_t seen = 0;
    int looks = 0;
    for (bool last = false; !last;) {
        last = done;
        const auto grew = reader.refresh();
        if (!grew) ADD_FAILURE() << grew.error().what;
        if (reader.last_step() < seen) ADD_FAILURE() << reader.last_step() << " after " << seen;
        std::vector<double> fresh(static_cast<std::size_t>(reader.last_step() - seen));
        const Status read = reader.values(2, seen + 1, fresh);
        if (!read) ADD_FAILURE() << read.error().what;
        for (std::size_t i = 0; i < fresh.size(); ++i) {
            const double expected = curve_value(seen + 1 + static_cast<std::int64_t>(i), 2);
            if (!same_bits(curve::is_missing(expected) ? expected : curve::stored(expected), fresh[i]))
                ADD_FAILURE() << "step " << seen + 1 + static_cast<std::int64_t>(i);
        }
        seen = reader.last_step();
        ++looks;
    }
    writing.join();
    EXPECT_EQ(seen, kSteps);
    EXPECT_GT(looks, 2);
    EXPECT_EQ(reader.generation(), 1U) << "nothing was taken back";
    EXPECT_FALSE(reader.refresh().value()) << "nothing is new";
}

TEST_F(CurveFileTest, FollowingReadsWhatIsNewAndLittleElse)
{
    CurveWriter writer = new_curves(folder(), 39);
    append_rows(writer, 1, 3000);
    CurveReader reader = open_reader(folder());
    const std::uint64_t before = reader.bytes_read();
    constexpr std::int64_t kLooks = 400;
    for (std::int64_t i = 1; i <= kLooks; ++i) {
        append_rows(writer, 3000 + i, 3000 + i);
        ASSERT_TRUE(reader.refresh().value());
        ASSERT_EQ(reader.last_step(), 3000 + i);
    }
    // A row is 328 bytes; once in 256 looks the last row is compared in its segment.
    EXPECT_LT(reader.bytes_read() - before, kLooks * 328 * 2 + 10'000);
    expect_rows(reader);
}

TEST_F(CurveFileTest, AMillionStepsAreOpenedAndTwelveCurvesDrawnFromFourMegabytes)
{
    constexpr std::int64_t kSteps = 1'000'000;
    {
        CurveWriter writer = new_curves(folder(), 39);
        std::vector<double> row(39);
        for (std::int64_t step = 1; step <= kSteps; ++step) {
            for (std::size_t c = 0; c < row.size(); ++c) row[c] = static_cast<double>(step * 31 % (1000 + c));
            if (step == 777'777) row[5] = 1e6;
            ASSERT_TRUE(writer.append(step, row).ok());
            if (step % 1000 == 0) {
                ASSERT_TRUE(writer.commit().ok());
            }
        }
    }
    const CurveReader reader = open_reader(folder());
    ASSERT_EQ(reader.last_step(), kSteps);
    for (std::size_t c = 0; c < 12; ++c) {
        // Four blocks to each pixel of a wide screen.
        std::vector<Extent> blocks(static_cast<std::size_t>(reader.blocks(2)));
        ASSERT_GT(blocks.size(), 3840U);
        ASSERT_TRUE(reader.extents(c, 2, 0, blocks).ok());
        const Extent& spike = blocks[777'776 / 256];
        EXPECT_EQ(spike.high == 1e6, c == 5);
        if (c == 5) {
            EXPECT_EQ(spike.high_at, 777'776 % 256);
        }
    }
    EXPECT_LT(reader.bytes_read(), 4'000'000U);
    EXPECT_GT(reader.bytes_read(), 100'000U);
}

} // namespace
} // namespace triptych::test
