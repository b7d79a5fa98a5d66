// Products that read a part of a packed matrix, in float and bfloat16: the same bits as from a matrix of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm.h"
#include "tests/support/gemm_problem.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace triptych::cpu {
namespace {

using test::random_values;

/// What every matrix is cut from.
constexpr std::int64_t kRows = 75, kColumns = 203, kOutRows = 29;

template <class T>
class PackedWindowOf : public testing::Test {
protected:
    /// From `b` as it is, and from packed words of the whole of it.
    void expect_same(Transpose transpose, const PackedWindow& w, std::int64_t k, std::int64_t n)
    {
        const bool transposed = transpose == Transpose::Yes;
        const std::int64_t ldb = (transposed ? kRows : kColumns) + 5;
        const auto a = random_values<T>(kOutRows * k, 1);
        const auto b = random_values<T>((transposed ? kColumns : kRows) * ldb, 2);
        std::vector<char> packed(static_cast<std::size_t>(packed_bytes<T>(kColumns, kRows)));
        pack_words(transpose, b.data(), ldb, kColumns, kRows, packed.data());

        std::vector<float> expected(static_cast<std::size_t>(kOutRows * n));
        Gemm<T, float> product{.transpose_b = transpose, .m = kOutRows, .n = n, .k = k, .a = a.data(), .lda = k};
        product.b = b.data() + (transposed ? w.column * ldb + w.row : w.row * ldb + w.column);
        product.ldb = ldb;
        product.c = expected.data();
        product.ldc = n;
        gemm_on_this_thread(product);

        const float nan = std::numeric_limits<float>::quiet_NaN();
        std::vector<float> actual(static_cast<std::size_t>(kOutRows * (n + 3)), nan);
        product.b = nullptr;
        product.b_packed = packed.data();
        product.b_window = w;
        product.c = actual.data();
        product.ldc = n + 3;
        gemm_on_this_thread(product);
        for (std::int64_t i = 0; i < kOutRows; ++i) {
            const auto at = [&](const auto& c, std::int64_t ld, std::int64_t j) {
                return c[static_cast<std::size_t>(i * ld + j)];
            };
            for (std::int64_t j = 0; j < n; ++j)
                ASSERT_EQ(at(actual, n + 3, j), at(expected, n, j)) << "column " << j << " from " << w.column;
            for (std::int64_t j = n; j < n + 3; ++j) ASSERT_TRUE(std::isnan(at(actual, n + 3, j))) << "beside C";
        }
    }
};
using Types = testing::Types<float, bfloat16>;
TYPED_TEST_SUITE(PackedWindowOf, Types);

TYPED_TEST(PackedWindowOf, IsTheWholeMatrixWhereNoneIsGiven)
{
    for (const auto transpose : {Transpose::No, Transpose::Yes}) this->expect_same(transpose, {}, kRows, kColumns);
}

TYPED_TEST(PackedWindowOf, BeginsAndEndsWithinPanels)
{
    for (const auto transpose : {Transpose::No, Transpose::Yes})
        for (const std::int64_t column : {0, 16, 48, 64, 112, 192})
            for (const std::int64_t columns : {1, 11, 100, 203}) {
                const std::int64_t n = std::min(columns, kColumns - column);
                this->expect_same(transpose, {.rows = kRows, .columns = kColumns, .column = column}, kRows, n);
            }
}

TYPED_TEST(PackedWindowOf, TakesSomeOfTheRows)
{
    for (const auto transpose : {Transpose::No, Transpose::Yes})
        for (const std::int64_t row : {0, 2, 30, 74})
            for (const std::int64_t rows : {1, 10, 75}) {
                const std::int64_t k = std::min(rows, kRows - row);
                this->expect_same(transpose, {.rows = kRows, .columns = kColumns, .row = row, .column = 16}, k, 130);
            }
}

} // namespace
} // namespace triptych::cpu
