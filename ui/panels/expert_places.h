// Experts that are worth a look: those without tokens and those with too many, one after the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace triptych {

struct ExpertPlace {
    std::int64_t layer = -1; ///< as in tensor names
    std::int64_t expert = -1;
    auto operator<=>(const ExpertPlace&) const = default;
};

/// A load from which an expert is called hot, over the mean.
inline constexpr float kHotRatio = 2;

/// Experts without a token for 20 steps, by layer and number; those that are switched off are none. As many of each
/// layer as its dead_fraction says, the idlest of them.
std::vector<ExpertPlace> deadExperts(const LoadFrame& frame);
/// Experts with kHotRatio times the mean load or more.
std::vector<ExpertPlace> hotExperts(const LoadFrame& frame);

/// The first behind `now`, from the end back to the beginning; nothing of none.
std::optional<ExpertPlace> nextPlace(const std::vector<ExpertPlace>& places, const ExpertPlace& now);

} // namespace triptych
