// Checks and costs of packing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/pack_weights.h"

namespace triptych {

void PackWeights::check() const
{
    const auto [e, o, i] = weight.shape();
    require(operands == DType::F32 || operands == DType::BF16, name, "operands are neither F32 nor BF16");
    require_dense(name, "weight", weight, DType::F32, weight.shape());
    require_dense(name, "forward", forward, DType::U8, {e * packed_bytes_forward(o, i, operands)});
    require_dense(name, "backward", backward, DType::U8, {e * packed_bytes_backward(o, i, operands)});
}
double PackWeights::flops() const
{
    return 0;
}
double PackWeights::bytes() const
{
    return static_cast<double>(weight.bytes() + forward.bytes() + backward.bytes());
}

} // namespace triptych
