// The cluster planner: time, memory and money of a training, and the cheapest layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/plan.h"
#include "core/util/result.h"

#include <stop_token>
#include <vector>

namespace triptych {

/// What of a request a fault lies in.
enum class PlanField : std::uint8_t {
    Gpus = 1,
    Pp,
    Ep,
    Dp,
    MicroBatch,
    Schedule,
    Tokens,
    SequenceLength,
    Batch,
    Memory,
    Deadline,
    Price,
};
/// More than that is a slip of the keys, and its plan would be an amount that nobody can read.
inline constexpr double kMostUsdPerGpuHour = 1e6;

struct PlanFault {
    PlanField field = PlanField::Gpus;
    Error error;
};
/// The first fault, as check_request() tells it; nothing where there is none.
std::optional<PlanFault> find_fault(const PlanRequest& request);

/// Refuses what no layout could serve: no GPUs, more stages than layers, groups that do not divide, ... The message
/// says what would do.
Status check_request(const PlanRequest& request);

/// One layout by the request's model, GPU, batch and tokens; what the request sets of the layout is not looked at.
/// Whether it fits into memory or the deadline is the caller's to ask. Errors: a layout that cannot be built.
Result<ClusterPlan> evaluate_layout(const PlanRequest& request, const PlanLayout& layout);

/// The cheapest of all layouts that agree with what the request sets and that fit into memory and deadline. Among those
/// within 1 % of it the one with the smallest group, then the fewest stages, then the smallest micro-batch. Errors: of
/// check_request(); nothing fits (the message says by how much the nearest layout misses).
Result<ClusterPlan> plan_cluster(const PlanRequest& request);

/// A search with all that it went through.
struct PlanSearch {
    std::vector<ClusterPlan> plans; ///< in the order of the walk, those that fit and those that do not
    std::int64_t left_out = 0;      ///< gone through but not kept: all beyond kMostKeptPlans
    Result<ClusterPlan> best;       ///< as of plan_cluster()
};
inline constexpr std::size_t kMostKeptPlans = 20'000;

/// plan_cluster() for those who want to see the others, too. Ends early, with an error in `best`, once it is asked to
/// stop: between two layouts.
PlanSearch search_layouts(const PlanRequest& request, const std::stop_token& stop = {});

} // namespace triptych
