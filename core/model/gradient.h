// The gradient of the residual stream: exact for what is added to it, and rounded for the products that read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/precision.h"
#include "core/tensor/workspace.h"

#include <string>

namespace triptych {

/// [N, D] twice; one and the same memory where the model has one element type.
struct Gradient {
    View<2> wide;
    View<2> narrow;

    Gradient(View<2> both) : wide(both), narrow(both) {}
    Gradient(View<2> wide_view, View<2> narrow_view) : wide(wide_view), narrow(narrow_view) {}

    /// The rounded copy that ops write beside the exact one; none where they are the same.
    View<2> rounded() const { return wide.dtype() == narrow.dtype() ? View<2>() : narrow; }
};

/// Where a Gradient lies.
struct GradientSlot {
    Slot<2> wide;
    Slot<2> narrow;

    static GradientSlot scratch(Planner& planner, const std::string& name, Precision precision,
                                std::array<std::int64_t, 2> shape)
    {
        GradientSlot slot;
        slot.wide = planner.scratch<2>(name, precision.wide, shape);
        slot.narrow = precision.is_mixed() ? planner.scratch<2>(name + ".rounded", precision.narrow, shape) : slot.wide;
        return slot;
    }
};

} // namespace triptych
