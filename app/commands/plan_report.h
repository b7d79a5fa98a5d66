// What `triptych plan` says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"
#include "core/cluster/plan.h"

#include <string>

namespace triptych {

void show_plan(const std::string& model, const PlanRequest& request, const ClusterPlan& plan, Format format);

/// The planner's figures against published ones, with the error of each.
ExitCode show_plan_checks(Format format);

} // namespace triptych
