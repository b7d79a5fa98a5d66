// What a run has recorded, from wherever it can be read: its database, or beside a writer on another machine the files
// that need no locks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/run/run_store.h"
#include "core/util/result.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace triptych {

/// Reads alone: nothing is locked, marked or left in the folder of a run that another machine writes. There it is a
/// moment behind, as curves/ and events.jsonl are; the steps it tells of are whole.
class RunRecord {
public:
    /// Errors: those of RunReader::open(), and of a run that is written elsewhere those of its curves.
    static Result<RunRecord> open(const std::filesystem::path& run_folder);

    /// Whether it is that of a run which another machine writes.
    bool is_far() const { return !m_database; }
    /// Samples of a metric after a step, by rising step; empty where it has none.
    Result<std::vector<SeriesPoint>> series(MetricId metric, std::int64_t after_step = 0) const;
    /// The last of them; nothing where there is none.
    Result<std::optional<SeriesPoint>> last(MetricId metric) const;
    Result<std::vector<StoredEvent>> events() const;

private:
    explicit RunRecord(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    Result<std::vector<SeriesPoint>> column(std::size_t column, std::int64_t after_step) const;

    std::filesystem::path m_folder;
    std::optional<RunReader> m_database;
    std::optional<CurveReader> m_curves; ///< in its place
};

} // namespace triptych
