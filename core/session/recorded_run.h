// A run read from its folder: everything the window shows of a live one, for a run that was or that another trains.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "core/session/event.h"
#include "core/session/frame.h"
#include "core/util/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

struct RecordedRun {
    event::RunStarted started; ///< as the run told it at its first step
    std::string created;       ///< UTC, ISO 8601
    std::map<MetricId, std::vector<SeriesPoint>> series; ///< the newest of each, see RecordedPart
    std::vector<StoredEvent> events;                     ///< in order, those of "start" among them
    std::int64_t first_step = 0;                         ///< of any sample, read or not; 0: none
    std::int64_t last_step = 0;
    std::optional<SessionRecord> session; ///< who trains it, or how that ended; nothing in runs of older versions
    SessionState state =
        SessionState::Idle; ///< Finished or Failed as its last session ended; Idle where another trains
    /// What its training is planned for, by its setup; nothing of it is held here.
    std::shared_ptr<const std::vector<PlanEntry>> plan;
    std::shared_ptr<const LoadFrame> loads;  ///< of the last step, smoothed as live; null: no experts, or none recorded
    std::shared_ptr<const ProbeFrame> probe; ///< by the latest checkpoint; null: see notes
    /// Of the validations that the run kept, by rising step, 128 at most; empty: none, or no MTP module.
    std::vector<std::shared_ptr<const AcceptanceFrame>> acceptance;
    /// Times by op that the run kept, likewise.
    std::vector<std::shared_ptr<const KernelFrame>> kernels;
    std::optional<event::SampleText> sample; ///< what the model wrote last
    std::vector<std::string> notes;          ///< what cannot be shown, why, and what to do about it
};

/// How much of a run is read.
struct RecordedPart {
    /// The newest samples, as many of each metric, about so many of all together: of a long run the newest steps, and
    /// what comes seldom, as validations, from the beginning. It has the rest in its curves (core/run/curve_cache.h).
    std::size_t most_samples = SIZE_MAX;
    enum class Probe : std::uint8_t { Read = 1, Later } probe = Probe::Read;
    std::int64_t after_step = 0; ///< no sample of this step or earlier ones
    /// Asked between two metrics, of which so many are read. False: reading ends with an error. Empty: never.
    std::function<bool(std::int64_t done, std::int64_t all)> go_on = {};
};

/// Reads manifest, metrics and events, and runs the text through the latest checkpoint, which takes the memory of its
/// weights for a moment. May take seconds for long runs: not for a thread that must not wait.
/// Errors: no run folder; a manifest that is missing or damaged; one or a database of a newer version; no number and no
/// event that can be read; go_on said no. Of a database that is damaged, half there or missing, what can be read is
/// read; curves/ and events.jsonl give what it lacks, and a note tells of it. Without a checkpoint that can be read
/// everything else is still there.
Result<RecordedRun> read_recorded_run(const std::filesystem::path& run_folder, const std::string& probe_text,
                                      RecordedPart part = {});

/// Another text through the same checkpoint. Error where there is none, or it cannot be run; null when the text has no
/// token.
Result<std::shared_ptr<const ProbeFrame>> read_recorded_probe(const std::filesystem::path& run_folder,
                                                              const std::string& probe_text);

} // namespace triptych
