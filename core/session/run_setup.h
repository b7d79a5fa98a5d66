// From a request to everything a run needs to know before its first step: configurations, router, limits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/formats/hf_checkpoint.h"
#include "core/run/manifest.h"
#include "core/routing/router_catalog.h"
#include "core/run/session_file.h"
#include "core/session/command.h"
#include "core/util/result.h"

namespace triptych {

/// Resolved and valid: nothing in it is "default" or "automatic" any more, so that the run can be repeated from it.
struct RunSetup {
    RunRequest request;
    ModelConfig model;
    TrainConfig train;               ///< threads resolved to a number
    const RouterInfo* router = nullptr;
    std::int64_t schedule_steps = 0; ///< see learning_rate_at()
    Precision precision = DType::F32;
};

/// Reads the model, applies the settings in order, chooses the router. Choosing "router=..." also sets balance_loss_alpha and
/// bias_update_speed to what its paper used; later settings may change them again.
Result<RunSetup> resolve_setup(const RunRequest& request);

/// The setup that a run was started from, as its folder tells it. Whether this machine could train it is not asked.
/// Error: a router that this version does not know.
Result<RunSetup> setup_from_manifest(const Manifest& manifest, const std::string& run_folder);

/// A run to go on with: what it was started from, with the limits of the new request, and its latest checkpoint.
struct ResumedRun {
    RunSetup setup;
    SessionFile session;            ///< the run is held by this process
    HfCheckpoint checkpoint;
    std::vector<ManifestData> data; ///< what the run was started on
    std::int64_t planned_before = 0; ///< steps that the learning rate was planned over until now
};

/// A run that is trained beyond its plan is planned anew over the steps that the limits amount to; by time alone over
/// those that its speed so far lets expect. Not where the plan is a setting (schedule_steps), has no end, or would have
/// none. Errors: no run folder, one that another process trains, no checkpoint that opens, one of another model,
/// settings given anew (they belong to the run), data of another number or with another share than the run's.
Result<ResumedRun> resume_setup(const RunRequest& request);

} // namespace triptych
