// DIR/curves of a run: where each number of its files lies (docs/run_format.md), and what tells that one is whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_extent.h"
#include "core/util/result.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace triptych::curve {

static_assert(std::endian::native == std::endian::little, "the files are read and written as they lie in memory");

inline constexpr int kFormat = 1;
/// Level 0 has the values, level k the extents of blocks of 16^k steps.
inline constexpr int kTopLevel = 4;
inline constexpr int kLevels = kTopLevel + 1;
inline constexpr std::size_t kFan = 16;
/// A chunk holds the same stretch of one column on every level: 256 values or 64 extents. A segment is a chunk of each
/// column.
inline constexpr std::size_t kSegmentRows = 256;
inline constexpr std::size_t kSegmentBlocks = 64;
inline constexpr std::size_t kChunkBytes = 2048;
static_assert(kChunkBytes == kSegmentRows * sizeof(double) && kChunkBytes == kSegmentBlocks * sizeof(Extent));
/// Names of columns and of sparse metrics are numbered by 16 bits.
inline constexpr std::size_t kMaxNames = 65'535;
/// More steps in a row without a sample are no run's record.
inline constexpr std::int64_t kMaxGap = 65'536;
/// So that no sum of steps overflows.
inline constexpr std::int64_t kLastStep = std::int64_t{1} << 53;

/// Steps of a block, and of a segment.
constexpr std::int64_t block_steps(int level)
{
    return std::int64_t{1} << (4 * level);
}
constexpr std::int64_t segment_steps(int level)
{
    return static_cast<std::int64_t>(level == 0 ? kSegmentRows : kSegmentBlocks) * block_steps(level);
}
/// On the disk: each chunk is followed by its check.
constexpr std::uint64_t segment_bytes(std::size_t columns)
{
    return columns * (kChunkBytes + sizeof(std::uint64_t));
}

/// A step without a sample: a NaN of its own. Samples that are NaN are written as another one.
inline constexpr std::uint64_t kMissingBits = 0x7FF8'0000'0000'0001;
inline constexpr double kMissing = std::bit_cast<double>(kMissingBits);
inline bool is_missing(double value)
{
    return std::bit_cast<std::uint64_t>(value) == kMissingBits;
}
/// A sample as it is written.
double stored(double sample);

/// Checks know their place, so that what lies at another one is no better than what is damaged.
std::uint64_t chunk_check(const void* chunk, std::uint64_t segment, std::size_t column);
std::uint64_t row_check(std::int64_t step, std::span<const double> row);

/// A row of tail.bin is this, then the values.
struct RowHead {
    std::int64_t step = 0;
    std::uint64_t check = 0;
};
constexpr std::size_t row_bytes(std::size_t columns)
{
    return sizeof(RowHead) + columns * sizeof(double);
}

/// A record of sparse.bin.
struct SparseRecord {
    std::uint16_t name = 0; ///< which of Layout::sparse
    std::uint16_t zero = 0;
    std::uint32_t check = 0;
    std::int64_t step = 0;
    double value = 0;
};
static_assert(sizeof(SparseRecord) == 24);
std::uint32_t sparse_check(const SparseRecord& record);

/// Entry c of segment s of sums.bin: all samples of column c up to the end of segment s of level 0.
struct SumRecord {
    double sum = 0;          ///< of those that are finite numbers, rising step by rising step within a segment
    std::uint64_t check = 0; ///< with that of the chunk of level 0, whose values are the last of it
};
static_assert(sizeof(SumRecord) == 16);
std::uint64_t sum_check(double sum, std::uint64_t chunk_check);
/// The finite numbers of a stretch of samples.
double sum_of(std::span<const double> samples);

/// columns.json
struct Layout {
    std::int64_t first_step = 1;
    std::vector<std::string> columns; ///< names of the metrics of every step
    std::vector<std::string> sparse;  ///< of the others, in the order in which they came up
    bool operator==(const Layout&) const = default;
};
/// Errors: missing, damaged, of a newer format; with what to do.
Result<Layout> read_layout(const std::filesystem::path& folder);
Status write_layout(const std::filesystem::path& folder, const Layout& layout);

std::filesystem::path layout_path(const std::filesystem::path& folder);
std::filesystem::path level_path(const std::filesystem::path& folder, int level);
std::filesystem::path tail_path(const std::filesystem::path& folder);
std::filesystem::path sparse_path(const std::filesystem::path& folder);
std::filesystem::path sums_path(const std::filesystem::path& folder);

/// What is wrong with this file, and that nothing is lost.
Error damaged(const std::filesystem::path& file, const std::string& what);

} // namespace triptych::curve
