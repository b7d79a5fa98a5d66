// One layout's time and memory, with what many layouts share computed once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/all_to_all.h"
#include "core/cluster/model_work.h"
#include "core/cluster/plan.h"

#include <vector>

namespace triptych {

/// Seconds of each part of the model for one micro-batch, which layouts with the same ep and micro-batch share.
struct PartCosts {
    std::vector<PartSeconds> alone;  ///< on all multiprocessors
    std::vector<PartSeconds> beside; ///< on those that an exchange at the same time leaves
    std::vector<double> exchange;    ///< dispatch and combine, one direction of the pass
};
PartCosts part_costs(const PlanRequest& request, const std::vector<PartWork>& parts, std::int64_t ep,
                     std::int64_t micro_batch);

/// How many micro-batches make a step: the batch over all pipelines, rounded up.
std::int64_t wanted_micro_batches(const PlanRequest& request, const PlanLayout& layout);

/// The request and layout must be consistent: pp at most the number of layers, an even pp for DualPipe.
ClusterPlan layout_cost(const PlanRequest& request, const std::vector<PartWork>& parts, const PartCosts& costs,
                        const PlanLayout& layout);

} // namespace triptych
