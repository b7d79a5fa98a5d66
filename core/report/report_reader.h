// Reads the folders of runs for a report.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace triptych {

/// What is being read of a run.
enum class ReportStage : std::uint8_t { Numbers = 1, Curves, Experts, Attention, Prices };
/// How far reading is.
struct ReportProgress {
    std::size_t run = 0; ///< place in the set, from 0 on
    ReportStage stage = ReportStage::Numbers;
    std::int64_t done = 0; ///< of the stage, in a unit of its own
    std::int64_t all = 0;  ///< 0: its length is not known
};

/// How much of a run a report holds.
struct ReportOptions {
    std::int64_t most_points = 600; ///< of each curve
    std::int64_t load_maps = 6;     ///< over the run
    std::int64_t most_events = 300; ///< the newest
    /// Inputs of the two ledgers that a user has set, as in triptych cost --set: "tariff=0.3", "watts=90,80,100".
    std::vector<std::string> prices;
    /// Asked again and again, many times a second but for a database that is slow to answer and a checkpoint that is
    /// being loaded. False: nobody waits any more, and reading ends with an error. On the thread that reads; empty:
    /// everything is read.
    std::function<bool(const ReportProgress&)> go_on;
};

/// Reads everything that a report says of a run, whole or broken, finished or while another process trains it. Takes
/// seconds of a long run: not for a thread that must not wait. Nothing in the folder is changed. Errors: no run folder;
/// a manifest that is missing, damaged or of a newer version; a router that this version does not know; prices without
/// sense; go_on said no. Whatever else cannot be read is in `troubles` and `lacks`.
Result<RunReport> read_run_report(const std::filesystem::path& run_folder, const ReportOptions& options = {});

/// Several runs and what differs between them, in the order of the folders. Errors: no folder at all, those of
/// read_run_report().
Result<ReportSet> read_report_set(const std::vector<std::filesystem::path>& run_folders, const std::string& title = {},
                                  const ReportOptions& options = {});

/// UTC, ISO 8601: now, or the time that the environment variable SOURCE_DATE_EPOCH says (seconds since 1970), so that a
/// report can be made again byte for byte.
std::string export_time();

} // namespace triptych
