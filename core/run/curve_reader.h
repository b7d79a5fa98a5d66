// Reads DIR/curves of a run, of any length, while it is written and over a mounted folder too.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_format.h"
#include "core/run/metric.h"
#include "core/run/run_store.h"
#include "core/util/input_file.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace triptych {

/// Plain reads, no locks, nothing kept but the last rows: opening costs the same for a thousand steps and a million.
/// What is answered is the run as the last refresh() saw it. Not for several threads at once.
class CurveReader {
public:
    /// Errors: no curves, damaged, written by a newer version; with what to do.
    static Result<CurveReader> open(const std::filesystem::path& folder);

    /// Looks again. True where something was added or changed. After an error the reader is as it was.
    Result<bool> refresh();
    /// As long as this number is the same, steps were only added. Another one: the run was resumed at an earlier step,
    /// or its curves were made anew; everything read before is outdated.
    std::uint64_t generation() const { return m_generation; }

    std::int64_t first_step() const { return m_layout.first_step; }
    /// first_step() - 1 where there is none yet.
    std::int64_t last_step() const { return m_layout.first_step + m_rows - 1; }
    /// [C] metrics of every step, of those that this version knows.
    std::span<const MetricId> columns() const { return m_columns; }
    /// Which column a metric is; nothing for one that is none.
    std::optional<std::size_t> column(MetricId metric) const;
    /// Blocks of 16^level steps that a level has, the last one begun.
    std::int64_t blocks(int level) const;

    /// Samples of the steps from this one on; curve::is_missing() where a step has none. Errors: beyond last_step(),
    /// the file shrank or is damaged.
    Status values(std::size_t column, std::int64_t from_step, std::span<double> out) const;
    /// Extents of the blocks from this one on. Block b of a level begins at step first_step + b x 16^level. Levels from
    /// 1 to curve::kTopLevel. Errors as above.
    Status extents(std::size_t column, int level, std::int64_t first_block, std::span<Extent> out) const;

    /// Of the samples of a column that are finite numbers, from the first step to last_step(); how many they are,
    /// extents tell. Reads the steps of one segment at most, or, where the run has no sums, all of its values: it was
    /// written by an older version. Errors: the file shrank or is damaged.
    Result<double> sum(std::size_t column) const;

    /// The metrics that are no columns and have samples.
    std::vector<MetricId> sparse_metrics() const;
    /// Their samples after a step, by rising step.
    Result<std::vector<SeriesPoint>> sparse(MetricId metric, std::int64_t after_step = 0) const;
    /// Those of several metrics, each after its own step, by reading the file once.
    Result<std::map<MetricId, std::vector<SeriesPoint>>> sparse(const std::map<MetricId, std::int64_t>& after) const;

    /// From the disk so far; opening included.
    std::uint64_t bytes_read() const { return m_bytes_read; }

private:
    /// Rows behind the whole segments.
    struct Tail {
        std::int64_t first_step = 0;       ///< of the first row, where there is one
        std::vector<double> rows;          ///< [rows, C]
        std::vector<std::uint64_t> checks; ///< [rows]
    };
    struct SumBefore {
        std::int64_t rows = 0; ///< that it is of
        double sum = 0;
    };

    explicit CurveReader(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    Status look();
    void know_columns();
    Status open_levels();
    Status read_tail();
    Status append_tail_rows(const InputFile& file, std::size_t rows);
    bool is_last_known_tail(const InputFile& file, std::size_t rows) const;
    bool continues(const CurveReader& before) const;
    Result<std::uint64_t> check_of_row(std::int64_t row) const;
    Status read(const InputFile& file, std::uint64_t offset, void* to, std::size_t bytes) const;
    Status read_chunk(int level, std::uint64_t segment, std::size_t file_column, char* chunk) const;
    template <class T>
    Status read_from_level(int level, std::size_t file_column, std::int64_t first, std::span<T> out) const;
    SumBefore known_sum(std::size_t file_column) const;
    Status fold_values(std::size_t column, std::int64_t first_block, std::span<Extent> out) const;
    Status fold_extents(std::size_t column, int level, std::int64_t first_block, std::span<Extent> out) const;

    std::filesystem::path m_folder;
    curve::Layout m_layout;
    std::vector<MetricId> m_columns;
    std::vector<std::size_t> m_file_columns; ///< [C] where each lies in a segment
    std::vector<InputFile> m_levels;
    std::vector<std::int64_t> m_segments; ///< [levels] whole ones
    Tail m_tail;
    std::int64_t m_rows = 0;
    std::uint64_t m_last_check = 0; ///< of the last row
    std::optional<InputFile> m_sparse;
    std::uint64_t m_sparse_records = 0;
    std::uint64_t m_generation = 1;
    mutable std::uint64_t m_bytes_read = 0;
};

} // namespace triptych
