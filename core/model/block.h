// One differentiable part of the model: what it owns, what memory it needs, forward and backward beside each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/pass.h"
#include "core/model/precision.h"

namespace triptych {

/// A block is declared once, planned once, and then runs any number of passes no larger than planned.
class Block {
public:
    virtual ~Block() = default;
    /// Adds the parameters it owns, in the order of the forward pass.
    virtual void declare(ParamRows& rows) = 0;
    /// Reserves the activations it keeps for backward and the scratch it borrows.
    virtual void plan(Planner& planner, Precision precision, const TokenShape& shape) = 0;
    /// y = block(x), plus the residual where one is given. x: [N, D] narrow; y, residual: [N, D] wide; y must not be x.
    virtual void forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual = {}) = 0;
    /// After forward of the same pass in Phase::Train with the same x. dy: narrow, dx: wide, overwritten, without the residual's
    /// share. Parameter gradients accumulate unless pass.gradient_mode says otherwise: the one rule for every block and op.
    virtual void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) = 0;
};

} // namespace triptych
