// Packing on the CPU: panels of all experts, forward and backward, handed out to the threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/pack_weights.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"

#include <algorithm>

namespace triptych {

std::int64_t packed_bytes_forward(std::int64_t outputs, std::int64_t inputs)
{
    return cpu::packed_bytes(outputs, inputs);
}
std::int64_t packed_bytes_backward(std::int64_t outputs, std::int64_t inputs)
{
    return cpu::packed_bytes(inputs, outputs);
}

void launch(Cpu, Stream& stream, const PackWeights& op)
{
    const auto [experts, outputs, inputs] = op.weight.shape();
    constexpr std::int64_t kGrain = 1 << 16; // values that are worth a thread
    const std::int64_t block = cpu::packed_columns() * 4;
    const std::int64_t forward_blocks = (outputs + block - 1) / block;
    const std::int64_t per_expert = forward_blocks + (inputs + block - 1) / block;
    const std::int64_t values = op.weight.count() / std::max<std::int64_t>(1, experts * per_expert);
    cpu::parallel_for(
        stream, experts * per_expert,
        [&, outputs = outputs, inputs = inputs](std::int64_t task) {
            const std::int64_t expert = task / per_expert;
            const std::int64_t part = task % per_expert;
            const float* weight = op.weight.as<float>() + expert * outputs * inputs;
            if (part < forward_blocks) { // op(B) = W^T [I, O]
                const std::int64_t first = part * block;
                cpu::pack_b(cpu::Transpose::Yes, weight, inputs, outputs, inputs, first,
                            std::min(block, outputs - first),
                            op.forward.as<std::uint8_t>() + expert * packed_bytes_forward(outputs, inputs));
            } else { // op(B) = W [O, I]
                const std::int64_t first = (part - forward_blocks) * block;
                cpu::pack_b(cpu::Transpose::No, weight, inputs, inputs, outputs, first, std::min(block, inputs - first),
                            op.backward.as<std::uint8_t>() + expert * packed_bytes_backward(outputs, inputs));
            }
        },
        std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, values)));
}

} // namespace triptych
