// RMSNorm on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"

#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <type_traits>

namespace triptych {
namespace {

constexpr std::int64_t kRowGrain = 8;
/// dgain is summed over blocks of rows, then over the blocks in order. The blocks depend on N alone, so the result does
/// not depend on the number of threads.
constexpr std::int64_t kMaxBlocks = 32;
constexpr std::int64_t kMinBlockRows = 16;

/// x in T, y in Y.
template <class T, class Y>
void forward(const Stream& stream, const RmsNormForward& op)
{
    using Wide = cpu::SumOf<T>;
    const auto [rows, columns] = op.x.shape();
    const auto normalise = cpu::row_function<cpu::RmsNormRow<T, Y>>();
    cpu::parallel_for(
        stream, rows,
        [&, columns = columns](std::int64_t n) {
            normalise({op.x.as<T>() + n * op.x.row_stride(), op.gain.as<Wide>(), static_cast<Wide>(op.eps),
                       op.y.as<Y>() + n * op.y.row_stride(), op.rstd.as<Wide>() + n, columns});
        },
        kRowGrain);
}

/// x in T, dy and dx in D.
template <class T, class D>
cpu::RmsNormGradientRow<T, D> gradient_row(const RmsNormBackward& op, std::int64_t n, cpu::SumOf<T>* dgain)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t columns = op.x.size(1);
    return {op.x.as<T>() + n * op.x.row_stride(),
            op.gain.as<Wide>(),
            op.rstd.as<Wide>()[n],
            op.dy.as<D>() + n * op.dy.row_stride(),
            op.addend ? op.addend.as<D>() + n * op.addend.row_stride() : nullptr,
            op.dx.as<D>() + n * op.dx.row_stride(),
            op.rounded ? op.rounded.as<bfloat16>() + n * columns : nullptr,
            dgain,
            columns};
}

template <class T, class D>
void backward(Stream& stream, const RmsNormBackward& op)
{
    using Wide = cpu::SumOf<T>;
    const auto [rows, columns] = op.x.shape();
    if (rows == 0) return;
    const std::int64_t block_rows = std::max(kMinBlockRows, (rows + kMaxBlocks - 1) / kMaxBlocks);
    const std::int64_t blocks = (rows + block_rows - 1) / block_rows;
    Wide* partial = static_cast<Wide*>(stream.scratch(static_cast<std::size_t>(blocks * columns) * sizeof(Wide)));
    const auto differentiate = cpu::row_function<cpu::RmsNormGradientRow<T, D>>();
    cpu::parallel_for(stream, blocks, [&, rows = rows, columns = columns](std::int64_t block) {
        Wide* sums = partial + block * columns;
        std::fill_n(sums, columns, Wide{0});
        const std::int64_t last = std::min(rows, (block + 1) * block_rows);
        for (std::int64_t n = block * block_rows; n < last; ++n) differentiate(gradient_row<T, D>(op, n, sums));
    });
    for (std::int64_t block = 0; block < blocks; ++block)
        cpu::axpy(Wide{1}, partial + block * columns, op.dgain.as<Wide>(), columns);
}

} // namespace

void launch(Cpu, Stream& stream, const RmsNormForward& op)
{
    cpu::visit_element<RmsNormForward>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        if (op.y.dtype() == op.x.dtype()) return forward<T, T>(stream, op);
        if constexpr (std::is_same_v<T, float>) forward<float, bfloat16>(stream, op);
    });
}

void launch(Cpu, Stream& stream, const RmsNormBackward& op)
{
    cpu::visit_element<RmsNormBackward>(op.x.dtype(), [&](auto zero) {
        using T = decltype(zero);
        if (op.dy.dtype() == op.x.dtype()) return backward<T, T>(stream, op);
        if constexpr (std::is_same_v<T, bfloat16>) backward<bfloat16, float>(stream, op);
    });
}

} // namespace triptych
