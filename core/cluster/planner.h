// The cluster planner: time, memory and money of a training, and the cheapest layout.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/plan.h"
#include "core/util/result.h"

namespace triptych {

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

} // namespace triptych
