// Dispatch to the experts on the CPU: a stable counting sort, then gathers and weighted sums of whole rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/permute.h"

#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::int64_t kElementGrain = 16384; ///< values that are worth a thread
constexpr std::int64_t kSlotGrain = 4096;     ///< choices that are worth a thread

std::int64_t row_grain(std::int64_t columns)
{
    return std::max<std::int64_t>(1, kElementGrain / std::max<std::int64_t>(1, columns));
}

/// Sorts by expert in two passes over ranges of slots, one range a part: count, then place. Ranges and the places of a
/// range within an expert both rise, so the order is the same for any number of parts.
void plan(Stream& stream, const PlanDispatch& op)
{
    const std::int64_t slots = op.experts.count();
    const std::int64_t n_experts = op.counts.size(0);
    const auto* experts = op.experts.as<std::int32_t>();
    cpu::require_indices(op.name, "experts", experts, slots, n_experts);
    const std::int64_t parts = cpu::threads_for(stream, slots, kSlotGrain);
    const auto begin_of = [&](std::int64_t part) { return slots * part / parts; };
    auto* places =
        static_cast<std::int32_t*>(stream.scratch(static_cast<std::size_t>(parts * n_experts) * sizeof(std::int32_t)));
    cpu::parallel_for(stream, parts, [&](std::int64_t part) {
        std::int32_t* own = places + part * n_experts;
        std::fill_n(own, n_experts, 0);
        for (std::int64_t slot = begin_of(part); slot < begin_of(part + 1); ++slot) ++own[experts[slot]];
    });
    auto* offsets = op.offsets.as<std::int32_t>();
    std::int32_t next = 0;
    for (std::int64_t e = 0; e < n_experts; ++e) {
        offsets[e] = next;
        for (std::int64_t part = 0; part < parts; ++part) {
            const std::int32_t count = places[part * n_experts + e];
            places[part * n_experts + e] = next;
            next += count;
        }
        op.counts.as<std::int32_t>()[e] = next - offsets[e];
    }
    offsets[n_experts] = next;
    auto* order = op.order.as<std::int32_t>();
    auto* position = op.position.as<std::int32_t>();
    cpu::parallel_for(stream, parts, [&](std::int64_t part) {
        std::int32_t* own = places + part * n_experts;
        for (std::int64_t slot = begin_of(part); slot < begin_of(part + 1); ++slot) {
            const std::int32_t row = own[experts[slot]]++;
            order[row] = static_cast<std::int32_t>(slot);
            position[slot] = row;
        }
    });
}

template <class T>
void gather(Stream& stream, const PermuteForward& op)
{
    const std::int64_t rows = op.order.size(0);
    const std::int64_t columns = op.x.size(1);
    if (rows == 0) return;
    const std::int64_t top_k = rows / op.x.size(0);
    const auto* order = op.order.as<std::int32_t>();
    cpu::require_indices(op.name, "order", order, rows, rows);
    cpu::parallel_for(
        stream, rows,
        [&](std::int64_t m) {
            std::copy_n(op.x.as<T>() + order[m] / top_k * columns, columns, op.y.as<T>() + m * columns);
        },
        row_grain(columns));
}

template <class T>
void gather_backward(Stream& stream, const PermuteBackward& op)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t tokens = op.dx.size(0);
    const std::int64_t columns = op.dx.size(1);
    if (tokens == 0) return;
    const std::int64_t top_k = op.dy.size(0) / tokens;
    const auto* position = op.position.as<std::int32_t>();
    cpu::require_indices(op.name, "position", position, tokens * top_k, tokens * top_k);
    const auto sum = cpu::row_function<cpu::SumOfRows<T>>();
    cpu::parallel_for(
        stream, tokens,
        [&](std::int64_t n) {
            sum({op.dy.as<T>(), position + n * top_k, top_k, op.mode, op.dx.as<Wide>() + n * columns, columns});
        },
        row_grain(columns * top_k));
}

template <class T>
void combine(Stream& stream, const CombineForward& op)
{
    const std::int64_t columns = op.y.size(1);
    const std::int64_t top_k = op.weights.size(1);
    const T* weights = op.weights.as<T>();
    const auto* position = op.position.as<std::int32_t>();
    cpu::require_indices(op.name, "position", position, op.weights.count(), op.weights.count());
    cpu::parallel_for(
        stream, op.y.size(0),
        [&](std::int64_t n) {
            T* y = op.y.as<T>() + n * columns;
            if (op.mode == WriteMode::Overwrite) std::fill_n(y, columns, T{0});
            for (std::int64_t slot = n * top_k; slot < (n + 1) * top_k; ++slot)
                cpu::axpy(weights[slot], op.x.as<T>() + position[slot] * columns, y, columns);
        },
        row_grain(columns * top_k));
}

template <class T>
void combine_backward(Stream& stream, const CombineBackward& op)
{
    const std::int64_t columns = op.dy.size(1);
    const std::int64_t top_k = op.weights.size(1);
    const T* weights = op.weights.as<T>();
    const auto* position = op.position.as<std::int32_t>();
    cpu::require_indices(op.name, "position", position, op.weights.count(), op.weights.count());
    cpu::parallel_for(
        stream, op.dy.size(0),
        [&](std::int64_t n) {
            const T* dy = op.dy.as<T>() + n * columns;
            for (std::int64_t slot = n * top_k; slot < (n + 1) * top_k; ++slot) {
                const std::int64_t row = position[slot] * columns;
                op.dweights.as<T>()[slot] = cpu::dot(dy, op.x.as<T>() + row, columns);
                cpu::scale(weights[slot], dy, op.dx.as<T>() + row, columns);
            }
        },
        row_grain(columns * top_k));
}

} // namespace

void launch(Cpu, Stream& stream, const PlanDispatch& op)
{
    plan(stream, op);
}

void launch(Cpu, Stream& stream, const PermuteForward& op)
{
    cpu::visit_float<PermuteForward>(op.x.dtype(), [&](auto zero) { gather<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const PermuteBackward& op)
{
    cpu::visit_element<PermuteBackward>(op.dy.dtype(), [&](auto zero) { gather_backward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const CombineForward& op)
{
    cpu::visit_float<CombineForward>(op.x.dtype(), [&](auto zero) { combine<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const CombineBackward& op)
{
    cpu::visit_float<CombineBackward>(op.dy.dtype(), [&](auto zero) { combine_backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
