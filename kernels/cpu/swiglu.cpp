// SwiGLU on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/swiglu.h"

#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {
namespace {

/// Rows that one thread takes at least: about a few microseconds of work.
std::int64_t row_grain(std::int64_t f)
{
    return std::max<std::int64_t>(1, 8192 / std::max<std::int64_t>(1, f));
}

/// The weight of row n.
template <class W>
W weight_of(const W* weights, const std::int32_t* order, std::int64_t n)
{
    return weights ? weights[order[n]] : W{1};
}

template <class T>
void compute_rows(const SwiGluForward& op, std::int64_t first, std::int64_t end)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t f = op.y.size(1);
    const auto* order = op.order ? op.order.as<std::int32_t>() : nullptr;
    const Wide* weights = op.weights ? op.weights.as<Wide>() : nullptr;
    const auto silu = cpu::row_function<cpu::SiluRow<T>>();
    for (std::int64_t n = first; n < end; ++n) {
        const T* gate = op.gate_up.as<T>() + n * 2 * f;
        silu({weight_of(weights, order, n), gate, gate + f, op.y.as<T>() + n * f, f});
    }
}

template <class T>
void compute_rows(const SwiGluBackward& op, std::int64_t first, std::int64_t end)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t f = op.dy.size(1);
    const auto* order = op.order ? op.order.as<std::int32_t>() : nullptr;
    const Wide* weights = op.weights ? op.weights.as<Wide>() : nullptr;
    const auto silu = cpu::row_function<cpu::SiluGradientRow<T>>();
    for (std::int64_t n = first; n < end; ++n) {
        const T* gate = op.gate_up.as<T>() + n * 2 * f;
        T* dgate = op.dgate_up.as<T>() + n * 2 * f;
        silu({weight_of(weights, order, n), gate, gate + f, op.dy.as<T>() + n * f, dgate, dgate + f,
              weights ? op.dweights.as<Wide>() + order[n] : nullptr, f});
    }
}

template <class Op>
void compute(Stream& stream, const Op& op, std::int64_t rows, std::int64_t f)
{
    cpu::require_swiglu_order(op);
    const std::int64_t grain = row_grain(f);
    cpu::parallel_for(stream, (rows + grain - 1) / grain, [&](std::int64_t block) {
        cpu::swiglu_rows(op, block * grain, std::min(rows, (block + 1) * grain));
    });
}

} // namespace

namespace cpu {

void swiglu_rows(const SwiGluForward& op, std::int64_t first, std::int64_t end)
{
    visit_element<SwiGluForward>(op.y.dtype(), [&](auto zero) { compute_rows<decltype(zero)>(op, first, end); });
}
void swiglu_rows(const SwiGluBackward& op, std::int64_t first, std::int64_t end)
{
    visit_element<SwiGluBackward>(op.dy.dtype(), [&](auto zero) { compute_rows<decltype(zero)>(op, first, end); });
}

} // namespace cpu

void launch(Cpu, Stream& stream, const SwiGluForward& op)
{
    compute(stream, op, op.y.size(0), op.y.size(1));
}

void launch(Cpu, Stream& stream, const SwiGluBackward& op)
{
    compute(stream, op, op.dy.size(0), op.dy.size(1));
}

} // namespace triptych
