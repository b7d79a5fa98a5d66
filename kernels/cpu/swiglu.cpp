// SwiGLU on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/swiglu.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {
namespace {

/// Rows that are worth a thread of their own: about a few microseconds of work.
std::int64_t row_grain(std::int64_t f)
{
    return std::max<std::int64_t>(1, 8192 / std::max<std::int64_t>(1, f));
}

} // namespace

void launch(Cpu, Stream& stream, const SwiGluForward& op)
{
    cpu::visit_float<SwiGluForward>(op.y.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const std::int64_t f = op.y.size(1);
        const T* gate_up = op.gate_up.as<T>();
        T* y = op.y.as<T>();
        cpu::parallel_for(
            stream, op.y.size(0),
            [&](std::int64_t n) {
                const T* gate = gate_up + n * 2 * f;
                cpu::silu_multiply(gate, gate + f, y + n * f, f);
            },
            row_grain(f));
    });
}

void launch(Cpu, Stream& stream, const SwiGluBackward& op)
{
    cpu::visit_float<SwiGluBackward>(op.dy.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const std::int64_t f = op.dy.size(1);
        const T* gate_up = op.gate_up.as<T>();
        const T* dy = op.dy.as<T>();
        T* dgate_up = op.dgate_up.as<T>();
        cpu::parallel_for(
            stream, op.dy.size(0),
            [&](std::int64_t n) {
                const T* gate = gate_up + n * 2 * f;
                T* dgate = dgate_up + n * 2 * f;
                cpu::silu_multiply_backward(gate, gate + f, dy + n * f, dgate, dgate + f, f);
            },
            row_grain(f));
    });
}

} // namespace triptych
