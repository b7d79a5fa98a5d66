// AdamW on the CPU: one pass over weight, gradient and both moments.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"

#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "kernels/cpu/visit.h"
#include "kernels/ops/pack_weights.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/adamw.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// clang-format on

#ifndef TRIPTYCH_CPU_ADAMW_ONCE
#define TRIPTYCH_CPU_ADAMW_ONCE
namespace triptych::cpu {
namespace {

/// The numbers of one update in the type of the weights.
template <class T>
struct AdamW {
    T gradient_scale;
    T beta1;
    T rest1; ///< 1 - beta1
    T beta2;
    T rest2;
    T correction1; ///< 1 - beta1^step
    T correction2;
    T eps;
    T learning_rate;
    T weight_decay;
};

/// One weight; the vector code below computes the same expressions in the same order, so the bits are the same.
template <class T>
void update_one(const AdamW<T>& a, T* weight, T gradient, T* first, T* second)
{
    const T g = gradient * a.gradient_scale;
    const T m = a.beta1 * *first + a.rest1 * g;
    const T v = a.beta2 * *second + a.rest2 * g * g;
    *first = m;
    *second = v;
    const T step = m / a.correction1 / (std::sqrt(v / a.correction2) + a.eps) + a.weight_decay * *weight;
    *weight -= a.learning_rate * step;
}

} // namespace
} // namespace triptych::cpu
#endif

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// Values ahead that memory is asked for: four streams, and what the CPU fetches by itself ends with each page.
constexpr std::int64_t kAhead = 512;

/// Without fused multiply-add: the same bits on every CPU cost nothing here, memory is the limit.
void adamw_vectors(const AdamW<float>& a, float* weight, const float* gradient, float* first, float* second,
                   std::int64_t n)
{
    const hn::ScalableTag<float> d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    const auto all = [d](float value) HWY_ATTR { return hn::Set(d, value); };
    const auto scale = all(a.gradient_scale), beta1 = all(a.beta1), rest1 = all(a.rest1), beta2 = all(a.beta2),
               rest2 = all(a.rest2), correction1 = all(a.correction1), correction2 = all(a.correction2),
               eps = all(a.eps), rate = all(a.learning_rate), decay = all(a.weight_decay);
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        __builtin_prefetch(weight + i + kAhead, 1);
        __builtin_prefetch(gradient + i + kAhead);
        __builtin_prefetch(first + i + kAhead, 1);
        __builtin_prefetch(second + i + kAhead, 1);
        const auto w = hn::LoadU(d, weight + i);
        const auto g = hn::Mul(hn::LoadU(d, gradient + i), scale);
        const auto m = hn::Add(hn::Mul(beta1, hn::LoadU(d, first + i)), hn::Mul(rest1, g));
        const auto v = hn::Add(hn::Mul(beta2, hn::LoadU(d, second + i)), hn::Mul(hn::Mul(rest2, g), g));
        hn::StoreU(m, d, first + i);
        hn::StoreU(v, d, second + i);
        const auto root = hn::Add(hn::Sqrt(hn::Div(v, correction2)), eps);
        const auto step = hn::Add(hn::Div(hn::Div(m, correction1), root), hn::Mul(decay, w));
        hn::StoreU(hn::Sub(w, hn::Mul(rate, step)), d, weight + i);
    }
    for (; i < n; ++i) update_one(a, weight + i, gradient[i], first + i, second + i);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace triptych {

namespace cpu {
namespace {

HWY_EXPORT(adamw_vectors);

void update(const AdamW<float>& a, float* weight, const float* gradient, float* first, float* second, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(adamw_vectors)(a, weight, gradient, first, second, n);
}
void update(const AdamW<double>& a, double* weight, const double* gradient, double* first, double* second,
            std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) update_one(a, weight + i, gradient[i], first + i, second + i);
}

/// 1 - beta^step by squaring; the C library's pow has other last bits on other CPUs.
double bias_correction(double beta, std::int64_t step)
{
    double power = 1.0;
    for (double square = beta; step > 0; step /= 2, square *= square)
        if (step % 2 == 1) power *= square;
    return 1.0 - power;
}

/// Blocks of rows: updated, then packed while they are in the cache.
template <class Update>
void update_and_pack(Stream& stream, const AdamWUpdate& op, Update&& update_range)
{
    const auto [experts, outputs, inputs] = op.matrices;
    const std::int64_t block = packed_columns();
    const std::int64_t blocks = (outputs + block - 1) / block;
    parallel_for(stream, experts * blocks, [&, outputs = outputs, inputs = inputs](std::int64_t task) {
        const std::int64_t expert = task / blocks;
        const std::int64_t first = task % blocks * block;
        const std::int64_t rows = std::min(block, outputs - first);
        update_range((expert * outputs + first) * inputs, rows * inputs);
        pack_rows(op.operands, op.weight.as<float>() + expert * outputs * inputs, outputs, inputs, first, rows,
                  op.packed_forward.as<std::uint8_t>() + expert * packed_bytes_forward(outputs, inputs, op.operands),
                  op.packed_backward.as<std::uint8_t>() + expert * packed_bytes_backward(outputs, inputs, op.operands));
    });
}

template <class T>
void update_all(Stream& stream, const AdamWUpdate& op)
{
    constexpr std::int64_t kPiece = 16384; // values that are worth a thread
    const auto t = [](double value) { return static_cast<T>(value); };
    const AdamW<T> a = {t(op.gradient_scale),
                        t(op.beta1),
                        t(1.0 - op.beta1),
                        t(op.beta2),
                        t(1.0 - op.beta2),
                        t(bias_correction(op.beta1, op.step)),
                        t(bias_correction(op.beta2, op.step)),
                        t(op.eps),
                        t(op.learning_rate),
                        t(op.weight_decay)};
    const auto update_range = [&](std::int64_t at, std::int64_t count) {
        update(a, op.weight.as<T>() + at, op.gradient.as<T>() + at, op.first_moment.as<T>() + at,
               op.second_moment.as<T>() + at, count);
    };
    if (op.packed_forward) {
        if constexpr (std::is_same_v<T, float>) update_and_pack(stream, op, update_range);
        return;
    }
    const std::int64_t n = op.weight.size(0);
    parallel_for(stream, (n + kPiece - 1) / kPiece,
                 [&](std::int64_t piece) { update_range(piece * kPiece, std::min(kPiece, n - piece * kPiece)); });
}

} // namespace
} // namespace cpu

void launch(Cpu, Stream& stream, const AdamWUpdate& op)
{
    cpu::visit_float<AdamWUpdate>(op.weight.dtype(), [&](auto zero) { cpu::update_all<decltype(zero)>(stream, op); });
}

} // namespace triptych
#endif
