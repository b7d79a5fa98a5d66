// The rotary position embedding on the CPU, in place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rope.h"

#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <string>

namespace triptych {
namespace {

void require_positions(const RopeRotate& op)
{
    const auto* positions = op.positions.as<std::int32_t>();
    const std::int64_t limit = op.cos_sin.size(0);
    for (std::int64_t n = 0; n < op.positions.size(0); ++n) {
        if (positions[n] < 0 || positions[n] >= limit)
            refuse(op.name, "positions[" + std::to_string(n) + "] is " + std::to_string(positions[n]) +
                                ", expected in [0, " + std::to_string(limit) + "), the rows of cos_sin");
    }
}

} // namespace

void launch(Cpu, Stream& stream, const RopeRotate& op)
{
    require_positions(op);
    cpu::visit_element<RopeRotate>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        using Wide = cpu::SumOf<T>;
        const std::int64_t width = 2 * op.cos_sin.size(1);
        const Wide direction = op.direction == RopeDirection::Forward ? Wide{1} : Wide{-1};
        const std::int64_t grain = std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(1, op.heads * width));
        const auto turn = cpu::row_function<cpu::TurnedHeads<T>>();
        cpu::parallel_for(
            stream, op.x.size(0),
            [&](std::int64_t n) {
                const Wide* cos_sin = op.cos_sin.as<Wide>() + op.positions.as<std::int32_t>()[n] * width;
                T* first = op.x.as<T>() + n * op.x.row_stride() + op.first;
                turn({direction, cos_sin, first, op.heads, op.head_stride, width});
            },
            grain);
    });
}

} // namespace triptych
