// What must hold for an amount to be nothing: the values of single inputs at which it vanishes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"

#include <string_view>
#include <vector>

namespace triptych {

struct VanishingPoint {
    std::size_t input = 0; ///< number in the preset
    double value = 0;      ///< at which the line is zero, all other inputs at their values
    bool in_range = false; ///< within what the sources give as plausible
};

/// Of every input that the line depends on, the value nearest to its own at which the amount is zero, to nine digits. A
/// factor that would have to be zero itself says nothing and is left out. Looks from a thousandth of the value to a
/// thousand times it, within what makes sense for its kind. Errors: no such lens or line.
Result<std::vector<VanishingPoint>> vanishing_points(const CostPreset& preset, std::string_view lens,
                                                     std::string_view line);

} // namespace triptych
