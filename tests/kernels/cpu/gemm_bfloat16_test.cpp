// Products of bfloat16: against sums in double of the same rounded values, in every transposition, packed or not, with
// rows in any order.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/rng.h"
#include "kernels/cpu/gemm.h"
#include "tests/support/gemm_problem.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace triptych::cpu {
namespace {

using Sizes = std::array<std::int64_t, 3>;
const std::vector<Sizes> kSizes = {{1, 1, 1},     {1, 37, 20}, {5, 1, 9},     {7, 13, 37},     {64, 48, 33},
                                   {70, 65, 130}, {3, 200, 1}, {130, 97, 47}, {25, 130, 1301}, {13, 64, 900}};

double value_of(float v)
{
    return static_cast<double>(v);
}
double value_of(bfloat16 v)
{
    return static_cast<double>(static_cast<float>(v));
}

/// Half a unit in the last place of bfloat16, or what a sum in float may lose.
template <class Out>
constexpr double kTolerance = std::is_same_v<Out, bfloat16> ? 1.0 / 256 : 2e-6;

/// Operands with padded rows. The elements between the rows are NaN: whatever touches them shows.
template <class Out>
struct Problem {
    Gemm<bfloat16, Out> product;
    std::vector<bfloat16> a, b;
    std::vector<Out> c;
    std::vector<char> packed;

    Problem(Transpose ta, Transpose tb, const Sizes& sizes)
    {
        const auto& [m, n, k] = sizes;
        product = {.transpose_a = ta, .transpose_b = tb, .m = m, .n = n, .k = k};
        const bool at = ta == Transpose::Yes, bt = tb == Transpose::Yes;
        product.lda = (at ? m : k) + 3;
        product.ldb = (bt ? k : n) + 1;
        product.ldc = n + 2;
        a = rows_of(at ? k : m, at ? m : k, product.lda, 1);
        b = rows_of(bt ? n : k, bt ? k : n, product.ldb, 2);
        c.assign(static_cast<std::size_t>(m * product.ldc), Out(std::numeric_limits<float>::quiet_NaN()));
        product.a = a.data();
        product.b = b.data();
        product.c = c.data();
    }
    Problem(const Problem&) = delete;

    static std::vector<bfloat16> rows_of(std::int64_t rows, std::int64_t columns, std::int64_t stride,
                                         std::uint64_t seed)
    {
        std::vector<bfloat16> values(static_cast<std::size_t>(rows * stride),
                                     bfloat16(std::numeric_limits<float>::quiet_NaN()));
        const Philox random(seed, 0);
        for (std::int64_t i = 0; i < rows * columns; ++i)
            values[static_cast<std::size_t>(i / columns * stride + i % columns)] =
                bfloat16(static_cast<float>(random.uniform(static_cast<std::uint64_t>(i)) * 2 - 1));
        return values;
    }

    /// B from a packed copy alone.
    void pack()
    {
        const bool transposed = product.transpose_b == Transpose::Yes;
        std::vector<float> weight;
        for (std::int64_t row = 0; row < (transposed ? product.n : product.k); ++row)
            for (std::int64_t at = 0; at < (transposed ? product.k : product.n); ++at)
                weight.push_back(static_cast<float>(b[static_cast<std::size_t>(row * product.ldb + at)]));
        packed = test::packed_in_parts<bfloat16>(product.transpose_b, weight, product.n, product.k);
        product.b_packed = packed.data();
        product.b = nullptr;
    }

    double a_at(std::int64_t i, std::int64_t l) const
    {
        const bool t = product.transpose_a == Transpose::Yes;
        return value_of(a[static_cast<std::size_t>(product.a_rows(t ? l : i) * product.lda + (t ? i : l))]);
    }
    double b_at(std::int64_t l, std::int64_t j) const
    {
        const bool t = product.transpose_b == Transpose::Yes;
        return value_of(b[static_cast<std::size_t>(product.b_rows(t ? j : l) * product.ldb + (t ? l : j))]);
    }

    /// before: what stood in C, or in the addend, where that counts.
    void expect_result(double before) const
    {
        for (std::int64_t i = 0; i < product.m; ++i)
            for (std::int64_t j = 0; j < product.ldc; ++j) {
                const double found = value_of(c[static_cast<std::size_t>(i * product.ldc + j)]);
                if (j >= product.n) {
                    ASSERT_TRUE(std::isnan(found)) << "written beside C";
                    continue;
                }
                double sum = 0, terms = 1;
                for (std::int64_t l = 0; l < product.k; ++l) {
                    sum += a_at(i, l) * b_at(l, j);
                    terms += std::abs(a_at(i, l) * b_at(l, j));
                }
                const double expected =
                    static_cast<double>(product.alpha) * sum + static_cast<double>(product.beta) * before;
                const double scale = std::is_same_v<Out, bfloat16> ? std::abs(expected) + 1e-3 : terms;
                ASSERT_NEAR(found, expected, kTolerance<Out> * scale)
                    << "C[" << i << "," << j << "] of " << product.m << " x " << product.n << " x " << product.k;
            }
    }
};

template <class Test>
void for_all_kinds(Test&& test)
{
    for (const auto ta : {Transpose::No, Transpose::Yes})
        for (const auto tb : {Transpose::No, Transpose::Yes})
            for (const Sizes& sizes : kSizes) test(ta, tb, sizes);
}

template <class T>
class Bfloat16Gemm : public testing::Test {};
using Types = testing::Types<float, bfloat16>;
TYPED_TEST_SUITE(Bfloat16Gemm, Types);

TYPED_TEST(Bfloat16Gemm, MatchesNaiveSumsInEveryTransposition)
{
    for_all_kinds([](Transpose ta, Transpose tb, const Sizes& sizes) {
        Stream stream({}, 2);
        Problem<TypeParam> problem(ta, tb, sizes);
        gemm(stream, problem.product);
        problem.expect_result(0);
    });
}

TYPED_TEST(Bfloat16Gemm, ReadsPackedMatrices)
{
    for_all_kinds([](Transpose ta, Transpose tb, const Sizes& sizes) {
        Stream stream({}, 2);
        Problem<TypeParam> problem(ta, tb, sizes);
        problem.pack();
        problem.product.alpha = 0.5F;
        gemm(stream, problem.product);
        problem.expect_result(0);
    });
}

TYPED_TEST(Bfloat16Gemm, ReadsRowsInAnyOrder)
{
    for_all_kinds([](Transpose ta, Transpose tb, const Sizes& sizes) {
        const auto& [m, n, k] = sizes;
        // Rows come two by two from one row of the memory, from the last one on.
        const auto backwards = [](std::int64_t rows) {
            std::vector<std::int32_t> order;
            for (std::int64_t r = 0; r < rows; ++r) order.push_back(static_cast<std::int32_t>(rows - 1 - r));
            return order;
        };
        Problem<TypeParam> problem(ta, tb, sizes);
        const auto a_order = backwards(ta == Transpose::Yes ? k : m);
        const auto b_order = backwards(tb == Transpose::Yes ? n : k);
        problem.product.a_rows = {a_order.data(), 2};
        problem.product.b_rows = {b_order.data(), 2};
        gemm_on_this_thread(problem.product);
        problem.expect_result(0);
    });
}

TYPED_TEST(Bfloat16Gemm, AddsToAnotherMatrix)
{
    for_all_kinds([](Transpose ta, Transpose tb, const Sizes& sizes) {
        const auto& [m, n, k] = sizes;
        Stream stream({}, 2);
        Problem<TypeParam> problem(ta, tb, sizes);
        const std::vector<float> addend(static_cast<std::size_t>(m * (n + 5)), 3.0F);
        problem.product.beta = -0.5F;
        problem.product.addend = addend.data();
        problem.product.ld_addend = n + 5;
        gemm(stream, problem.product);
        problem.expect_result(3);
    });
}

TYPED_TEST(Bfloat16Gemm, GivesTheSameBitsForAnyThreadCount)
{
    for (const Sizes& sizes : {Sizes{600, 70, 90}, Sizes{40, 700, 90}, Sizes{160, 130, 1900}}) {
        std::vector<std::vector<double>> results;
        for (const int threads : {1, 2, 3}) {
            Stream stream({}, threads);
            Problem<TypeParam> problem(Transpose::Yes, Transpose::No, sizes);
            gemm(stream, problem.product);
            results.emplace_back();
            for (std::int64_t i = 0; i < sizes[0]; ++i)
                for (std::int64_t j = 0; j < sizes[1]; ++j)
                    results.back().push_back(
                        value_of(problem.c[static_cast<std::size_t>(i * problem.product.ldc + j)]));
        }
        EXPECT_EQ(results[0], results[1]);
        EXPECT_EQ(results[0], results[2]);
    }
}

TEST(Bfloat16, RoundsToNearestTiesToEven)
{
    EXPECT_EQ(bfloat16(1.0F).bits, 0x3F80);
    EXPECT_EQ(bfloat16(1.0F + 1.0F / 256).bits, 0x3F80) << "a tie goes to the even neighbour below";
    EXPECT_EQ(bfloat16(1.0F + 3.0F / 256).bits, 0x3F82) << "and to the even neighbour above";
    EXPECT_EQ(bfloat16(1.0F + 1.01F / 256).bits, 0x3F81);
    EXPECT_EQ(bfloat16(-0.0F).bits, 0x8000);
    EXPECT_EQ(bfloat16(std::numeric_limits<float>::max()).bits, 0x7F80) << "too large: infinity";
    EXPECT_TRUE(std::isnan(static_cast<float>(bfloat16(std::numeric_limits<float>::quiet_NaN()))));
}

} // namespace
} // namespace triptych::cpu
