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

/// The experts in their order, as many on each GPU. loads [E], none below zero. Error: E cannot be divided by `gpus`.
Result<Placement> place_in_order(std::span<const double> loads, std::int64_t gpus);

/// Gives `replicas` copies to the experts with the most load a slot, one after the other, then puts slots in falling
/// order of load on the least busy GPU with room, two of one expert on different GPUs where that is possible. Its worst
/// GPU has never more to do than that of place_in_order(), which is what it falls back to. Error: as there, or replicas
/// are negative or cannot be divided by `gpus`.
Result<Placement> place_packed(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas);

/// Of the time of a layer's experts, the share that goes away if it is that of the busiest GPU and grows with its
/// tokens: 1 - worst after / worst before. What is sent between GPUs is not counted.
double time_saved(const Placement& before, const Placement& after);

} // namespace triptych
