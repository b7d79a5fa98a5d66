// SwiGLU on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/swiglu.h"

#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {
namespace {

/// Rows that are worth a thread of their own: about a few microseconds of work.
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
void forward(Stream& stream, const SwiGluForward& op)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t f = op.y.size(1);
    const auto* order = op.order ? op.order.as<std::int32_t>() : nullptr;
    const Wide* weights = op.weights ? op.weights.as<Wide>() : nullptr;
    if (weights) cpu::require_indices(op.name, "order", order, op.order.size(0), op.weights.size(0));
    const auto silu = cpu::row_function<cpu::SiluRow<T>>();
    cpu::parallel_for(
        stream, op.y.size(0),
        [&](std::int64_t n) {
            const T* gate = op.gate_up.as<T>() + n * 2 * f;
            silu({weight_of(weights, order, n), gate, gate + f, op.y.as<T>() + n * f, f});
        },
        row_grain(f));
}

template <class T>
void backward(Stream& stream, const SwiGluBackward& op)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t f = op.dy.size(1);
    const auto* order = op.order ? op.order.as<std::int32_t>() : nullptr;
    const Wide* weights = op.weights ? op.weights.as<Wide>() : nullptr;
    if (weights) cpu::require_indices(op.name, "order", order, op.order.size(0), op.weights.size(0));
    const auto silu = cpu::row_function<cpu::SiluGradientRow<T>>();
    cpu::parallel_for(
        stream, op.dy.size(0),
        [&](std::int64_t n) {
            const T* gate = op.gate_up.as<T>() + n * 2 * f;
            T* dgate = op.dgate_up.as<T>() + n * 2 * f;
            silu({weight_of(weights, order, n), gate, gate + f, op.dy.as<T>() + n * f, dgate, dgate + f,
                  weights ? op.dweights.as<Wide>() + order[n] : nullptr, f});
        },
        row_grain(f));
}

} // namespace

void launch(Cpu, Stream& stream, const SwiGluForward& op)
{
    cpu::visit_element<SwiGluForward>(op.y.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const SwiGluBackward& op)
{
    cpu::visit_element<SwiGluBackward>(op.dy.dtype(), [&](auto zero) { backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
