// Sum of squares on the CPU, in double, over blocks of fixed size: the same bits for any number of threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/reduce.h"

#include "kernels/cpu/parallel.h"
#include "kernels/cpu/simd.h"
#include "kernels/cpu/visit.h"

#include <algorithm>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/reduce.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// Squares of gradients leave the range of float early (1e-20 squared is gone), hence double from the start.
double squares_in_double(const float* x, std::int64_t n)
{
    const hn::ScalableTag<double> d;
    const hn::Rebind<float, decltype(d)> narrow;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
    const auto at = [&](std::int64_t i) HWY_ATTR { return hn::PromoteTo(d, hn::LoadU(narrow, x + i)); };
    std::int64_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
        const auto a = at(i), b = at(i + lanes), c = at(i + 2 * lanes), e = at(i + 3 * lanes);
        s0 = hn::MulAdd(a, a, s0);
        s1 = hn::MulAdd(b, b, s1);
        s2 = hn::MulAdd(c, c, s2);
        s3 = hn::MulAdd(e, e, s3);
    }
    double sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
    for (; i < n; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    return sum;
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace triptych {

namespace cpu {
namespace {

HWY_EXPORT(squares_in_double);

double block_sum(const float* x, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(squares_in_double)(x, n);
}
double block_sum(const double* x, std::int64_t n)
{
    return sum_of_squares(x, n);
}

} // namespace
} // namespace cpu

namespace {

constexpr std::int64_t kBlock = 65536; ///< values of one partial sum

template <class T>
void sum_of_blocks(Stream& stream, const SumOfSquares& op)
{
    const std::int64_t n = op.x.size(0);
    const std::int64_t blocks = (n + kBlock - 1) / kBlock;
    auto* sums = static_cast<double*>(stream.scratch(static_cast<std::size_t>(blocks) * sizeof(double)));
    cpu::parallel_for(stream, blocks, [&](std::int64_t b) {
        sums[b] = cpu::block_sum(op.x.as<T>() + b * kBlock, std::min(kBlock, n - b * kBlock));
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
#endif
