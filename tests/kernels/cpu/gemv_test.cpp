// Products with few rows, float by float and float by bfloat16, against a naive sum: odd sizes, strides, memory off any
// alignment, every cut.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/rng.h"
#include "kernels/cpu/gemv.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace triptych::cpu {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

template <class T>
std::vector<T> random(std::int64_t count, std::uint64_t seed)
{
    std::vector<T> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(
            static_cast<T>(static_cast<float>(Philox(seed, 0).uniform(static_cast<std::uint64_t>(i)) * 2 - 1)));
    return values;
}

/// Matrices with padded rows that start one element off their alignment; C and its surroundings are NaN.
template <class Weight>
struct Problem {
    Gemv<Weight> product;
    std::vector<float> a, addend, c;
    std::vector<Weight> b;
    std::vector<std::int32_t> order;

    Problem(Transpose tb, std::int64_t m, std::int64_t n, std::int64_t k)
    {
        product = {.transpose_b = tb, .m = m, .n = n, .k = k, .lda = k + 3, .ld_addend = n + 5, .ldc = n + 2};
        product.ldb = (tb == Transpose::Yes ? k : n) + 1;
        a = random<float>(m * product.lda + 1, 1);
        b = random<Weight>((tb == Transpose::Yes ? n : k) * product.ldb + 1, 2);
        addend = random<float>(m * product.ld_addend + 1, 3);
        c.assign(static_cast<std::size_t>(m * product.ldc + 1), kNan);
        product.a = a.data() + 1;
        product.b = b.data() + 1;
        product.c = c.data() + 1;
    }
    Problem(const Problem&) = delete;

    double expected(std::int64_t i, std::int64_t j) const
    {
        double sum = 0;
        for (std::int64_t l = 0; l < product.k; ++l) {
            const std::int64_t at = product.transpose_b == Transpose::Yes ? j * product.ldb + l : l * product.ldb + j;
            sum += static_cast<double>(product.a[product.a_rows(i) * product.lda + l]) *
                   static_cast<double>(static_cast<float>(product.b[at]));
        }
        const double before = product.addend ? static_cast<double>(product.addend[i * product.ld_addend + j]) : 0;
        return static_cast<double>(product.alpha) * sum + static_cast<double>(product.beta) * before;
    }
    void expect_result() const
    {
        EXPECT_TRUE(std::isnan(c[0])) << "before C";
        for (std::int64_t i = 0; i < product.m; ++i)
            for (std::int64_t j = 0; j < product.ldc; ++j) {
                const float actual = product.c[i * product.ldc + j];
                if (j >= product.n) {
                    ASSERT_TRUE(std::isnan(actual)) << "beside C";
                    continue;
                }
                const double value = expected(i, j);
                ASSERT_NEAR(static_cast<double>(actual), value, 1e-5 * (1 + std::abs(value)))
                    << "C[" << i << "," << j << "] of " << product.m << " x " << product.n << " x " << product.k;
            }
    }
};

template <class Weight>
class GemvOf : public testing::Test {};
using Types = testing::Types<float, bfloat16>;
TYPED_TEST_SUITE(GemvOf, Types);

TYPED_TEST(GemvOf, MatchesNaiveSumsForAnyFewRows)
{
    for (const auto tb : {Transpose::Yes, Transpose::No})
        for (std::int64_t m = 1; m <= 9; ++m)
            for (const std::int64_t n : {1, 2, 4, 7, 16, 37, 131})
                for (const std::int64_t k : {0, 1, 15, 16, 31, 33, 64, 101}) {
                    Problem<TypeParam> problem(tb, m, n, k);
                    gemv_columns(problem.product, 0, n);
                    problem.expect_result();
                }
}

TYPED_TEST(GemvOf, AppliesItsFactorsToAnAddendOfAnyStride)
{
    for (const auto tb : {Transpose::Yes, Transpose::No})
        for (const std::int64_t m : {1, 3, 4}) {
            Problem<TypeParam> problem(tb, m, 71, 45);
            problem.product.alpha = 0.25F;
            problem.product.beta = -0.5F;
            problem.product.addend = problem.addend.data() + 1;
            gemv_columns(problem.product, 0, 71);
            problem.expect_result();
        }
}

TYPED_TEST(GemvOf, AddsToWhatIsThereWithoutAnAddend)
{
    for (const auto tb : {Transpose::Yes, Transpose::No}) {
        Problem<TypeParam> problem(tb, 3, 37, 50);
        gemv_columns(problem.product, 0, 37);
        const std::vector<float> once = problem.c;
        problem.product.beta = 1;
        gemv_columns(problem.product, 0, 37);
        for (std::int64_t i = 0; i < 3; ++i)
            for (std::int64_t j = 0; j < 37; ++j) {
                const auto at = static_cast<std::size_t>(1 + i * problem.product.ldc + j);
                EXPECT_NEAR(problem.c[at], 2 * once[at], 1e-5F) << i << ", " << j;
            }
    }
}

TYPED_TEST(GemvOf, ReadsRowsInTheirOrder)
{
    for (const auto tb : {Transpose::Yes, Transpose::No}) {
        Problem<TypeParam> problem(tb, 5, 19, 40);
        problem.order = {8, 3, 9, 0, 4};
        problem.product.a_rows = {problem.order.data(), 2};
        gemv_columns(problem.product, 0, 19);
        problem.expect_result();
    }
}

TYPED_TEST(GemvOf, ACutOfItsColumnsChangesNoBit)
{
    for (const auto tb : {Transpose::Yes, Transpose::No})
        for (const std::int64_t m : {1, 2, 5}) {
            Problem<TypeParam> whole(tb, m, 600, 333);
            gemv_columns(whole.product, 0, 600);
            Problem<TypeParam> pieces(tb, m, 600, 333);
            for (const auto& [first, end] : {std::pair{0, 1}, {1, 30}, {30, 95}, {95, 600}})
                gemv_columns(pieces.product, first, end);
            for (const int threads : {1, 2, 3}) {
                Problem<TypeParam> together(tb, m, 600, 333);
                gemv(Stream({}, threads), together.product);
                for (std::int64_t i = 0; i < m; ++i)
                    for (std::int64_t j = 0; j < 600; ++j) {
                        const std::int64_t at = i * whole.product.ldc + j;
                        ASSERT_EQ(pieces.product.c[at], whole.product.c[at]) << i << ", " << j;
                        ASSERT_EQ(together.product.c[at], whole.product.c[at]) << i << ", " << j;
                    }
            }
        }
}

} // namespace
} // namespace triptych::cpu
