// RMSNorm on the CPU: a row at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rms_norm.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>
#include <cmath>

namespace triptych {
namespace {

constexpr std::int64_t kRowGrain = 8;
/// dgain is summed over blocks of rows, then over the blocks in order. The blocks depend on N alone, so the result does
/// not depend on the number of threads.
constexpr std::int64_t kMaxBlocks = 32;
constexpr std::int64_t kMinBlockRows = 16;

template <class T>
void forward(const Stream& stream, const RmsNormForward& op)
{
    const auto [rows, columns] = op.x.shape();
    const T* gain = op.gain.as<T>();
    cpu::parallel_for(
        stream, rows,
        [&, columns = columns](std::int64_t n) {
            const T* x = op.x.as<T>() + n * op.x.row_stride();
            const T mean_square = cpu::sum_of_squares(x, columns) / static_cast<T>(columns);
            const T rstd = T{1} / std::sqrt(mean_square + static_cast<T>(op.eps));
            op.rstd.as<T>()[n] = rstd;
            cpu::multiply(rstd, x, gain, op.y.as<T>() + n * op.y.row_stride(), columns);
        },
        kRowGrain);
}

template <class T>
void backward_row(const RmsNormBackward& op, std::int64_t n, T* dgain)
{
    const std::int64_t columns = op.x.size(1);
    const T* x = op.x.as<T>() + n * op.x.row_stride();
    const T* dy = op.dy.as<T>() + n * op.dy.row_stride();
    const T* gain = op.gain.as<T>();
    const T rstd = op.rstd.as<T>()[n];
    const T mean = rstd * cpu::dot3(dy, gain, x, columns) / static_cast<T>(columns); // mean_c(dy*gain*xhat)
    cpu::multiply_add(rstd, dy, x, dgain, columns); // before dx, which may be the memory of dy
    cpu::multiply_plus(rstd, dy, gain, -rstd * rstd * mean, x, op.dx.as<T>() + n * op.dx.row_stride(), columns);
}

template <class T>
void backward(Stream& stream, const RmsNormBackward& op)
{
    const auto [rows, columns] = op.x.shape();
    if (rows == 0) return;
    const std::int64_t block_rows = std::max(kMinBlockRows, (rows + kMaxBlocks - 1) / kMaxBlocks);
    const std::int64_t blocks = (rows + block_rows - 1) / block_rows;
    T* partial = static_cast<T*>(stream.scratch(static_cast<std::size_t>(blocks * columns) * sizeof(T)));
    cpu::parallel_for(stream, blocks, [&, rows = rows, columns = columns](std::int64_t block) {
        T* sums = partial + block * columns;
        std::fill_n(sums, columns, T{0});
        const std::int64_t last = std::min(rows, (block + 1) * block_rows);
        for (std::int64_t n = block * block_rows; n < last; ++n) backward_row(op, n, sums);
    });
    for (std::int64_t block = 0; block < blocks; ++block)
        cpu::axpy(T{1}, partial + block * columns, op.dgain.as<T>(), columns);
}

} // namespace

void launch(Cpu, Stream& stream, const RmsNormForward& op)
{
    cpu::visit_float<RmsNormForward>(op.x.dtype(), [&](auto zero) { forward<decltype(zero)>(stream, op); });
}

void launch(Cpu, Stream& stream, const RmsNormBackward& op)
{
    cpu::visit_float<RmsNormBackward>(op.x.dtype(), [&](auto zero) { backward<decltype(zero)>(stream, op); });
}

} // namespace triptych
