// Products that know where their operand is zero, or which of their results somebody reads: the same bits as without.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm.h"
#include "tests/support/gemm_problem.h"
#include "tests/support/row_test.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace triptych::cpu {
namespace {

using test::random_values;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// C [m, n + 2] = A B with a packed B; what lies beside C is NaN.
template <class T>
std::vector<float> multiplied(Gemm<T, float> product, const std::vector<T>& a, const std::vector<T>& b)
{
    const std::int64_t m = product.m, n = product.n, k = product.k;
    std::vector<char> packed(static_cast<std::size_t>(packed_bytes<T>(n, k)));
    pack_words(Transpose::No, b.data(), n, n, k, packed.data());
    std::vector<float> c(static_cast<std::size_t>(m * (n + 2)), kNan);
    product.a = a.data();
    product.lda = product.transpose_a == Transpose::Yes ? m : k;
    product.b_packed = packed.data();
    product.c = c.data();
    product.ldc = n + 2;
    gemm_on_this_thread(product);
    return c;
}

/// A where the hint of the product is true.
template <class T>
std::vector<T> with_zeros(const Gemm<T, float>& product)
{
    const bool transposed = product.transpose_a == Transpose::Yes;
    auto a = random_values<T>(product.m * product.k, 1);
    for (std::int64_t i = 0; i < product.m; ++i)
        for (std::int64_t l = 0; l < product.k; ++l)
            if (product.zeros == Zeros::Before ? l < i : l > i + product.diagonal)
                a[static_cast<std::size_t>(transposed ? l * product.m + i : i * product.k + l)] = T(0);
    return a;
}

template <class T>
void expect_same_with_zeros(Gemm<T, float> product)
{
    const auto b = random_values<T>(product.k * product.n, 2);
    const auto a = with_zeros(product);
    const auto c = multiplied(product, a, b);
    product.zeros = Zeros::Nowhere;
    const auto expected = multiplied(product, a, b);
    for (std::int64_t i = 0; i < product.m; ++i)
        for (std::int64_t j = 0; j < product.n; ++j) {
            const auto at = static_cast<std::size_t>(i * (product.n + 2) + j);
            ASSERT_EQ(c[at], expected[at]) << "C[" << i << "," << j << "] of " << product.m << " x " << product.n
                                           << " x " << product.k << ", diagonal " << product.diagonal;
        }
}

class GemmTriangle : public test::TargetTest {
protected:
    template <class T>
    void expect_same_in_all_shapes()
    {
        for (const auto transpose : {Transpose::No, Transpose::Yes})
            for (const std::int64_t n : {5, 32, 48, 130})
                for (const auto& [m, k] :
                     std::vector<std::array<std::int64_t, 2>>{{48, 96}, {37, 37}, {96, 45}, {29, 700}}) {
                    expect_same_with_zeros<T>(
                        {.transpose_a = transpose, .m = m, .n = n, .k = k, .zeros = Zeros::Before});
                    for (const std::int64_t diagonal : {-50, -7, 0, 3, 260, 1000})
                        expect_same_with_zeros<T>({.transpose_a = transpose,
                                                   .m = m,
                                                   .n = n,
                                                   .k = k,
                                                   .zeros = Zeros::After,
                                                   .diagonal = diagonal});
                }
    }
};
INSTANTIATE_TEST_SUITE_P(, GemmTriangle, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

TEST_P(GemmTriangle, OfFloatsGivesTheSameBits)
{
    expect_same_in_all_shapes<float>();
}

TEST_P(GemmTriangle, OfBfloat16GivesTheSameBits)
{
    expect_same_in_all_shapes<bfloat16>();
}

TEST_P(GemmTriangle, PassesOverTheZeros)
{
    // Rows of B that meet zeros alone: were they multiplied, C would be NaN.
    Gemm<float> after{.m = 20, .n = 40, .k = 90, .zeros = Zeros::After, .diagonal = 3};
    auto b = random_values<float>(after.k * after.n, 2);
    std::fill(b.begin() + 40 * 40, b.end(), kNan);
    const auto c = multiplied(after, with_zeros(after), b);
    for (std::int64_t i = 0; i < 20; ++i)
        for (std::int64_t j = 0; j < 40; ++j) ASSERT_FALSE(std::isnan(c[static_cast<std::size_t>(i * 42 + j)])) << i;
}

TEST_P(GemmTriangle, ComputesAllResultsFromTheDiagonalOn)
{
    for (const auto& [m, n] :
         std::vector<std::array<std::int64_t, 2>>{{96, 288}, {96, 40}, {13, 130}, {50, 50}, {200, 16}}) {
        Gemm<float> product{.m = m, .n = n, .k = 48};
        const auto a = random_values<float>(m * 48, 1);
        const auto b = random_values<float>(48 * n, 2);
        const auto expected = multiplied(product, a, b);
        product.upper_only = true;
        const auto c = multiplied(product, a, b);
        for (std::int64_t i = 0; i < m; ++i)
            for (std::int64_t j = i; j < n + 2; ++j) {
                const auto at = static_cast<std::size_t>(i * (n + 2) + j);
                if (j < n)
                    ASSERT_EQ(c[at], expected[at]) << i << ", " << j << " of " << m << " x " << n;
                else
                    ASSERT_TRUE(std::isnan(c[at])) << "written beside C";
            }
    }
}

} // namespace
} // namespace triptych::cpu
