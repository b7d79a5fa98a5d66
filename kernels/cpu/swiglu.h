// SwiGLU of some rows, for the products that have just written them: they are still in the cache.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cpu/indices.h"
#include "kernels/ops/swiglu.h"

#include <cstdint>

namespace triptych::cpu {

/// Throws unless the order of the weights, if there is one, holds indices of them.
template <class Op>
void require_swiglu_order(const Op& op)
{
    if (op.weights)
        require_indices(op.name, "order", op.order.template as<std::int32_t>(), op.order.size(0), op.weights.size(0));
}

/// Rows [first, end), on the calling thread.
void swiglu_rows(const SwiGluForward& op, std::int64_t first, std::int64_t end);
void swiglu_rows(const SwiGluBackward& op, std::int64_t first, std::int64_t end);

} // namespace triptych::cpu
