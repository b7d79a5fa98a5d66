// Token embedding on the CPU: rows are copied out, gradients added in the order of the tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/embedding.h"

#include "kernels/cpu/indices.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::int64_t kElementGrain = 16384; ///< values that are worth a thread
constexpr std::int64_t kStripe = 64;          ///< columns of a stripe: whole cache lines, so that threads share none

template <class T>
void forward(Stream& stream, const EmbeddingForward& op)
{
    const std::int64_t columns = op.table.size(1);
    const auto* tokens = op.tokens.as<std::int32_t>();
    cpu::require_indices(op.name, "tokens", tokens, op.tokens.size(0), op.table.size(0));
    cpu::parallel_for(
        stream, op.tokens.size(0),
        [&](std::int64_t n) {
            std::copy_n(op.table.as<T>() + tokens[n] * columns, columns, op.y.as<T>() + n * columns);
        },
        std::max<std::int64_t>(1, kElementGrain / std::max<std::int64_t>(1, columns)));
}

/// The table is split into disjoint parts: stripes of columns and, when there are fewer stripes than threads, classes
/// of tokens by remainder. Each part sees its tokens in rising order, so the bits do not depend on the split, and a
/// frequent token is shared by the threads of all stripes. No sorting, no memory.
template <class T>
void backward(Stream& stream, const EmbeddingBackward& op)
{
    const std::int64_t count = op.tokens.size(0);
    const std::int64_t columns = op.dtable.size(1);
    const auto* tokens = op.tokens.as<std::int32_t>();
    cpu::require_indices(op.name, "tokens", tokens, count, op.dtable.size(0));
    const std::int64_t threads = cpu::threads_for(stream, op.dy.count(), kElementGrain);
    const std::int64_t stripes = std::clamp<std::int64_t>((columns + kStripe - 1) / kStripe, 1, threads);
    const std::int64_t classes = threads / stripes;
    const auto edge = [&](std::int64_t stripe) { // inner edges at the nearest multiple of kStripe
        return stripe == stripes ? columns : (columns * stripe / stripes + kStripe / 2) / kStripe * kStripe;
    };
    cpu::parallel_for(stream, stripes * classes, [&](std::int64_t part) {
        const std::int64_t first = edge(part % stripes);
        const std::int64_t width = edge(part % stripes + 1) - first;
        for (std::int64_t n = 0; n < count; ++n) {
            if (tokens[n] % classes != part / stripes) continue;
            T* row = op.dtable.as<T>() + tokens[n] * columns + first;
            cpu::add(row, op.dy.as<T>() + n * columns + first, row, width);
        }
    });
}

} // namespace

void launch(Cpu, Stream& stream, const EmbeddingForward& op)
{
    cpu::visit_float<EmbeddingForward>(op.table.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const EmbeddingBackward& op)
{
    cpu::visit_float<EmbeddingBackward>(op.dtable.dtype(), [&](auto zero) { backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
