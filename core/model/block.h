// One differentiable part of the model: what it owns, what memory it needs, forward and backward beside each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/pass.h"

namespace triptych {

/// A block is declared once, planned once, and then runs any number of passes no larger than planned.
class Block {
public:
    virtual ~Block() = default;
    /// Adds the parameters it owns, in the order of the forward pass.
    virtual void declare(ParamRows& rows) = 0;
    /// Reserves the activations it keeps for backward and the scratch it borrows.
    virtual void plan(Planner& planner, DType dtype, const TokenShape& shape) = 0;
    /// x, y: [N, D]; y is overwritten and must not be x.
    virtual void forward(Pass& pass, ConstView<2> x, View<2> y) = 0;
    /// After forward of the same pass in Phase::Train with the same x. dx is overwritten, parameter gradients accumulate: the
    /// one rule for every block and op.
    virtual void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) = 0;
};

} // namespace triptych
