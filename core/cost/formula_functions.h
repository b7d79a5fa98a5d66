// The functions that formulas may call: how they compute, and what becomes of the units.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/unit.h"

#include <span>
#include <string_view>

namespace triptych {

/// Values on the stack of a formula that is being evaluated; deeper ones are refused when they are read.
inline constexpr std::size_t kMaxFormulaDepth = 64;

struct FormulaFunction {
    std::string_view name;
    std::span<const std::string_view> arguments; ///< names, for people
    double (*compute)(const double* arguments);
    Result<Unit> (*unit)(std::span<const Unit> arguments);
};

std::span<const FormulaFunction> formula_function_list();

} // namespace triptych
