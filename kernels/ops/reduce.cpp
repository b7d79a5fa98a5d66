// Checks and costs of sums over whole buffers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/reduce.h"

namespace triptych {

void SumOfSquares::check() const
{
    require_dense(name, "x", x, x.dtype(), x.shape());
    require_shape(name, "result", result, DType::F64, {1});
}

double SumOfSquares::flops() const
{
    return 2.0 * static_cast<double>(x.count());
}

double SumOfSquares::bytes() const
{
    return static_cast<double>(x.bytes() + result.bytes());
}

} // namespace triptych
