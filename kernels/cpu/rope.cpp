// The rotary position embedding on the CPU, in place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rope.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
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
    cpu::visit_float<RopeRotate>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const std::int64_t width = 2 * op.cos_sin.size(1);
        const T direction = op.direction == RopeDirection::Forward ? T{1} : T{-1};
        const std::int64_t grain = std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(1, op.heads * width));
        cpu::parallel_for(
            stream, op.x.size(0),
            [&](std::int64_t n) {
                const T* cos_sin = op.cos_sin.as<T>() + op.positions.as<std::int32_t>()[n] * width;
                T* row = op.x.as<T>() + n * op.x.row_stride() + op.first;
                for (std::int64_t h = 0; h < op.heads; ++h)
                    cpu::rotate_pairs(direction, cos_sin, row + h * op.head_stride, width);
            },
            grain);
    });
}

} // namespace triptych
