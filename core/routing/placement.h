// What if the experts of a layer lay on several GPUs: how uneven their work would be, and what copies of busy experts
// would save (the idea of the V3 report's redundant experts, sections 3.4.1 and 3.4.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Experts on GPUs; every GPU has the same number of slots, and each slot an expert or a copy of one. The load of an
/// expert is shared evenly by all its slots.
struct Placement {
    std::vector<std::vector<std::int32_t>> experts; ///< [GPU][slot]
    std::vector<double> load;                       ///< [GPU] in the unit of the loads it was made of

    double worst() const;
    double mean() const;
    /// Worst over mean load: 1 is even, and so many times longer than with even loads the others wait for the busiest
    /// GPU. 1 where there is no load at all.
    double imbalance() const;
};

/// The nodes that the GPUs stand in, as many in each, neighbours together; and the groups of experts that stay on one
/// node, so that a token which chooses few groups is sent to few nodes (section 2.1.2).
struct Nodes {
    std::int64_t count = 1;
    std::int64_t groups = 1; ///< of the model: n_group, experts in their order
};

/// The experts in their order, as many on each GPU. loads [E], none below zero. Error: E cannot be divided by `gpus`.
Result<Placement> place_in_order(std::span<const double> loads, std::int64_t gpus);

/// Gives `replicas` copies to the experts with the most load a slot, one after the other, then puts slots in falling
/// order of load on the least busy GPU with room, two of one expert on different GPUs where that is possible. On
/// several nodes groups go first, in falling order of load to the least busy node with room, then each node does so
/// with its own experts and its share of the copies. The worst GPU has never more to do than that of place_in_order(),
/// which is what it falls back to. Error: as there, or replicas are negative or cannot be divided by `gpus`, or
/// `nodes.count` divides not both GPUs and groups, or the groups not the experts.
Result<Placement> place_packed(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas,
                               Nodes nodes = {});

/// Of the time of a layer's experts, the share that goes away if it is that of the busiest GPU and grows with its
/// tokens: 1 - worst after / worst before. What is sent between GPUs is not counted.
double time_saved(const Placement& before, const Placement& after);

} // namespace triptych
