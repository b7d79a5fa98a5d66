// The engine in the shapes that it has for many and for few registers, each with all vectors that this machine has:
// what it does for AVX-512 is run where there is none, with a scratch that ends where it says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm_part.h"
#include "tests/support/gemm_problem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tests/kernels/cpu/gemm_shapes_test.cpp"
#define HWY_DISABLED_TARGETS HWY_SSSE3
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "kernels/cpu/vectors-inl.h"
#include "kernels/cpu/gemm_target-inl.h"
// clang-format on

#ifndef TRIPTYCH_GEMM_SHAPES_ONCE
#define TRIPTYCH_GEMM_SHAPES_ONCE
namespace triptych::cpu {
namespace {

constexpr std::size_t kBehind = 1 << 16;
constexpr unsigned char kUntouched = 0xA5;
constexpr std::uint32_t kUnpacked = 0x7FC0A5A5; // as a float not a number

/// The scratch of the last product, and what was written behind those before it.
struct Scratch {
    std::vector<unsigned char> memory;
    std::ptrdiff_t behind_before = 0;

    std::ptrdiff_t written_behind() const
    {
        if (memory.empty()) return behind_before;
        const auto written = [](unsigned char byte) { return byte != kUntouched; };
        return behind_before +
               std::count_if(memory.end() - static_cast<std::ptrdiff_t>(kBehind), memory.end(), written);
    }
    void* take(std::size_t bytes)
    {
        behind_before = written_behind();
        memory.assign(bytes + kBehind, kUntouched);
        return memory.data();
    }
};

Scratch& scratch()
{
    static Scratch all;
    return all;
}

} // namespace
} // namespace triptych::cpu
#endif

HWY_BEFORE_NAMESPACE();
namespace triptych::cpu::HWY_NAMESPACE {
namespace {

/// Found before the kernels' own: not a byte more than is asked for.
void* thread_scratch(std::size_t bytes)
{
    return scratch().take(bytes);
}

// clang-format off
#define GEMM_ROUND to_halves
namespace many {
#define GEMM_VECTORS 4
constexpr int kSums = 24;
constexpr std::int64_t kPanel = GEMM_VECTORS * GEMM_LANES;
#include "kernels/cpu/gemm_pack-inl.h"
#include "kernels/cpu/gemm_engine-inl.h"
#include "kernels/cpu/gemm_words-inl.h"
#undef GEMM_VECTORS
} // namespace many

namespace few {
#define GEMM_VECTORS 2
constexpr int kSums = 12;
constexpr std::int64_t kPanel = GEMM_VECTORS * GEMM_LANES;
#include "kernels/cpu/gemm_pack-inl.h"
#include "kernels/cpu/gemm_engine-inl.h"
#include "kernels/cpu/gemm_words-inl.h"
#undef GEMM_VECTORS
} // namespace few
#undef GEMM_ROUND
// clang-format on

/// Words are pairs of bfloat16, multiplied by what every CPU has: the loops of dot products without the instruction.
struct PairWords {
    template <class In>
    using Element = In;
    static HWY_INLINE Vector multiply_add(Vector a, Vector b, Vector sum)
    {
        const Floats d;
        const Words w;
        const auto lower = [d, w](Vector v) HWY_ATTR { return hn::BitCast(d, hn::ShiftLeft<16>(hn::BitCast(w, v))); };
        const auto upper = [d, w](Vector v)
                               HWY_ATTR { return hn::BitCast(d, hn::And(hn::BitCast(w, v), hn::Set(w, 0xFFFF0000))); };
        return hn::MulAdd(upper(a), upper(b), hn::MulAdd(lower(a), lower(b), sum));
    }
    template <class Out>
    static HWY_INLINE void store_vector(Vector v, Out* out)
    {
        store(v, out);
    }
};

/// As threads share a product: some rows and a panel, and what is left of both.
template <class In, class Multiply>
void in_parts(const Gemm<In, float>& g, std::int64_t panel, Multiply&& multiply)
{
    const std::int64_t row = std::min<std::int64_t>(13, g.m), column = std::min(panel, g.n);
    for (const Part& part :
         {Part{0, row, 0, column}, Part{row, g.m, 0, column}, Part{0, row, column, g.n}, Part{row, g.m, column, g.n}})
        if (part.row < part.end_row && part.column < part.end_column) multiply(g, part);
}
/// B by way of a packed copy, which `pack` writes.
template <class In, class Pack, class Multiply>
void packed_first(Gemm<In, float> g, std::int64_t lanes, Pack&& pack, Multiply&& multiply)
{
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(In);
    const std::int64_t words = (g.n + lanes - 1) / lanes * lanes * ((g.k + kPerWord - 1) / kPerWord);
    std::vector<std::uint32_t> packed(static_cast<std::size_t>(words) + kBehind, kUnpacked);
    pack(g.transpose_b, g.b, g.ldb, g.n, g.k, packed.data());
    EXPECT_EQ(std::count(packed.begin() + words, packed.end(), kUnpacked), static_cast<std::ptrdiff_t>(kBehind))
        << "behind a packed " << g.k << " x " << g.n;
    g.b = nullptr;
    g.b_packed = packed.data();
    multiply(g);
}

void floats_in_many(const Gemm<float>& g)
{
    in_parts(g, many::kPanel,
             [](const auto& all, const Part& part) { many::multiply_part<many::FloatWords>(all, part); });
}
void floats_in_few(const Gemm<float>& g)
{
    in_parts(g, few::kPanel, [](const auto& all, const Part& part) { few::multiply_part<few::FloatWords>(all, part); });
}
void pairs_in_many(const Gemm<bfloat16, float>& g)
{
    in_parts(g, many::kPanel, [](const auto& all, const Part& part) { many::multiply_part<PairWords>(all, part); });
}
void pairs_in_few(const Gemm<bfloat16, float>& g)
{
    in_parts(g, few::kPanel, [](const auto& all, const Part& part) { few::multiply_part<PairWords>(all, part); });
}

void wide_in_many(const Gemm<bfloat16, float>& g)
{
    in_parts(g, many::kPanel,
             [](const auto& all, const Part& part) { many::multiply_part<many::FloatWords>(all, part); });
}
void wide_in_few(const Gemm<bfloat16, float>& g)
{
    in_parts(g, few::kPanel, [](const auto& all, const Part& part) { few::multiply_part<few::FloatWords>(all, part); });
}

void packed_floats_in_many(const Gemm<float>& g)
{
    packed_first(g, GEMM_LANES, many::pack_unchanged<float>, floats_in_many);
}
void packed_floats_in_few(const Gemm<float>& g)
{
    packed_first(g, GEMM_LANES, few::pack_unchanged<float>, floats_in_few);
}
void packed_pairs_in_many(const Gemm<bfloat16, float>& g)
{
    packed_first(g, GEMM_LANES, many::pack_unchanged<bfloat16>, pairs_in_many);
}
void packed_pairs_in_few(const Gemm<bfloat16, float>& g)
{
    packed_first(g, GEMM_LANES, few::pack_unchanged<bfloat16>, pairs_in_few);
}
void packed_wide_in_many(const Gemm<bfloat16, float>& g)
{
    packed_first(g, GEMM_LANES, many::pack_unchanged<bfloat16>, wide_in_many);
}
void packed_wide_in_few(const Gemm<bfloat16, float>& g)
{
    packed_first(g, GEMM_LANES, few::pack_unchanged<bfloat16>, wide_in_few);
}

} // namespace
} // namespace triptych::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "tests/support/row_test.h"

namespace triptych::cpu {
namespace {

HWY_EXPORT(floats_in_many);
HWY_EXPORT(floats_in_few);
HWY_EXPORT(pairs_in_many);
HWY_EXPORT(pairs_in_few);
HWY_EXPORT(wide_in_many);
HWY_EXPORT(wide_in_few);
HWY_EXPORT(packed_floats_in_many);
HWY_EXPORT(packed_floats_in_few);
HWY_EXPORT(packed_pairs_in_many);
HWY_EXPORT(packed_pairs_in_few);
HWY_EXPORT(packed_wide_in_many);
HWY_EXPORT(packed_wide_in_few);

using test::for_all_kinds;
using test::Problem;

/// Rows that are whole groups, whole vectors, and neither; tiles of every height and width; sums in parts; whole
/// vectors of columns, which are read where they lie.
constexpr std::array<std::array<std::int64_t, 3>, 11> kShapes = {{{305, 37, 130},
                                                                  {131, 18, 390},
                                                                  {20, 100, 33},
                                                                  {12, 16, 48},
                                                                  {13, 5, 129},
                                                                  {5, 7, 700},
                                                                  {1, 1, 1},
                                                                  {29, 60, 17},
                                                                  {2100, 9, 64},
                                                                  {37, 48, 390},
                                                                  {20, 208, 131}}};

template <class Multiply>
void match_naive_sums(Multiply&& multiply)
{
    for (const auto& [m, n, k] : kShapes)
        for_all_kinds([&, m = m, n = n, k = k](Transpose ta, Transpose tb) {
            for (const float beta : {0.0F, 1.0F}) {
                Problem<float> problem(ta, tb, m, n, k, 7);
                problem.product.beta = beta;
                multiply(problem.product);
                problem.expect_result(7);
                EXPECT_EQ(scratch().written_behind(), 0) << "behind the scratch of " << m << " x " << n << " x " << k;
            }
        });
}

/// Values that bfloat16 has exactly, so that pairs give what floats do.
template <class Multiply>
void match_exact_sums(Multiply&& multiply)
{
    for (const auto& [m, n, k] : kShapes)
        for_all_kinds([&, m = m, n = n, k = k](Transpose ta, Transpose tb) {
            Problem<float> problem(ta, tb, m, n, k, 7);
            std::vector<bfloat16> a, b;
            for (float& value : problem.a) a.emplace_back(value = std::round(4 * value) / 4);
            for (float& value : problem.b) b.emplace_back(value = std::round(4 * value) / 4);
            const Gemm<float>& same = problem.product;
            const Gemm<bfloat16, float> product{.transpose_a = ta,
                                                .transpose_b = tb,
                                                .m = m,
                                                .n = n,
                                                .k = k,
                                                .a = a.data(),
                                                .lda = same.lda,
                                                .b = b.data(),
                                                .ldb = same.ldb,
                                                .c = same.c,
                                                .ldc = same.ldc};
            multiply(product);
            problem.expect_result(7);
            EXPECT_EQ(scratch().written_behind(), 0) << "behind the scratch of " << m << " x " << n << " x " << k;
        });
}

using GemmShapes = test::TargetTest;
INSTANTIATE_TEST_SUITE_P(, GemmShapes, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

TEST_P(GemmShapes, OfManyAndOfFewRegistersMatchNaiveSums)
{
    match_naive_sums([](const Gemm<float>& g) { HWY_DYNAMIC_DISPATCH(floats_in_many)(g); });
    match_naive_sums([](const Gemm<float>& g) { HWY_DYNAMIC_DISPATCH(floats_in_few)(g); });
}

TEST_P(GemmShapes, OfManyAndOfFewRegistersMultiplyPairs)
{
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(pairs_in_many)(g); });
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(pairs_in_few)(g); });
}

TEST_P(GemmShapes, OfManyAndOfFewRegistersWidenBfloat16)
{
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(wide_in_many)(g); });
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(wide_in_few)(g); });
}

TEST_P(GemmShapes, OfManyAndOfFewRegistersReadPackedFloats)
{
    match_naive_sums([](const Gemm<float>& g) { HWY_DYNAMIC_DISPATCH(packed_floats_in_many)(g); });
    match_naive_sums([](const Gemm<float>& g) { HWY_DYNAMIC_DISPATCH(packed_floats_in_few)(g); });
}

TEST_P(GemmShapes, OfManyAndOfFewRegistersReadPackedPairs)
{
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(packed_pairs_in_many)(g); });
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(packed_pairs_in_few)(g); });
}

TEST_P(GemmShapes, OfManyAndOfFewRegistersWidenPackedPairs)
{
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(packed_wide_in_many)(g); });
    match_exact_sums([](const Gemm<bfloat16, float>& g) { HWY_DYNAMIC_DISPATCH(packed_wide_in_few)(g); });
}

} // namespace
} // namespace triptych::cpu
#endif
