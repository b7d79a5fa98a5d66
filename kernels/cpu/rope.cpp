// The rotary position embedding on the CPU, in place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rope.h"

#include "kernels/cpu/gemm.h"
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

void rotate(float direction, const float* cos_sin, bfloat16* x, std::int64_t n)
{
    constexpr std::int64_t kPiece = 256; // an even number of values on the stack
    float values[kPiece];
    for (std::int64_t i = 0; i < n; i += kPiece) {
        const std::int64_t count = std::min(kPiece, n - i);
        cpu::widen(x + i, values, count);
        cpu::rotate_pairs(direction, cos_sin + i, values, count);
        cpu::narrow(values, x + i, count);
    }
}
template <class T>
void rotate(T direction, const T* cos_sin, T* x, std::int64_t n)
{
    cpu::rotate_pairs(direction, cos_sin, x, n);
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
        cpu::parallel_for(
            stream, op.x.size(0),
            [&](std::int64_t n) {
                const Wide* cos_sin = op.cos_sin.as<Wide>() + op.positions.as<std::int32_t>()[n] * width;
                T* row = op.x.as<T>() + n * op.x.row_stride() + op.first;
                for (std::int64_t h = 0; h < op.heads; ++h) rotate(direction, cos_sin, row + h * op.head_stride, width);
            },
            grain);
    });
}

} // namespace triptych
