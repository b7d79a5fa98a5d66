// One file of a history: its stride, what stays, what a reader sees beside a writer, and what damage costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/history_file.h"
#include "core/util/hash64.h"
#include "kernels/base/rng.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

/// Different for each step, and of a length that needs padding.
std::string payload_of(std::int64_t step, std::size_t bytes = 21)
{
    std::string text = std::to_string(step) + "|";
    while (text.size() < bytes) text += static_cast<char>('a' + (step + static_cast<std::int64_t>(text.size())) % 26);
    return text;
}

class HistoryFile : public testing::Test {
protected:
    fs::path path() const { return m_temp / "history/loads.bin"; }
    static HistoryPlan plan(std::size_t most = 16, std::int64_t stride = 1)
    {
        return {.sizes = {.layers = 2, .experts = 8, .domains = 3}, .limits = {stride, most}};
    }
    HistoryFileWriter writer(const HistoryPlan& of = plan(), std::int64_t last_step = INT64_MAX) const
    {
        auto opened = HistoryFileWriter::open(path(), HistoryKind::Loads, of, last_step);
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    HistoryFileReader reader() const
    {
        auto opened = HistoryFileReader::open(path(), HistoryKind::Loads);
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    /// Steps 1 to `last`, each offered.
    void write(std::int64_t last, const HistoryPlan& of = plan()) const
    {
        auto to = writer(of);
        for (std::int64_t step = 1; step <= last; ++step)
            ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    }
    static std::vector<std::int64_t> steps(const HistoryFileReader& of)
    {
        std::vector<std::int64_t> found;
        for (const HistoryRecord& record : of.records()) found.push_back(record.step);
        return found;
    }
    /// Steps whose frame is what was written.
    static std::vector<std::int64_t> whole_steps(const HistoryFileReader& of)
    {
        std::vector<std::int64_t> found;
        for (const HistoryRecord& record : of.records())
            if (const auto payload = of.payload(record);
                payload && *payload == payload_of(record.step, payload->size()))
                found.push_back(record.step);
        return found;
    }
    /// What remains beside the file itself.
    std::ptrdiff_t names() const
    {
        return std::distance(fs::directory_iterator(path().parent_path()), fs::directory_iterator());
    }

    TempFolder m_temp;
};

using Steps = std::vector<std::int64_t>;

TEST_F(HistoryFile, GivesBackWhatWasWritten)
{
    write(5);
    const auto from = reader();
    EXPECT_EQ(whole_steps(from), (Steps{1, 2, 3, 4, 5}));
    EXPECT_EQ(from.header().sizes, plan().sizes);
    EXPECT_EQ(from.header().stride, 1);
    EXPECT_GT(from.records()[0].time_ms, 1'600'000'000'000);
    EXPECT_EQ(fs::file_size(path()), 64U + 5 * (32 + 24));
}

TEST_F(HistoryFile, IsNotMadeBeforeItsFirstFrame)
{
    auto to = writer();
    EXPECT_FALSE(fs::exists(path().parent_path()));
    EXPECT_TRUE(to.wants(1));
    ASSERT_TRUE(to.add(7, payload_of(7), Keep::ByStride).ok());
    EXPECT_EQ(steps(reader()), Steps{7});
}

TEST_F(HistoryFile, AFrameIsTheFirstOfEachStrideWhateverStepsAreOffered)
{
    auto to = writer(plan(16, 10));
    for (const std::int64_t step : {1, 4, 9, 10, 12, 27, 29, 30}) {
        EXPECT_EQ(to.wants(step), step == 1 || step == 10 || step == 27 || step == 30) << step;
        ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    }
    EXPECT_EQ(steps(reader()), (Steps{1, 10, 27, 30}));
}

TEST_F(HistoryFile, AFullFileLosesEverySecondFrameAndGoesOnAtTwiceTheStride)
{
    write(16);
    auto to = writer();
    auto from = reader();
    EXPECT_EQ(from.header().generation, 1U);
    ASSERT_TRUE(to.add(17, payload_of(17), Keep::ByStride).ok());
    EXPECT_EQ(to.stride(), 2);
    ASSERT_TRUE(to.add(18, payload_of(18), Keep::ByStride).ok());
    ASSERT_TRUE(from.refresh().ok());
    EXPECT_EQ(whole_steps(from), (Steps{1, 2, 4, 6, 8, 10, 12, 14, 16, 18}));
    EXPECT_EQ(from.header().generation, 2U);
    EXPECT_EQ(from.header().stride, 2);
    EXPECT_EQ(names(), 1);
}

TEST_F(HistoryFile, ALongRunKeepsBetweenHalfAndAllOfItsFramesEvenly)
{
    constexpr std::size_t kMost = 64;
    auto to = writer(plan(kMost, 2));
    std::uintmax_t largest = 0;
    for (std::int64_t step = 1; step <= 20'000; ++step) {
        if (!to.wants(step)) continue;
        ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
        largest = std::max(largest, fs::file_size(path()));
        if (step % 1000 != 0) continue;
        const Steps there = steps(reader());
        EXPECT_GE(there.size(), kMost / 2) << step;
        EXPECT_LE(there.size(), kMost) << step;
        for (std::size_t i = 2; i < there.size(); ++i) EXPECT_EQ(there[i] - there[i - 1], to.stride()) << there[i];
    }
    EXPECT_LE(largest, 64U + kMost * (32 + 24));
    EXPECT_EQ(steps(reader()).front(), 1) << "the beginning stays";
    EXPECT_GT(steps(reader()).back(), 20'000 - to.stride());
}

TEST_F(HistoryFile, FramesThatComeSeldomAreBoundedTooAndTheFileIsNotWrittenAnewForEach)
{
    auto to = writer(plan(16, 1));
    for (std::int64_t step = 1000; step <= 1'000'000; step += 1000) {
        ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
        EXPECT_LE(steps(reader()).size(), 16U);
    }
    EXPECT_LE(reader().header().generation, 20U);
    EXPECT_GE(steps(reader()).size(), 4U);
}

TEST_F(HistoryFile, WhatIsAlwaysKeptStaysWhereOthersGo)
{
    auto to = writer();
    const Steps marked = {3, 41, 42, 43, 777};
    for (std::int64_t step = 1; step <= 1000; ++step) {
        const bool keep = std::find(marked.begin(), marked.end(), step) != marked.end();
        ASSERT_TRUE(to.add(step, payload_of(step), keep ? Keep::Always : Keep::ByStride).ok());
    }
    const Steps there = whole_steps(reader());
    for (const std::int64_t step : marked) EXPECT_NE(std::find(there.begin(), there.end(), step), there.end()) << step;
    EXPECT_LE(there.size(), 16 + marked.size());
}

TEST_F(HistoryFile, AFrameThatIsThereAlreadyIsKeptFromThenOn)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 1000; ++step) {
        ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
        if (step == 15) {
            ASSERT_TRUE(to.add(15, payload_of(15), Keep::Always).ok());
        }
    }
    const Steps there = whole_steps(reader());
    EXPECT_NE(std::find(there.begin(), there.end(), 15), there.end());
    EXPECT_EQ(std::count(there.begin(), there.end(), 15), 1);
}

TEST_F(HistoryFile, KeepsAtMostSoManyAndThenEverySecondOfThemGoes)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 10 * static_cast<std::int64_t>(kMostKeptFrames); ++step) {
        ASSERT_TRUE(to.add(step, payload_of(step), Keep::Always).ok());
        EXPECT_LE(steps(reader()).size(), 16 + kMostKeptFrames);
    }
    const auto from = reader();
    const auto kept = std::count_if(from.records().begin(), from.records().end(),
                                    [](const HistoryRecord& record) { return record.keep == Keep::Always; });
    EXPECT_LE(kept, static_cast<std::ptrdiff_t>(kMostKeptFrames));
    EXPECT_GE(kept, static_cast<std::ptrdiff_t>(kMostKeptFrames / 2));
    EXPECT_EQ(from.records().front().step, 1) << "they are spread over the run";
    EXPECT_EQ(whole_steps(from), steps(from));
}

TEST_F(HistoryFile, AReaderGoesOnAcrossARename)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 16; ++step) ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    auto from = reader();
    for (std::int64_t step = 17; step <= 40; ++step) ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    EXPECT_EQ(whole_steps(from).size(), 16U) << "until it looks again it reads the file that it opened";
    const auto other = from.refresh();
    ASSERT_TRUE(other.ok());
    EXPECT_TRUE(*other);
    EXPECT_EQ(whole_steps(from), whole_steps(reader()));
    const auto again = from.refresh();
    ASSERT_TRUE(again.ok());
    EXPECT_FALSE(*again);
}

TEST_F(HistoryFile, AReaderSeesWhatIsAddedAndNoFrameThatIsNotWhole)
{
    auto to = writer();
    ASSERT_TRUE(to.add(1, payload_of(1), Keep::ByStride).ok());
    ASSERT_TRUE(to.add(2, payload_of(2), Keep::ByStride).ok());
    const std::string two = slurp(path());
    fs::resize_file(path(), 64);
    auto from = reader();
    EXPECT_TRUE(steps(from).empty());
    for (std::size_t bytes = 64; bytes <= two.size(); ++bytes) {
        m_temp.write("history/loads.bin", two.substr(0, bytes));
        ASSERT_TRUE(from.refresh().ok());
        EXPECT_EQ(whole_steps(from).size(), (bytes - 64) / 56) << bytes;
    }
}

TEST_F(HistoryFile, LargeFramesAreFoundWithoutReadingThem)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 9; ++step)
        ASSERT_TRUE(to.add(step, payload_of(step, step % 2 == 0 ? 100'001 : 300), Keep::ByStride).ok());
    EXPECT_EQ(whole_steps(reader()), (Steps{1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(HistoryFile, AFrameWithAWrongChecksumCostsItselfAlone)
{
    write(5);
    std::string bytes = slurp(path());
    bytes[64 + 2 * 56 + 32 + 4] ^= 1;
    m_temp.rewrite("history/loads.bin", bytes);
    const auto from = reader();
    EXPECT_EQ(steps(from), (Steps{1, 2, 3, 4, 5}));
    EXPECT_EQ(whole_steps(from), (Steps{1, 2, 4, 5}));
    const auto lost = from.payload(from.records()[2]);
    ASSERT_FALSE(lost.ok());
    EXPECT_NE(lost.error().what.find("step 3"), std::string::npos);
}

TEST_F(HistoryFile, ATornTailIsCutBeforeTheNextFrame)
{
    write(5);
    const std::string bytes = slurp(path());
    for (const std::size_t torn : {std::size_t{1}, std::size_t{31}, std::size_t{32}, std::size_t{55}}) {
        m_temp.rewrite("history/loads.bin", bytes.substr(0, bytes.size() - torn));
        auto to = writer();
        ASSERT_TRUE(to.add(6, payload_of(6), Keep::ByStride).ok());
        EXPECT_EQ(whole_steps(reader()), (Steps{1, 2, 3, 4, 6})) << torn;
    }
}

TEST_F(HistoryFile, GoingOnDropsWhatLiesBeyondTheStep)
{
    write(12);
    auto from = reader();
    {
        auto to = writer(plan(), 7);
        ASSERT_TRUE(from.refresh().ok());
        EXPECT_EQ(whole_steps(from), (Steps{1, 2, 3, 4, 5, 6, 7}));
        EXPECT_EQ(from.header().generation, 2U) << "so that readers see that steps were taken back";
        ASSERT_TRUE(to.add(8, payload_of(8), Keep::ByStride).ok());
    }
    ASSERT_TRUE(from.refresh().ok());
    EXPECT_EQ(whole_steps(from), (Steps{1, 2, 3, 4, 5, 6, 7, 8}));
    const std::string before = slurp(path());
    writer(plan(), 8);
    EXPECT_EQ(slurp(path()), before) << "where nothing lies beyond, nothing is written";
}

TEST_F(HistoryFile, GoingOnKeepsTheStrideThatItGrewTo)
{
    write(40);
    const auto before = steps(reader());
    auto to = writer();
    EXPECT_EQ(to.stride(), 4);
    EXPECT_FALSE(to.wants(41));
    EXPECT_TRUE(to.wants(44));
    EXPECT_EQ(steps(reader()), before);
}

TEST_F(HistoryFile, ANewerFormatIsRefusedInWordsAndLeftAlone)
{
    write(3);
    std::string bytes = slurp(path());
    bytes[10] = static_cast<char>(kHistoryVersion + 1);
    m_temp.rewrite("history/loads.bin", bytes);
    const auto read = HistoryFileReader::open(path(), HistoryKind::Loads);
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().what.find("format 2, this version reads up to 1"), std::string::npos) << read.error().what;
    const auto written = HistoryFileWriter::open(path(), HistoryKind::Loads, plan(), 1);
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(slurp(path()), bytes);
}

TEST_F(HistoryFile, WhatIsNoHistoryIsRefusedInWordsAndLeftAlone)
{
    const auto refusal = [&] {
        const std::string before = slurp(path());
        const auto written = HistoryFileWriter::open(path(), HistoryKind::Loads, plan(), 1);
        EXPECT_EQ(slurp(path()), before);
        return written ? std::string() : written.error().what;
    };
    m_temp.write("history/loads.bin", "");
    EXPECT_NE(refusal().find("is no history"), std::string::npos);
    m_temp.rewrite("history/loads.bin", std::string(200, 'x'));
    EXPECT_NE(refusal().find("is no history"), std::string::npos);
    fs::remove(path());
    write(3);
    std::string bytes = slurp(path());
    bytes[20] ^= 4;
    m_temp.rewrite("history/loads.bin", bytes);
    EXPECT_NE(refusal().find("is damaged"), std::string::npos);
    fs::remove(path());
    write(3);
    HistoryPlan other = plan();
    other.sizes.experts = 16;
    const auto written = HistoryFileWriter::open(path(), HistoryKind::Loads, other, 1);
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().what.find("of another model"), std::string::npos);
    const auto as_probe = HistoryFileReader::open(path(), HistoryKind::Probe);
    ASSERT_FALSE(as_probe.ok());
    EXPECT_NE(as_probe.error().what.find("kind 1, expected 3"), std::string::npos);
}

TEST_F(HistoryFile, AFullDiskCostsTheFrameAndNoOther)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 3; ++step) ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    {
        const FileSizeLimit limit(64 + 3 * 56 + 20);
        const Status full = to.add(4, payload_of(4), Keep::ByStride);
        ASSERT_FALSE(full.ok());
        EXPECT_NE(full.error().what.find("loads.bin"), std::string::npos);
        EXPECT_EQ(fs::file_size(path()), 64U + 3 * 56);
    }
    ASSERT_TRUE(to.add(5, payload_of(5), Keep::ByStride).ok());
    EXPECT_EQ(whole_steps(reader()), (Steps{1, 2, 3, 5}));
}

TEST_F(HistoryFile, AFullDiskWhileItIsThinnedLeavesTheOldFile)
{
    auto to = writer();
    for (std::int64_t step = 1; step <= 16; ++step) ASSERT_TRUE(to.add(step, payload_of(step), Keep::ByStride).ok());
    {
        const FileSizeLimit limit(128);
        EXPECT_FALSE(to.add(17, payload_of(17), Keep::ByStride).ok());
        EXPECT_FALSE(to.add(18, payload_of(18), Keep::ByStride).ok());
    }
    EXPECT_EQ(whole_steps(reader()).size(), 16U);
    EXPECT_EQ(names(), 1);
    ASSERT_TRUE(to.add(20, payload_of(20), Keep::ByStride).ok());
    EXPECT_EQ(whole_steps(reader()), (Steps{1, 2, 4, 6, 8, 10, 12, 14, 16, 20}));
}

TEST_F(HistoryFile, AKilledWriterLosesNothingThatItAdded)
{
    const Philox random(3, 9);
    std::int64_t newest = 0;
    for (std::uint64_t round = 0; round < 20; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto opened = HistoryFileWriter::open(path(), HistoryKind::Loads, plan(64), INT64_MAX);
            for (std::int64_t step = newest + 1; opened; ++step) {
                if (!opened->add(step, payload_of(step, 3000), Keep::Always)) break;
                if (::write(ends[1], &step, sizeof step) != sizeof step) break;
            }
            ::_exit(1);
        }
        ::close(ends[1]);
        std::int64_t told = 0;
        const std::int64_t last = newest + 1 + static_cast<std::int64_t>(random.below(round, 200));
        while (told < last && ::read(ends[0], &told, sizeof told) == sizeof told) {
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself";
        while (::read(ends[0], &told, sizeof told) == sizeof told) {
        }
        ::close(ends[0]);
        const auto from = reader();
        ASSERT_FALSE(from.records().empty());
        EXPECT_GE(from.records().back().step, told);
        EXPECT_EQ(whole_steps(from), steps(from));
        EXPECT_LE(from.records().size(), 64 + kMostKeptFrames);
        newest = from.records().back().step;
    }
}

TEST_F(HistoryFile, DamagedFilesAreRefusedOrReadAndWrittenOn)
{
    write(24);
    const std::string whole = slurp(path());
    int read = 0;
    int on = 0;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        m_temp.rewrite("history/loads.bin", mutated(whole, 5, round));
        const auto from = HistoryFileReader::open(path(), HistoryKind::Loads);
        if (from) {
            ++read;
            EXPECT_LE(from->records().size(), 24U);
            for (const HistoryRecord& record : from->records()) (void)from->payload(record);
        } else {
            EXPECT_FALSE(from.error().what.empty() || from.error().hint.empty());
        }
        if (round % 10 != 0) continue; // writing anew waits for the disk
        auto to = HistoryFileWriter::open(path(), HistoryKind::Loads, plan(), 20);
        EXPECT_EQ(to.ok(), from.ok() && from->header().sizes == plan().sizes);
        if (!to || !to->add(INT64_C(1) << 40, payload_of(7), Keep::ByStride)) continue;
        ++on;
        const auto again = reader();
        ASSERT_FALSE(again.records().empty());
        EXPECT_EQ(again.records().back().step, INT64_C(1) << 40);
    }
    EXPECT_GT(read, 1000);
    EXPECT_GT(on, 100);
}

} // namespace
} // namespace triptych::test
