// RMSNorm on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace triptych {
namespace {

constexpr std::int64_t kRowGrain = 8;
/// dgain is summed over blocks of rows, then over the blocks in order. The blocks depend on N alone, so the result does
/// not depend on the number of threads.
constexpr std::int64_t kMaxBlocks = 32;
constexpr std::int64_t kMinBlockRows = 16;

/// A row as the sums see it: itself, or widened into `buffer`.
template <class T>
const T* wide_row(const T* row, T*, std::int64_t)
{
    return row;
}
const float* wide_row(const bfloat16* row, float* buffer, std::int64_t n)
{
    cpu::widen(row, buffer, n);
    return buffer;
}

/// x in T, y in Y.
template <class T, class Y>
void forward(const Stream& stream, const RmsNormForward& op)
{
    using Wide = cpu::SumOf<T>;
    const auto [rows, columns] = op.x.shape();
    const Wide* gain = op.gain.as<Wide>();
    cpu::parallel_for(
        stream, rows,
        [&, columns = columns](std::int64_t n) {
            auto* buffer = static_cast<Wide*>(cpu::thread_scratch(static_cast<std::size_t>(columns) * sizeof(Wide)));
            const Wide* x = wide_row(op.x.as<T>() + n * op.x.row_stride(), buffer, columns);
            const Wide mean_square = cpu::sum_of_squares(x, columns) / static_cast<Wide>(columns);
            const Wide rstd = Wide{1} / std::sqrt(mean_square + static_cast<Wide>(op.eps));
            op.rstd.as<Wide>()[n] = rstd;
            cpu::multiply(rstd, x, gain, op.y.as<Y>() + n * op.y.row_stride(), columns);
        },
        kRowGrain);
}

/// x in T, dy and dx in D. buffer: three rows for what must be widened.
template <class T, class D>
void backward_row(const RmsNormBackward& op, std::int64_t n, cpu::SumOf<T>* buffer, cpu::SumOf<T>* dgain)
{
    using Wide = cpu::SumOf<T>;
    const std::int64_t columns = op.x.size(1);
    const Wide* x = wide_row(op.x.as<T>() + n * op.x.row_stride(), buffer, columns);
    const Wide* dy = wide_row(op.dy.as<D>() + n * op.dy.row_stride(), buffer + columns, columns);
    const Wide* gain = op.gain.as<Wide>();
    const Wide rstd = op.rstd.as<Wide>()[n];
    const Wide mean = rstd * cpu::dot3(dy, gain, x, columns) / static_cast<Wide>(columns); // mean_c(dy*gain*xhat)
    cpu::multiply_add(rstd, dy, x, dgain, columns); // before dx, which may be the memory of dy
    D* dx = op.dx.as<D>() + n * op.dx.row_stride();
    const D* addend = op.addend ? op.addend.as<D>() + n * op.addend.row_stride() : nullptr;
    if constexpr (std::is_same_v<D, Wide>) {
        Wide* out = addend ? buffer + 2 * columns : dx;
        cpu::multiply_plus(rstd, dy, gain, -rstd * rstd * mean, x, out, columns);
        if (addend) cpu::add(addend, out, dx, columns);
    } else {
        Wide* out = buffer + 2 * columns;
        cpu::multiply_plus(rstd, dy, gain, -rstd * rstd * mean, x, out, columns);
        if (addend) cpu::add(out, addend, out, columns);
        cpu::narrow(out, dx, columns);
    }
    if constexpr (std::is_same_v<D, float>)
        if (op.rounded) cpu::narrow(dx, op.rounded.as<bfloat16>() + n * columns, columns);
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
    cpu::parallel_for(stream, blocks, [&, rows = rows, columns = columns](std::int64_t block) {
        auto* buffer = static_cast<Wide*>(cpu::thread_scratch(static_cast<std::size_t>(3 * columns) * sizeof(Wide)));
        Wide* sums = partial + block * columns;
        std::fill_n(sums, columns, Wide{0});
        const std::int64_t last = std::min(rows, (block + 1) * block_rows);
        for (std::int64_t n = block * block_rows; n < last; ++n) backward_row<T, D>(op, n, buffer, sums);
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
