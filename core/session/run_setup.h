// From a request to everything a run needs to know before its first step: configurations, router, limits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/formats/hf_checkpoint.h"
#include "core/routing/router_catalog.h"
#include "core/run/manifest.h"
#include "core/run/session_file.h"
#include "core/session/command.h"
#include "core/util/result.h"

#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Resolved and valid: nothing in it is "default" or "automatic" any more, so that the run can be repeated from it.
struct RunSetup {
    RunRequest request;
    ModelConfig model;
    TrainConfig train; ///< threads resolved to a number
    const RouterInfo* router = nullptr;
    std::int64_t schedule_steps = 0; ///< see learning_rate_at()
    Precision precision = DType::F32;
    std::optional<ForkOrigin> forked_from; ///< nothing: it begins at its first step
};

/// Reads the model, applies the settings in order, chooses the router. Choosing "router=..." also sets
/// balance_loss_alpha and bias_update_speed to what its paper used; later settings may change them again.
Result<RunSetup> resolve_setup(const RunRequest& request);

/// The setup that a run was started from, as its folder tells it. Whether this machine could train it is not asked.
/// Error: a router that this version does not know.
Result<RunSetup> setup_from_manifest(const Manifest& manifest, const std::string& run_folder);

/// A run to go on with: what it was started from, with the limits of the new request, and its latest checkpoint.
struct ResumedRun {
    RunSetup setup;
    SessionFile session; ///< the run is held by this process
    HfCheckpoint checkpoint;
    std::vector<ManifestData> data;  ///< what the run was started on
    std::int64_t planned_before = 0; ///< steps that the learning rate was planned over until now
};

/// A run that is trained beyond its plan is planned anew over the steps that the limits amount to; by time alone over
/// those that its speed so far lets expect. Not where the plan is a setting (schedule_steps), has no end, or would have
/// none. Errors: no run folder, one that another process trains, no checkpoint that opens, one of another model,
/// settings given anew (they belong to the run), data of another number or with another share than the run's.
Result<ResumedRun> resume_setup(const RunRequest& request);

/// A new run that begins with a checkpoint of another one: its weights, moments, control of routing and place in the
/// data. Nothing is held and nothing of the other run is changed, which may be trained meanwhile.
struct ForkedRun {
    RunSetup setup;
    HfCheckpoint checkpoint;
    std::vector<ManifestData> data;  ///< what the other run was started on
    std::int64_t planned_before = 0; ///< steps that the other run's learning rate is planned over
};

/// "RUN@STEP", or "RUN" for its latest checkpoint, into the two members of a request. A folder whose name has an @
/// needs the step. Error: a step that is no whole number.
Status read_fork(const std::string& text, RunRequest& request);

/// Whether a fork of this run may be trained with these settings. Refused is what changes the model, whose weights come
/// from the checkpoint, and which texts are held out; with the reason.
Status check_fork_settings(const Manifest& parent, const std::vector<std::string>& settings);

/// Everything is as in the other run but for the settings that are given. The plan of the learning rate is the other
/// run's, unless the limits go beyond it. Errors: no run folder, no such checkpoint (with those that are there), one of
/// another model, settings that may not change, limits that the checkpoint has reached, data as in resume_setup().
Result<ForkedRun> fork_setup(const RunRequest& request);

} // namespace triptych
