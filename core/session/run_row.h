// What a table says of a run: read from its small files and the extremes of its curves; whole is read only what few
// steps have.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/manifest.h"
#include "core/run/metric.h"
#include "core/run/run_notes.h"
#include "core/util/input_file.h"
#include "core/util/result.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// How a run stands. Unknown: made by an older version, which wrote nothing about it. Unreadable: see its troubles.
enum class RowState : std::uint8_t { Training = 1, Finished, Stopped, Failed, Interrupted, Unknown, Unreadable };

/// What is asked of every run.
struct RunQuestion {
    MetricId metric = Metric::MainLoss;
    std::optional<std::int64_t> step; ///< whose value is wanted; nothing: none
    bool operator==(const RunQuestion&) const = default;
};

/// Of the metric that was asked for; NaN where there is none.
struct MetricSummary {
    double last = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();  ///< smallest of the whole run
    double high = std::numeric_limits<double>::quiet_NaN(); ///< largest
    /// Of all samples of the run that are finite numbers, each with the same weight.
    double mean = std::numeric_limits<double>::quiet_NaN();
    std::int64_t points = 0; ///< that the mean is of
    std::int64_t gaps = 0;   ///< samples that are no finite numbers, left out of low, high and mean
    double at = std::numeric_limits<double>::quiet_NaN();   ///< at the step that was asked for, or the last before it
};

struct RunRow {
    std::filesystem::path folder;
    std::string name; ///< of the folder
    RowState state = RowState::Unreadable;
    std::string holder;       ///< who trains it: "process 4711 on node7 since ..."
    std::int64_t process = 0; ///< of its last session; 0: not known
    std::string host;         ///< likewise
    std::string reason;       ///< why it ended
    std::string hint;         ///< and what to do where that was a failure
    /// What is wrong with its files, and what to do; of an Unreadable one at least one.
    std::vector<Error> troubles;
    std::string model;      ///< preset or file
    std::string data;       ///< as it was written, with blanks between
    std::string created;    ///< UTC, ISO 8601
    std::int64_t steps = 0; ///< the newest
    double tokens = std::numeric_limits<double>::quiet_NaN();
    double train_seconds = std::numeric_limits<double>::quiet_NaN(); ///< of the device, that it is priced by
    double headline_usd = std::numeric_limits<double>::quiet_NaN();  ///< both at the prices of the run
    double tco_usd = std::numeric_limits<double>::quiet_NaN();
    double flops_per_token = 0; ///< of training; 0: not known
    MetricSummary metric;
    RunNotes notes;
    std::optional<ForkOrigin> forked_from;
    std::vector<std::int64_t> checkpoints;    ///< their steps, the newest first; whether they open is not asked
    std::shared_ptr<const Manifest> manifest; ///< null of an Unreadable one

    RunQuestion question;                         ///< that metric answers
    std::chrono::steady_clock::time_point looked; ///< when its files were last seen
    std::chrono::steady_clock::time_point grown;  ///< when they last had something new
    std::uint64_t bytes_read = 0;                 ///< of curves, for this row alone
    std::array<FileStamp, 10> stamps{};           ///< of the files it was read from
};

/// Looks at a run. `before`, which may be null, is the row as it was: where no file has changed since, little is read.
/// May take as long as the disk: not for a thread that must not wait. Never fails: what is wrong is in the row.
RunRow read_run_row(const std::filesystem::path& run_folder, const RunQuestion& question, const RunRow* before);

/// Whether a folder is that of a run, whole or broken.
bool looks_like_run(const std::filesystem::path& folder);

} // namespace triptych
