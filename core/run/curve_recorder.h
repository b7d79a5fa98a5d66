// The curves of a run that is being recorded: samples as they come, to rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_writer.h"
#include "core/run/metric.h"
#include "core/run/run_store.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

namespace triptych {

/// Of one thread. Curves are made of what the database has, so they are never worth a run's end: where they cannot be
/// written for long they are given up, and readers make them from the database.
class CurveRecorder {
public:
    explicit CurveRecorder(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// Goes on after last_step, behind which the database is cut already; makes the curves anew where they are missing,
    /// damaged, or tell something else. Error: they cannot be written; they are given up.
    Status resume(const RunReader& database, std::int64_t last_step);
    /// All metrics of one or more steps, by rising steps. The first step decides which metrics are columns.
    Status add(const std::vector<Sample>& samples);
    /// Makes them readable.
    Status commit();

private:
    Status give_up(const Error& why);
    Status begin(const std::vector<Sample>& samples);
    void know_columns();

    std::filesystem::path m_folder;
    std::optional<CurveWriter> m_writer; ///< nothing before the first sample
    std::map<MetricId, std::size_t> m_columns;
    std::vector<double> m_row;
    bool m_given_up = false;
};

} // namespace triptych
