// The tables of a plan: every number of its pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/plan_worker.h"
#include "ui/panels/panel.h"

namespace triptych {

/// Headline numbers with their sources, parts of memory and step, exchange, chunks of the schedules, all layouts.
std::vector<Twin> planTwins(Panel& panel, const std::shared_ptr<const PlanAnswer>& answer);
/// Published figures, and the planner's error of each.
Twin checksTwin(Panel& panel, const std::shared_ptr<const std::vector<PlanCheck>>& checks);

} // namespace triptych
