// What a recorded run has used, for pricing it again: nothing is stored in dollars that could not be counted anew.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"
#include "core/cost/live_cost.h"
#include "core/run/time_account.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace triptych {

/// Over so many steps rates, projections and the MFU of a run are taken.
inline constexpr std::int64_t kLastSteps = 201;

struct RunFacts {
    std::int64_t steps = 0;
    double tokens = 0;
    double device_seconds = 0; ///< of training, over all its resumptions, each second once
    int threads = 1;
    double flops = 0;                  ///< of training, causal, MTP included, as MFU counts
    bool flops_counted = true;         ///< by the run; else tokens times the FLOPs of one, by its configuration
    double mfu = 0;                    ///< mean of the last 201 steps
    std::int64_t planned_steps = 0;    ///< 0: no end
    std::optional<TimeAccount> time;   ///< nothing where an older version trained it, or it is damaged
    std::vector<CostPoint> last_steps; ///< at most the last 201, for rates and projections
    std::string day;                   ///< on which it was counted: of the run's end, today while it is trained
};

/// Where a run stood after each step after this one, by metrics.sqlite.
Result<std::vector<CostPoint>> read_cost_history(const std::filesystem::path& run_folder, std::int64_t after_step = 0);

/// From run.json, metrics.sqlite and time.json, also while the run is being trained. Errors: no run, a damaged one.
Result<RunFacts> read_run_facts(const std::filesystem::path& run_folder);

/// Where a number of FLOPs is from.
std::string flops_source(bool counted);
/// As facts of a preset: "run.device_hours", "machine.threads", "run.flop", "run.mfu" and, where
/// they were measured, "run.goodput" and "machine.watts". Dated by RunFacts::day, or today without one.
std::vector<CostFact> facts_of(const RunFacts& run);
/// Of this machine where no run tells: "machine.threads".
std::vector<CostFact> facts_of_this_machine();

} // namespace triptych
