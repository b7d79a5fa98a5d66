// A run folder with a manifest and a history of synthetic frames, for what looks back at a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/preset.h"
#include "core/run/manifest.h"
#include "core/session/history_recorder.h"
#include "tests/support/synthetic_feed.h"

#include <filesystem>
#include <vector>

namespace triptych::test {

/// What the frames of a synthetic run are made of.
inline HistoryShape synthetic_shape(const SyntheticRun& run)
{
    HistoryShape shape;
    shape.layers = run.layers + run.mtp_depth;
    shape.routed_layers = static_cast<std::int64_t>(routed_layers(run).size());
    shape.heads = run.heads;
    shape.experts = run.experts;
    shape.experts_per_token = run.experts_per_token;
    shape.mtp_depth = run.mtp_depth;
    shape.domains = static_cast<std::int64_t>(run.domains.size());
    shape.probe_tokens = static_cast<std::int64_t>(run.probe.size());
    return shape;
}

/// Loads and probe at these steps. The shape is that of the synthetic run. Throws where it cannot be written.
inline void record_history(const std::filesystem::path& folder, const SyntheticRun& run,
                           const std::vector<std::int64_t>& steps)
{
    Manifest manifest;
    manifest.model = load_model_config("tiny").value();
    manifest.domains = run.domains;
    stamp(manifest);
    manifest.data = {{"builtin:mixed", "00", 0, 0}};
    if (!write_manifest(folder, manifest)) throw std::runtime_error("no manifest");
    HistoryRecorder to(folder, synthetic_shape(run), 0);
    for (const std::int64_t step : steps) {
        to.add(*synthetic_loads(run, step), Keep::Always);
        to.add(*synthetic_probe(run, step));
    }
    to.flush();
    if (!to.take_troubles().empty()) throw std::runtime_error("no history");
}

/// As synthetic_start(), with a folder.
inline event::RunStarted recorded_start(const std::filesystem::path& folder, const SyntheticRun& run = {})
{
    event::RunStarted started = synthetic_start(run);
    started.run_folder = folder.string();
    return started;
}

} // namespace triptych::test
