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

std::vector<unsigned char>& scratch_memory()
{
    static std::vector<unsigned char> memory;
    return memory;
}

/// Of the bytes behind the scratch.
std::ptrdiff_t written_behind()
{
    return std::count_if(scratch_memory().end() - static_cast<std::ptrdiff_t>(kBehind), scratch_memory().end(),
                         [](unsigned char byte) { return byte != kUntouched; });
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
    scratch_memory().assign(bytes + kBehind, kUntouched);
    return scratch_memory().data();
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

template <class In>
Part whole(const Gemm<In, float>& g)
{
    return {.row = 0, .end_row = g.m, .column = 0, .end_column = g.n};
}
void floats_in_many(const Gemm<float>& g)
{
    many::multiply_part<many::FloatWords>(g, whole(g));
}
void floats_in_few(const Gemm<float>& g)
{
    few::multiply_part<few::FloatWords>(g, whole(g));
}
void pairs_in_many(const Gemm<bfloat16, float>& g)
{
    many::multiply_part<many::PairWords>(g, whole(g));
}
void pairs_in_few(const Gemm<bfloat16, float>& g)
{
    few::multiply_part<few::PairWords>(g, whole(g));
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

using test::for_all_kinds;
using test::Problem;

/// Rows that are whole groups, whole vectors, and neither; tiles of every height and width; sums in parts.
constexpr std::array<std::array<std::int64_t, 3>, 9> kShapes = {{{305, 37, 130},
                                                                 {131, 18, 390},
                                                                 {20, 100, 33},
                                                                 {12, 16, 48},
                                                                 {13, 5, 129},
                                                                 {5, 7, 700},
                                                                 {1, 1, 1},
                                                                 {29, 60, 17},
                                                                 {2100, 9, 64}}};

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
                EXPECT_EQ(written_behind(), 0) << "behind the scratch of " << m << " x " << n << " x " << k;
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
            EXPECT_EQ(written_behind(), 0) << "behind the scratch of " << m << " x " << n << " x " << k;
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

} // namespace
} // namespace triptych::cpu
#endif
