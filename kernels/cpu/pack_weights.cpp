// Packing on the CPU: blocks of rows of all experts, each read once for both copies.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/pack_weights.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"

#include <algorithm>

namespace triptych {

std::int64_t packed_bytes_forward(std::int64_t outputs, std::int64_t inputs, DType operands)
{
    return operands == DType::F32 ? cpu::packed_bytes<float>(outputs, inputs)
                                  : cpu::packed_bytes<bfloat16>(outputs, inputs);
}
std::int64_t packed_bytes_backward(std::int64_t outputs, std::int64_t inputs, DType operands)
{
    return packed_bytes_forward(inputs, outputs, operands);
}

void launch(Cpu, Stream& stream, const PackWeights& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    constexpr std::int64_t kGrain = 1 << 16; // values that are worth a thread
    const std::int64_t block = cpu::packed_columns();
    const std::int64_t blocks = (outputs + block - 1) / block;
    cpu::parallel_for(
        stream, experts * blocks,
        [&, outputs = outputs, inputs = inputs](std::int64_t task) {
            const std::int64_t expert = task / blocks;
            const std::int64_t first = task % blocks * block;
            cpu::pack_rows(op.operands, op.weight.as<float>() + expert * outputs * inputs, outputs, inputs, first,
                           std::min(block, outputs - first),
                           op.forward.as<std::uint8_t>() + expert * packed_bytes_forward(outputs, inputs, op.operands),
                           op.backward.as<std::uint8_t>() +
                               expert * packed_bytes_backward(outputs, inputs, op.operands));
        },
        std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, block * inputs)));
}

} // namespace triptych
