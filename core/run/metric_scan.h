// All samples of a run from its first step to its last, a stretch at a time: what exports read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/run/metric.h"
#include "core/run/run_store.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace triptych {

/// The samples of some thousand steps in a row.
struct MetricWindow {
    std::vector<std::vector<SeriesPoint>> series; ///< [metrics] by rising step; empty where a metric has none here
};

/// Reads metrics.sqlite, and from curves/ what the database has lost. Takes the memory of one window, whatever the
/// length of the run, and may be used while the run is being trained: it ends at the step that was the last at open().
/// Nothing in the run's folder is changed.
class MetricScan {
public:
    /// Errors: no run, or nothing of its numbers can be read; the error is that of the database.
    static Result<MetricScan> open(const std::filesystem::path& run_folder);

    /// Those that have samples, in the order of the catalog, each by rising index.
    const std::vector<MetricId>& metrics() const { return m_metrics; }
    /// The next stretch that has samples; nothing behind the last.
    std::optional<MetricWindow> next();
    /// What could not be read so far, in words; each once.
    const std::vector<std::string>& troubles() const { return m_troubles; }

private:
    MetricScan() = default;
    void find_metrics();
    void add_range(std::int64_t first, std::int64_t last);
    void trouble(const std::string& text);
    std::vector<SeriesPoint> samples(MetricId metric, std::int64_t after, std::int64_t until);
    std::vector<SeriesPoint> samples_of_curves(MetricId metric, std::int64_t after, std::int64_t until);
    void skip_gap();

    std::optional<RunReader> m_database;
    std::optional<CurveReader> m_curves;
    std::vector<MetricId> m_metrics;
    std::map<MetricId, std::vector<SeriesPoint>> m_sparse; ///< of the curves, once asked for
    std::set<MetricId> m_lost;                             ///< whose samples the database could not give
    std::int64_t m_done = 0;                               ///< the last step that was given
    std::int64_t m_last = 0;                               ///< of the run
    std::vector<std::string> m_troubles;
};

} // namespace triptych
