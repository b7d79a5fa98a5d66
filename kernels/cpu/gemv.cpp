// Products with few rows, compiled once per kind of vector; the widest that the CPU has is picked at run time
// (Highway).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemv.h"

#include "kernels/cpu/parallel.h"

#include <algorithm>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/cpu/gemv.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
// clang-format on

#ifndef TRIPTYCH_CPU_GEMV_ONCE
#define TRIPTYCH_CPU_GEMV_ONCE
#define GEMV_UNROLL _Pragma("GCC unroll 16")
#endif

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

constexpr std::int64_t kLanes = hn::MaxLanes(Floats());

/// What is added to the sums of row i; nothing for beta 0.
template <class Weight>
HWY_INLINE const float* addend_row(const Gemv<Weight>& g, std::int64_t i)
{
    if (g.beta == 0) return nullptr;
    return g.addend ? g.addend + i * g.ld_addend : g.c + i * g.ldc;
}

/// Asks for weights a page ahead. The CPU's own prefetching ends with each page: without this memory is read a quarter
/// slower.
HWY_INLINE void prefetch(const void* weights)
{
    constexpr std::uintptr_t kAhead = 4096;
    __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<std::uintptr_t>(weights) + kAhead));
}

/// R rows of A with J rows of weights, which are vectors of the sum here.
template <int R, int J, class Weight>
struct Dots {
    const float* a[R];
    const Weight* b[J];
    Vector sum[R][J];

    HWY_INLINE void add(int j, const Vector (&x)[R], Vector w)
    {
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) sum[r][j] = hn::MulAdd(x[r], w, sum[r][j]);
    }
    HWY_INLINE void vector_at(std::int64_t l)
    {
        Vector x[R];
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) x[r] = load(a[r] + l);
        GEMV_UNROLL
        for (int j = 0; j < J; ++j) {
            prefetch(b[j] + l);
            add(j, x, load(b[j] + l));
        }
    }
    HWY_INLINE void tail_at(std::int64_t l, std::size_t count)
    {
        Vector x[R];
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) x[r] = load_tail(a[r] + l, count);
        GEMV_UNROLL
        for (int j = 0; j < J; ++j) add(j, x, load_tail(b[j] + l, count));
    }
#if HWY_TARGET != HWY_SCALAR
    /// A vector of pairs of bfloat16: the even ones are words shifted up, the odd ones words with the rest cleared,
    /// cheaper than to spread them. A is split alike, once for all J.
    HWY_INLINE void pairs_at(std::int64_t l)
    {
        const Floats d;
        const Words w;
        Vector even[R];
        Vector odd[R];
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) {
            const Vector lower = load(a[r] + l);
            const Vector upper = load(a[r] + l + kLanes);
            even[r] = hn::ConcatEven(d, upper, lower);
            odd[r] = hn::ConcatOdd(d, upper, lower);
        }
        GEMV_UNROLL
        for (int j = 0; j < J; ++j) {
            prefetch(b[j] + l);
            const auto words = hn::LoadU(w, reinterpret_cast<const std::uint32_t*>(b[j] + l));
            add(j, even, hn::BitCast(d, hn::ShiftLeft<16>(words)));
            add(j, odd, hn::BitCast(d, hn::And(words, hn::Set(w, 0xFFFF0000))));
        }
    }
#endif
    HWY_INLINE void run(std::int64_t k)
    {
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) {
            GEMV_UNROLL
            for (int j = 0; j < J; ++j) sum[r][j] = hn::Zero(Floats());
        }
        std::int64_t l = 0;
#if HWY_TARGET != HWY_SCALAR
        if constexpr (sizeof(Weight) == sizeof(bfloat16))
            for (; l + 2 * kLanes <= k; l += 2 * kLanes) pairs_at(l);
#endif
        for (; l + kLanes <= k; l += kLanes) vector_at(l);
        if (l < k) tail_at(l, static_cast<std::size_t>(k - l));
    }
};

#undef GEMV_FOUR_SUMS
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3
#define GEMV_FOUR_SUMS 1
using FourFloats = hn::Full128<float>;

/// The sums of four vectors of 16 lanes. Each is folded in the order of SumOfLanes, so in its bits, but four at once: a
/// product of a token ends in a sum for every few hundred bytes of weights.
HWY_INLINE hn::Vec<FourFloats> four_sums(const Vector (&v)[4])
{
    const Floats d;
    const auto halves = [&](Vector a, Vector b) {
        return hn::Add(hn::ConcatLowerLower(d, b, a), hn::ConcatUpperUpper(d, b, a));
    };
    const auto quarters = [&](Vector ab) { return hn::Add(ab, hn::SwapAdjacentBlocks(ab)); };
    const Vector ab = quarters(halves(v[0], v[1])); // blocks of 4 lanes: 0 0 1 1
    const Vector cd = quarters(halves(v[2], v[3])); //                    2 2 3 3
    Vector sums = hn::OddEvenBlocks(cd, ab);        //                    0 2 1 3
    sums = hn::Add(sums, hn::Shuffle1032(sums));
    sums = hn::Add(sums, hn::Shuffle2301(sums));
    HWY_ALIGN static constexpr std::int32_t kFirstOfBlock[16] = {0, 8, 4, 12};
    const Vector packed = hn::TableLookupLanes(sums, hn::SetTableIndices(d, kFirstOfBlock));
    return hn::LowerHalf(FourFloats(), hn::LowerHalf(hn::Half<Floats>(), packed));
}
#endif

template <int R, int J, class Weight>
HWY_INLINE void dot_tile(const Gemv<Weight>& g, std::int64_t i, std::int64_t j)
{
    Dots<R, J, Weight> dots;
    for (int r = 0; r < R; ++r) dots.a[r] = g.a + g.a_rows(i + r) * g.lda;
    for (int c = 0; c < J; ++c) dots.b[c] = g.b + (j + c) * g.ldb;
    dots.run(g.k);
    GEMV_UNROLL
    for (int r = 0; r < R; ++r) {
        const float* addend = addend_row(g, i + r);
        float* out = g.c + (i + r) * g.ldc + j;
#if defined(GEMV_FOUR_SUMS)
        if constexpr (J == 4) {
            const FourFloats four;
            auto values = hn::Mul(hn::Set(four, g.alpha), four_sums(dots.sum[r]));
            if (addend) values = hn::Add(values, hn::Mul(hn::Set(four, g.beta), hn::LoadU(four, addend + j)));
            hn::StoreU(values, four, out);
            continue;
        }
#endif
        GEMV_UNROLL
        for (int c = 0; c < J; ++c) {
            const float value = g.alpha * hn::GetLane(hn::SumOfLanes(Floats(), dots.sum[r][c]));
            out[c] = addend ? value + g.beta * addend[j + c] : value;
        }
    }
}

/// All rows of A with J rows of weights, which stay in the nearest cache between them.
template <int J, class Weight>
HWY_INLINE void dot_rows(const Gemv<Weight>& g, std::int64_t j)
{
    std::int64_t i = 0;
    for (; i + 4 <= g.m; i += 4) dot_tile<4, J>(g, i, j);
    if (i + 2 <= g.m) {
        dot_tile<2, J>(g, i, j);
        i += 2;
    }
    if (i < g.m) dot_tile<1, J>(g, i, j);
}

/// op(B) [n, k]: dot products.
template <class Weight>
HWY_NOINLINE void dot_columns(const Gemv<Weight>& g, std::int64_t first, std::int64_t end)
{
    std::int64_t j = first;
    for (; j + 4 <= end; j += 4) dot_rows<4>(g, j);
    for (; j < end; ++j) dot_rows<1>(g, j);
}

/// R rows of A with C vectors of columns, the last of which has `last` of them.
template <int R, int C, class Weight>
HWY_INLINE void sum_tile(const Gemv<Weight>& g, std::int64_t i, std::int64_t j, std::size_t last)
{
    const bool whole = last == static_cast<std::size_t>(kLanes);
    const float* a[R];
    Vector sum[R][C];
    GEMV_UNROLL
    for (int r = 0; r < R; ++r) {
        a[r] = g.a + g.a_rows(i + r) * g.lda;
        GEMV_UNROLL
        for (int c = 0; c < C; ++c) sum[r][c] = hn::Zero(Floats());
    }
    for (std::int64_t l = 0; l < g.k; ++l) {
        const Weight* b = g.b + l * g.ldb + j;
        Vector w[C];
        GEMV_UNROLL
        for (int c = 0; c < C; ++c) w[c] = c < C - 1 || whole ? load(b + c * kLanes) : load_tail(b + c * kLanes, last);
        GEMV_UNROLL
        for (int r = 0; r < R; ++r) {
            const Vector x = hn::Set(Floats(), a[r][l]);
            GEMV_UNROLL
            for (int c = 0; c < C; ++c) sum[r][c] = hn::MulAdd(x, w[c], sum[r][c]);
        }
    }
    const Vector alpha = hn::Set(Floats(), g.alpha);
    const Vector beta = hn::Set(Floats(), g.beta);
    GEMV_UNROLL
    for (int r = 0; r < R; ++r) {
        const float* addend = addend_row(g, i + r);
        float* out = g.c + (i + r) * g.ldc + j;
        GEMV_UNROLL
        for (int c = 0; c < C; ++c) {
            const bool part = c == C - 1 && !whole;
            Vector value = hn::Mul(alpha, sum[r][c]);
            if (addend) {
                const float* from = addend + j + c * kLanes;
                value = hn::MulAdd(beta, part ? load_tail(from, last) : load(from), value);
            }
            if (part)
                store_tail(value, out + c * kLanes, last);
            else
                store(value, out + c * kLanes);
        }
    }
}

template <int C, class Weight>
HWY_INLINE void sum_rows(const Gemv<Weight>& g, std::int64_t j, std::int64_t last)
{
    const auto lanes = static_cast<std::size_t>(last);
    std::int64_t i = 0;
    for (; i + 4 <= g.m; i += 4) sum_tile<4, C>(g, i, j, lanes);
    if (i + 2 <= g.m) {
        sum_tile<2, C>(g, i, j, lanes);
        i += 2;
    }
    if (i < g.m) sum_tile<1, C>(g, i, j, lanes);
}

/// B [k, n]: rows of weights times values of A, summed in registers.
template <class Weight>
HWY_NOINLINE void sum_columns(const Gemv<Weight>& g, std::int64_t first, std::int64_t end)
{
    std::int64_t j = first;
    for (; j + 4 * kLanes <= end; j += 4 * kLanes) sum_rows<4>(g, j, kLanes);
    for (; j < end; j += kLanes) sum_rows<1>(g, j, std::min(kLanes, end - j));
}

void float_columns(const Gemv<float>& g, std::int64_t first, std::int64_t end)
{
    g.transpose_b == Transpose::Yes ? dot_columns(g, first, end) : sum_columns(g, first, end);
}
void bfloat16_columns(const Gemv<bfloat16>& g, std::int64_t first, std::int64_t end)
{
    g.transpose_b == Transpose::Yes ? dot_columns(g, first, end) : sum_columns(g, first, end);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace triptych::cpu {
namespace {

HWY_EXPORT(float_columns);
HWY_EXPORT(bfloat16_columns);

/// Weights that are worth a thread: to wake one and wait for it takes as long as to read this many bytes.
constexpr std::int64_t kGrainBytes = std::int64_t{96} << 10;
/// Columns of a cache line of C, which no two threads share.
constexpr std::int64_t kUnit = 16;

template <class Weight>
void on_all_threads(const Stream& stream, const Gemv<Weight>& g)
{
    const std::int64_t bytes = g.n * g.k * static_cast<std::int64_t>(sizeof(Weight));
    const std::int64_t threads = std::min<std::int64_t>(threads_for(stream, bytes, kGrainBytes), g.n / kUnit);
    if (threads < 2) return gemv_columns(g, 0, g.n);
    const std::int64_t step = ((g.n + threads - 1) / threads + kUnit - 1) / kUnit * kUnit;
    parallel_for(stream, threads,
                 [&](std::int64_t t) { gemv_columns(g, std::min(g.n, t * step), std::min(g.n, (t + 1) * step)); });
}

} // namespace

void gemv(const Stream& stream, const Gemv<float>& product)
{
    on_all_threads(stream, product);
}
void gemv(const Stream& stream, const Gemv<bfloat16>& product)
{
    on_all_threads(stream, product);
}
void gemv_columns(const Gemv<float>& product, std::int64_t first, std::int64_t end)
{
    HWY_DYNAMIC_DISPATCH(float_columns)(product, first, end);
}
void gemv_columns(const Gemv<bfloat16>& product, std::int64_t first, std::int64_t end)
{
    HWY_DYNAMIC_DISPATCH(bfloat16_columns)(product, first, end);
}

} // namespace triptych::cpu
#endif
