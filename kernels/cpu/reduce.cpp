// Sum of squares on the CPU, in double, over blocks of fixed size: the same bits for any number of threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/reduce.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::int64_t kBlock = 65536; ///< values of one partial sum

template <class T>
void sum_of_blocks(Stream& stream, const SumOfSquares& op)
{
    const std::int64_t n = op.x.size(0);
    const std::int64_t blocks = (n + kBlock - 1) / kBlock;
    auto* sums = static_cast<double*>(stream.scratch(static_cast<std::size_t>(blocks) * sizeof(double)));
    cpu::parallel_for(stream, blocks, [&](std::int64_t b) {
        sums[b] = cpu::sum_of_squares(op.x.as<T>() + b * kBlock, std::min(kBlock, n - b * kBlock));
    });
    double total = 0;
    for (std::int64_t b = 0; b < blocks; ++b) total += sums[b];
    *op.result.as<double>() = total;
}

} // namespace

void launch(Cpu, Stream& stream, const SumOfSquares& op)
{
    cpu::visit_float<SumOfSquares>(op.x.dtype(), [&](auto zero) { sum_of_blocks<decltype(zero)>(stream, op); });
}

} // namespace triptych
