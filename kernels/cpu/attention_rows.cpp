// The rows of attention for each kind of vector; the best that the CPU has is picked at run time (Highway), and the
// rounding to bfloat16 of AVX512-BF16 where it has that.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/attention_rows.h"

#include "kernels/cpu/gemm.h"

#include <algorithm>
#include <limits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/attention_rows.cpp"
// Differs too little from the next one.
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
#include "kernels/cpu/exp-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

#include "kernels/cpu/attention_rows-inl.h"

void softmax_floats(const SoftmaxTile<float>& tile)
{
    softmax_of_tile<AnyCpu>(tile);
}
void softmax_halves(const SoftmaxTile<bfloat16>& tile)
{
    softmax_of_tile<AnyCpu>(tile);
}
void gradients_floats(const GradientTile<float>& tile)
{
    gradients_of_tile<AnyCpu>(tile);
}
void gradients_halves(const GradientTile<bfloat16>& tile)
{
    gradients_of_tile<AnyCpu>(tile);
}
void scale_floats(const ScaledRows<float>& rows)
{
    scale_of_rows<AnyCpu>(rows);
}
void scale_halves(const ScaledRows<bfloat16>& rows)
{
    scale_of_rows<AnyCpu>(rows);
}

template <class T>
HWY_INLINE void dots_of(const T* x, const T* y, std::int64_t stride, std::int64_t rows, std::int64_t n, float* delta)
{
    const Floats d;
    for (std::int64_t r = 0; r < rows; ++r, x += stride, y += stride) {
        auto sum = hn::Zero(d);
        std::int64_t i = 0;
        for (; i + kLanes <= n; i += kLanes) sum = hn::MulAdd(load(x + i), load(y + i), sum);
        const auto rest = static_cast<std::size_t>(n - i);
        if (rest > 0) sum = hn::MulAdd(load_tail(x + i, rest), load_tail(y + i, rest), sum);
        delta[r] = hn::GetLane(hn::SumOfLanes(d, sum));
    }
}
void dots_floats(const float* x, const float* y, std::int64_t stride, std::int64_t rows, std::int64_t n, float* delta)
{
    dots_of(x, y, stride, rows, n, delta);
}
void dots_halves(const bfloat16* x, const bfloat16* y, std::int64_t stride, std::int64_t rows, std::int64_t n,
                 float* delta)
{
    dots_of(x, y, stride, rows, n, delta);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_TARGET == HWY_AVX3
// What rounds to bfloat16 once more, with the instruction of AVX512-BF16.
HWY_BEFORE_NAMESPACE();
#pragma GCC push_options
#pragma GCC target("avx512bf16")
namespace triptych::cpu::HWY_NAMESPACE::rounding {
namespace {

#include "kernels/cpu/attention_rows-inl.h"

void softmax(const SoftmaxTile<bfloat16>& tile)
{
    softmax_of_tile<RoundingCpu>(tile);
}
void gradients(const GradientTile<bfloat16>& tile)
{
    gradients_of_tile<RoundingCpu>(tile);
}
void scale(const ScaledRows<bfloat16>& rows)
{
    scale_of_rows<RoundingCpu>(rows);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE::rounding
#pragma GCC pop_options
HWY_AFTER_NAMESPACE();
#endif

#if HWY_ONCE
namespace triptych::cpu {

HWY_EXPORT(softmax_floats);
HWY_EXPORT(softmax_halves);
HWY_EXPORT(gradients_floats);
HWY_EXPORT(gradients_halves);
HWY_EXPORT(scale_floats);
HWY_EXPORT(scale_halves);
HWY_EXPORT(dots_floats);
HWY_EXPORT(dots_halves);

void softmax_rows(const SoftmaxTile<float>& tile)
{
    HWY_DYNAMIC_DISPATCH(softmax_floats)(tile);
}
void softmax_rows(const SoftmaxTile<bfloat16>& tile)
{
    if (has_bfloat16_products()) return N_AVX3::rounding::softmax(tile);
    HWY_DYNAMIC_DISPATCH(softmax_halves)(tile);
}
void score_gradients(const GradientTile<float>& tile)
{
    HWY_DYNAMIC_DISPATCH(gradients_floats)(tile);
}
void score_gradients(const GradientTile<bfloat16>& tile)
{
    if (has_bfloat16_products()) return N_AVX3::rounding::gradients(tile);
    HWY_DYNAMIC_DISPATCH(gradients_halves)(tile);
}
void scale_rows(const ScaledRows<float>& rows)
{
    HWY_DYNAMIC_DISPATCH(scale_floats)(rows);
}
void scale_rows(const ScaledRows<bfloat16>& rows)
{
    if (has_bfloat16_products()) return N_AVX3::rounding::scale(rows);
    HWY_DYNAMIC_DISPATCH(scale_halves)(rows);
}
void dots_of_rows(const float* x, const float* y, std::int64_t stride, std::int64_t rows, std::int64_t n, float* delta)
{
    HWY_DYNAMIC_DISPATCH(dots_floats)(x, y, stride, rows, n, delta);
}
void dots_of_rows(const bfloat16* x, const bfloat16* y, std::int64_t stride, std::int64_t rows, std::int64_t n,
                  float* delta)
{
    HWY_DYNAMIC_DISPATCH(dots_halves)(x, y, stride, rows, n, delta);
}

} // namespace triptych::cpu
#endif
