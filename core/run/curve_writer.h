// Writes DIR/curves of a run: every sample of the metrics of every step, with its extremes by blocks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_format.h"
#include "core/run/metric.h"
#include "core/util/output_file.h"
#include "core/util/result.h"

#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace triptych {

/// Of one thread. Files only grow while it lives, in whole segments and the values first, so that whoever reads beside
/// it has a complete beginning. What commit() has written survives a killed process; the same rows give the same bytes,
/// however often the run was stopped and resumed between them.
class CurveWriter {
public:
    /// Anew, in the place of whatever curves are there. The folder is created where it is missing.
    static Result<CurveWriter> create(const std::filesystem::path& folder, std::span<const MetricId> columns,
                                      std::int64_t first_step);
    /// Goes on after dropping what lies beyond last_step, which may be more than what there is. Errors: no curves,
    /// damaged, of another format, with metrics that this version does not know.
    static Result<CurveWriter> resume(const std::filesystem::path& folder, std::int64_t last_step);

    /// [C] the metrics of a row, in order.
    const std::vector<MetricId>& columns() const { return m_columns; }
    std::int64_t first_step() const { return m_layout.first_step; }
    /// first_step() - 1 as long as there is no row.
    std::int64_t last_step() const { return m_layout.first_step + m_rows - 1; }

    /// row: [C], curve::kMissing where a metric has no sample. Steps that were left out get rows without samples.
    /// Errors: a step that is there already, or far beyond the last.
    Status append(std::int64_t step, std::span<const double> row);
    /// A sample of a metric that is no column, by rising steps.
    Status append(const Sample& sample);
    /// Makes all of it readable. After an error nothing is lost: the next call tries again.
    Status commit();
    /// Bytes that wait for a commit() that works.
    std::size_t waiting_bytes() const;

private:
    /// What a level has beyond its last whole segment.
    struct Level {
        explicit Level(OutputFile opened) : file(std::move(opened)) {}
        OutputFile file;
        std::uint64_t segments = 0; ///< whole ones, written or waiting
        std::size_t filled = 0;     ///< values or extents of each chunk
        std::vector<char> chunks;   ///< [C, kChunkBytes]
    };
    struct Segment {
        int level = 0;
        std::uint64_t number = 0;
        std::vector<char> bytes;
    };

    CurveWriter(std::filesystem::path folder, curve::Layout layout, std::vector<MetricId> columns);
    Status open_files();
    Status cut(std::int64_t last_step);
    Status cut_sparse(std::int64_t last_step);
    Status rebuild(int level);
    Status cut_sums();
    void add_sums(std::uint64_t segment, const std::vector<char>& chunks);
    OutputFile& file_of(int level);
    Result<std::vector<char>> read_segment(int level, std::uint64_t number) const;
    void push(std::span<const double> row);
    void fold(int level, const char* chunks, std::size_t filled);
    void finish_segment(int level);
    Status commit_tail();
    Status commit_sparse();

    std::filesystem::path m_folder;
    curve::Layout m_layout;
    std::vector<MetricId> m_columns;
    std::int64_t m_rows = 0;
    std::vector<Level> m_levels;
    std::optional<OutputFile> m_sums_file;
    std::vector<double> m_sums; ///< [C] of all whole segments of level 0
    std::deque<Segment> m_waiting;
    std::size_t m_waiting_bytes = 0;

    std::optional<OutputFile> m_tail_file;
    std::vector<char> m_tail;       ///< rows after the last whole segment of level 0
    std::size_t m_tail_written = 0; ///< bytes of it that are in the file
    bool m_tail_outdated = false;   ///< the file has rows of an earlier segment

    std::optional<OutputFile> m_sparse_file;
    std::uint64_t m_sparse_written = 0;        ///< bytes
    std::vector<curve::SparseRecord> m_sparse; ///< behind these
    std::map<MetricId, std::uint16_t> m_sparse_names;
    bool m_names_outdated = false; ///< columns.json lacks a sparse metric
};

} // namespace triptych
