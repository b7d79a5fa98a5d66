// The row primitives in float, compiled once per vector width; the widest that the CPU has is picked at run time
// (Highway).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/simd.h"

#include <cstring>
#include <limits>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/simd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
#include "kernels/cpu/exp-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

/// out[i] = fn(in[i]...), a vector at a time
template <class Fn, class Out, class... In>
HWY_INLINE void map(std::int64_t n, Out* out, Fn fn, const In*... in)
{
    const Floats d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) store(fn(load(in + i)...), out + i);
    const auto rest = static_cast<std::size_t>(n - i);
    if (rest > 0) store_tail(fn(load_tail(in + i, rest)...), out + i, rest);
}

/// Sum of terms: fn(acc, in[i]...) adds a term to acc and must leave it alone for zero inputs. Four running sums keep
/// the adders busy and the rounding error small.
template <class Fn, class... In>
HWY_INLINE float reduce(std::int64_t n, Fn fn, const In*... in)
{
    const Floats d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto s0 = hn::Zero(d), s1 = hn::Zero(d), s2 = hn::Zero(d), s3 = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes) {
        s0 = fn(s0, load(in + i)...);
        s1 = fn(s1, load(in + i + lanes)...);
        s2 = fn(s2, load(in + i + 2 * lanes)...);
        s3 = fn(s3, load(in + i + 3 * lanes)...);
    }
    for (; i + lanes <= n; i += lanes) s0 = fn(s0, load(in + i)...);
    const auto rest = static_cast<std::size_t>(n - i);
    if (rest > 0) s1 = fn(s1, load_tail(in + i, rest)...);
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
}

float dot_row(const float* x, const float* y, std::int64_t n)
{
    return reduce(
        n, [](Vector s, Vector a, Vector b) HWY_ATTR { return hn::MulAdd(a, b, s); }, x, y);
}
float sum_row(const float* x, std::int64_t n)
{
    return reduce(
        n, [](Vector s, Vector a) HWY_ATTR { return hn::Add(s, a); }, x);
}
double squares_row(const float* x, std::int64_t n)
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
float max_row(const float* x, std::int64_t n)
{
    const Floats d;
    constexpr float kLowest = -std::numeric_limits<float>::infinity();
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto m = hn::Set(d, kLowest);
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) m = hn::Max(m, hn::LoadU(d, x + i));
    const auto rest = static_cast<std::size_t>(n - i);
    if (rest > 0) m = hn::Max(m, load_tail(x + i, rest, kLowest));
    return hn::GetLane(hn::MaxOfLanes(d, m));
}
/// Index of the largest of n >= 1 values, the lowest of equals. Each lane finds its own first: no branch to predict.
HWY_INLINE std::int64_t index_of_largest(const float* x, std::int64_t n)
{
    const Floats d;
    const hn::RebindToSigned<Floats> integers;
    constexpr float kLowest = -std::numeric_limits<float>::infinity();
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto best = hn::Set(d, kLowest);
    auto place = hn::Zero(integers); // of the vector where the best was
    for (std::int64_t i = 0; i < n; i += lanes) {
        const auto v = i + lanes <= n ? load(x + i) : load_tail(x + i, static_cast<std::size_t>(n - i), kLowest);
        const auto better = hn::RebindMask(integers, hn::Lt(best, v));
        place = hn::IfThenElse(better, hn::Set(integers, static_cast<std::int32_t>(i)), place);
        best = hn::Max(best, v);
    }
    const auto winners = hn::RebindMask(integers, hn::Eq(best, hn::MaxOfLanes(d, best)));
    const auto nowhere = hn::Set(integers, std::numeric_limits<std::int32_t>::max());
    const auto indices = hn::IfThenElse(winners, hn::Add(place, hn::Iota(integers, 0)), nowhere);
    return hn::GetLane(hn::MinOfLanes(integers, indices));
}
/// A vector of x, with what loses against everything behind its end.
HWY_INLINE Vector load_to_end(const float* x, std::int64_t at, std::int64_t n)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    constexpr float kLowest = -std::numeric_limits<float>::infinity();
    return at + kLanes <= n ? load(x + at) : load_tail(x + at, static_cast<std::size_t>(n - at), kLowest);
}
HWY_INLINE void store_to_end(Vector v, float* x, std::int64_t at, std::int64_t n)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    if (at + kLanes <= n)
        store(v, x + at);
    else
        store_tail(v, x + at, static_cast<std::size_t>(n - at));
}

/// For as many values as a vector has lanes squared: one vector holds the largest value of each vector. A choice is a
/// chain of operations that wait for each other, so those of several rows are made in turns.
template <std::int64_t Rows>
HWY_INLINE void take_largest_of_few(float* x, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    const Floats d;
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    const auto out = hn::Set(d, -std::numeric_limits<float>::infinity());
    const auto lanes = hn::Iota(d, 0.0F);
    Vector largest[Rows];
    for (std::int64_t row = 0; row < Rows; ++row) {
        alignas(64) float first[kLanes];
        store(out, first);
        for (std::int64_t v = 0; v * kLanes < n; ++v)
            first[v] = hn::GetLane(hn::MaxOfLanes(d, load_to_end(x + row * n, v * kLanes, n)));
        largest[row] = load(first);
    }
    for (std::int64_t chosen = 0; chosen < k; ++chosen) {
        for (std::int64_t row = 0; row < Rows; ++row) {
            float* own = x + row * n;
            const auto best = hn::MaxOfLanes(d, largest[row]);
            const std::int64_t v = hn::FindFirstTrue(d, hn::Eq(largest[row], best));
            auto values = load_to_end(own, v * kLanes, n);
            const std::int64_t lane = hn::FindFirstTrue(d, hn::Eq(values, best));
            indices[row * k + chosen] = static_cast<std::int32_t>(v * kLanes + lane);
            values = hn::IfThenElse(hn::Eq(lanes, hn::Set(d, static_cast<float>(lane))), out, values);
            store_to_end(values, own, v * kLanes, n);
            largest[row] = hn::IfThenElse(hn::Eq(lanes, hn::Set(d, static_cast<float>(v))), hn::MaxOfLanes(d, values),
                                          largest[row]);
        }
    }
}

/// k passes of vector code beat one pass with a sorted list: no branch in them is hard to predict.
HWY_INLINE void take_largest_of_many(float* x, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    const auto out = hn::Set(Floats(), -std::numeric_limits<float>::infinity());
    for (std::int64_t chosen = 0; chosen < k; ++chosen) {
        const std::int64_t index = index_of_largest(x, n);
        indices[chosen] = static_cast<std::int32_t>(index);
        const std::int64_t at = index / kLanes * kLanes; // the whole vector: the next pass would wait for a part
        const auto taken = hn::Eq(hn::Iota(Floats(), 0.0F), hn::Set(Floats(), static_cast<float>(index - at)));
        store_to_end(hn::IfThenElse(taken, out, load_to_end(x, at, n)), x, at, n);
    }
}

void take_largest_rows(float* x, std::int64_t rows, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    std::int64_t row = 0;
    if (n <= kLanes * kLanes) {
        for (; row + kElections <= rows; row += kElections)
            take_largest_of_few<kElections>(x + row * n, n, k, indices + row * k);
        for (; row < rows; ++row) take_largest_of_few<1>(x + row * n, n, k, indices + row * k);
    }
    for (; row < rows; ++row) take_largest_of_many(x + row * n, n, k, indices + row * k);
}

void rankable_row(const float* x, const float* bias, float* y, std::int64_t n)
{
    const auto lowest = hn::Set(Floats(), std::numeric_limits<float>::lowest());
    const auto ranked = [lowest](Vector v) HWY_ATTR { return hn::IfThenElse(hn::Gt(v, lowest), v, lowest); };
    if (bias)
        map(
            n, y, [ranked](Vector a, Vector b) HWY_ATTR { return ranked(hn::Add(a, b)); }, x, bias);
    else
        map(n, y, ranked, x);
}

/// Each lane keeps its two largest values; among the lanes the second is the runner-up of the winner's lane, or another
/// lane's first.
float two_largest_row(const float* x, std::int64_t n)
{
    const Floats d;
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    auto first = hn::Set(d, -std::numeric_limits<float>::infinity());
    auto second = first;
    for (std::int64_t i = 0; i < n; i += kLanes) {
        const auto v = load_to_end(x, i, n);
        second = hn::Max(second, hn::Min(first, v));
        first = hn::Max(first, v);
    }
    const auto best = hn::MaxOfLanes(d, first);
    const auto winner = hn::Eq(hn::Iota(d, 0.0F), hn::Set(d, static_cast<float>(hn::FindFirstTrue(d, hn::Eq(first, best)))));
    return hn::GetLane(hn::Add(best, hn::MaxOfLanes(d, hn::IfThenElse(winner, second, first))));
}

void widen_row(const bfloat16* x, float* y, std::int64_t n)
{
    map(
        n, y, [](Vector v) HWY_ATTR { return v; }, x);
}
void narrow_row(const float* x, bfloat16* y, std::int64_t n)
{
    map(
        n, y, [](Vector v) HWY_ATTR { return v; }, x);
}

void scale_row(float factor, const float* x, float* y, std::int64_t n)
{
    const auto f = hn::Set(Floats(), factor);
    map(
        n, y, [f](Vector a) HWY_ATTR { return hn::Mul(f, a); }, x);
}
void scale_to_bfloat16_row(float factor, const float* x, bfloat16* y, std::int64_t n)
{
    const auto f = hn::Set(Floats(), factor);
    map(
        n, y, [f](Vector a) HWY_ATTR { return hn::Mul(f, a); }, x);
}
void axpy_row(float factor, const float* x, float* y, std::int64_t n)
{
    const auto f = hn::Set(Floats(), factor);
    map(
        n, y, [f](Vector a, Vector b) HWY_ATTR { return hn::MulAdd(f, a, b); }, x, y);
}
/// Rounded after the product, too: the same bits on every CPU.
void axpy_to_double_row(double factor, const float* x, double* y, std::int64_t n)
{
    const hn::ScalableTag<double> d;
    const hn::Rebind<float, decltype(d)> narrow;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    const auto f = hn::Set(d, factor);
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const auto term = hn::Mul(f, hn::PromoteTo(d, hn::LoadU(narrow, x + i)));
        hn::StoreU(hn::Add(hn::LoadU(d, y + i), term), d, y + i);
    }
    for (; i < n; ++i) y[i] += factor * static_cast<double>(x[i]);
}
void add_row(const float* x, const float* y, float* z, std::int64_t n)
{
    map(
        n, z, [](Vector a, Vector b) HWY_ATTR { return hn::Add(a, b); }, x, y);
}
void scale_shifted_row(float factor, const float* x, float shift, float* y, std::int64_t n)
{
    const auto f = hn::Set(Floats(), factor);
    const auto s = hn::Set(Floats(), shift);
    map(
        n, y, [f, s](Vector a) HWY_ATTR { return hn::Mul(f, hn::Sub(a, s)); }, x);
}
void multiply_shifted_row(const float* x, const float* y, float shift, float* z, std::int64_t n)
{
    const auto s = hn::Set(Floats(), shift);
    map(
        n, z, [s](Vector a, Vector b) HWY_ATTR { return hn::Mul(a, hn::Sub(b, s)); }, x, y);
}

float exp_shifted_sum_row(float factor, const float* x, float shift, float* y, std::int64_t n)
{
    const Floats d;
    const auto f = hn::Set(d, factor);
    const auto s = hn::Set(d, shift);
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto total = hn::Zero(d);
    std::int64_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        const auto e = exp_of<float>(hn::MulSub(f, hn::LoadU(d, x + i), s));
        hn::StoreU(e, d, y + i);
        total = hn::Add(total, e);
    }
    const auto rest = static_cast<std::size_t>(n - i);
    if (rest > 0) {
        const auto e = exp_of<float>(hn::MulSub(f, load_tail(x + i, rest), s));
        store_tail(e, y + i, rest);
        total = hn::Add(total, load_tail(y + i, rest));
    }
    return hn::GetLane(hn::SumOfLanes(d, total));
}
void sigmoid_row(const float* x, float* y, std::int64_t n)
{
    map(
        n, y, [](Vector a) HWY_ATTR { return sigmoid_of<float>(a); }, x);
}
void sigmoid_backward_row(const float* s, float* d, std::int64_t n)
{
    const auto one = hn::Set(Floats(), 1.0F);
    map(
        n, d, [one](Vector a, Vector b) HWY_ATTR { return hn::Mul(b, hn::Mul(a, hn::Sub(one, a))); }, s, d);
}
} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace triptych::cpu {

HWY_EXPORT(dot_row);
HWY_EXPORT(sum_row);
HWY_EXPORT(squares_row);
HWY_EXPORT(max_row);
HWY_EXPORT(take_largest_rows);
HWY_EXPORT(rankable_row);
HWY_EXPORT(two_largest_row);
HWY_EXPORT(widen_row);
HWY_EXPORT(narrow_row);
HWY_EXPORT(scale_row);
HWY_EXPORT(scale_to_bfloat16_row);
HWY_EXPORT(axpy_row);
HWY_EXPORT(axpy_to_double_row);
HWY_EXPORT(add_row);
HWY_EXPORT(scale_shifted_row);
HWY_EXPORT(multiply_shifted_row);
HWY_EXPORT(exp_shifted_sum_row);
HWY_EXPORT(sigmoid_row);
HWY_EXPORT(sigmoid_backward_row);

float dot(const float* x, const float* y, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(dot_row)(x, y, n);
}
float sum(const float* x, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(sum_row)(x, n);
}
double sum_of_squares(const float* x, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(squares_row)(x, n);
}
float max_value(const float* x, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(max_row)(x, n);
}
void take_largest(float* x, std::int64_t rows, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    HWY_DYNAMIC_DISPATCH(take_largest_rows)(x, rows, n, k, indices);
}
void rankable(const float* x, const float* bias, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(rankable_row)(x, bias, y, n);
}
float sum_of_two_largest(const float* x, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(two_largest_row)(x, n);
}
void scale(float factor, const float* x, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(scale_row)(factor, x, y, n);
}
void scale(float factor, const float* x, bfloat16* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(scale_to_bfloat16_row)(factor, x, y, n);
}
void axpy(float factor, const float* x, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(axpy_row)(factor, x, y, n);
}
void axpy(double factor, const float* x, double* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(axpy_to_double_row)(factor, x, y, n);
}
void add(const float* x, const float* y, float* z, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(add_row)(x, y, z, n);
}
void scale_shifted(float factor, const float* x, float shift, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(scale_shifted_row)(factor, x, shift, y, n);
}
void multiply_shifted(const float* x, const float* y, float shift, float* z, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(multiply_shifted_row)(x, y, shift, z, n);
}
float exp_shifted_sum(float factor, const float* x, float shift, float* y, std::int64_t n)
{
    return HWY_DYNAMIC_DISPATCH(exp_shifted_sum_row)(factor, x, shift, y, n);
}
void sigmoid(const float* x, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(sigmoid_row)(x, y, n);
}
void sigmoid_backward(const float* s, float* d, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(sigmoid_backward_row)(s, d, n);
}
void widen(const bfloat16* x, float* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(widen_row)(x, y, n);
}
void narrow(const float* x, bfloat16* y, std::int64_t n)
{
    HWY_DYNAMIC_DISPATCH(narrow_row)(x, y, n);
}

} // namespace triptych::cpu
#endif
