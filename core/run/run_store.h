// metrics.sqlite of a run: every sample, load and event, complete, readable by any SQLite tool while the run goes on.
// Beside it lies what can be followed by plain reads: samples as curves/ (core/run/curve_format.h), events as
// events.jsonl.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// The schema's number in the meta table; a higher one in a file means a newer Triptych wrote it.
inline constexpr int kRunStoreVersion = 1;
/// The hint of the error that a file of a higher one brings.
inline constexpr const char* kNewerRunHint = "Open it with that version or a later one.";

/// One event, as people read it.
struct StoredEvent {
    std::int64_t step = 0;
    std::string time; ///< UTC, ISO 8601
    std::string kind; ///< "validation", "checkpoint", "health.nan", "setting", "state", "sample"
    std::string message;
};

/// Loads of one MoE layer at one step.
struct StoredLoad {
    std::int64_t step = 0;
    std::int64_t layer = 0;
    std::vector<std::int64_t> counts; ///< [E]
    std::vector<float> bias;          ///< [E] or empty
};

/// Writes. A thread of its own does the disk work in transactions a few times a second; what was committed survives a
/// killed process. record() copies and returns, and waits only when the writer is seconds behind. Samples and events go
/// to the files beside the database as well, as soon as they are in it.
class RunStore {
public:
    /// Creates the file, or goes on in it and in those beside it after deleting everything beyond last_step. Errors:
    /// folder not writable, no database, a newer version. Files beside it that cannot be written are a trouble only.
    static Result<std::unique_ptr<RunStore>> open(const std::filesystem::path& file, std::int64_t last_step);
    /// Writes out and closes.
    ~RunStore();

    void record(std::vector<Sample> samples);
    void record(StoredLoad load);
    void record(StoredEvent event);
    /// Waits until everything recorded so far is on the disk, or could not be written for now.
    void flush();
    /// What could not be written since the last call (disk full), once for as long as it lasts. Training goes on; what
    /// could not be written is tried again for as long as it is not too much.
    std::vector<std::string> take_troubles();
    /// Writes out for the last time; then only take_troubles() may be called. Returns why the database lacks something
    /// that was recorded; empty where it has everything.
    std::string close();

private:
    class Writer;
    explicit RunStore(std::unique_ptr<Writer> writer);
    std::unique_ptr<Writer> m_writer;
};

struct SeriesPoint {
    std::int64_t step = 0;
    double value = 0;
};

/// First and last step of something.
struct StepRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// Reads, also while another process writes.
class RunReader {
public:
    /// Errors: missing, no database, damaged, newer version.
    static Result<RunReader> open(const std::filesystem::path& file);
    RunReader(RunReader&&) noexcept;
    RunReader& operator=(RunReader&&) noexcept;
    ~RunReader();

    /// Metrics that have samples and that this version knows.
    Result<std::vector<MetricId>> metrics() const;
    /// Samples of a metric after a step and up to another, by rising step.
    Result<std::vector<SeriesPoint>> series(MetricId metric, std::int64_t after_step = 0,
                                            std::int64_t until_step = INT64_MAX) const;
    /// The newest samples of a metric after a step, so many at most, by rising step.
    Result<std::vector<SeriesPoint>> newest(MetricId metric, std::size_t most, std::int64_t after_step = 0) const;
    /// Of the first and the last sample of a metric; nothing where it has none. Quick for any number of samples.
    Result<std::optional<StepRange>> steps(MetricId metric) const;
    /// The last sample of a metric; nothing where it has none. As quick.
    Result<std::optional<SeriesPoint>> last(MetricId metric) const;
    Result<std::vector<StoredEvent>> events() const;
    /// The loads of the last step at or before this one that has any; of the last step of all by default.
    Result<std::vector<StoredLoad>> loads(std::int64_t step = INT64_MAX) const;

private:
    struct Handle;
    explicit RunReader(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> m_handle;
};

} // namespace triptych
