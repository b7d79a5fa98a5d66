// A product of matrices with padded rows, and what a naive sum makes of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"
#include "kernels/cpu/gemm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace triptych::test {

using cpu::Gemm;
using cpu::Transpose;

template <class T>
std::vector<T> random_values(std::int64_t count, std::uint64_t seed)
{
    std::vector<T> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(
            static_cast<T>(static_cast<cpu::SumOf<T>>(Philox(seed, 0).uniform(static_cast<std::uint64_t>(i)) * 2 - 1)));
    return values;
}

/// A product of these sizes over matrices with padded rows, C filled with one value.
template <class T>
struct Problem {
    static constexpr double kTolerance = sizeof(T) == 4 ? 1e-5 : 1e-13;

    Gemm<T> product;
    std::vector<T> a, b, c;

    Problem(Transpose ta, Transpose tb, std::int64_t m, std::int64_t n, std::int64_t k, T c_value)
    {
        product = {.transpose_a = ta, .transpose_b = tb, .m = m, .n = n, .k = k};
        product.lda = (ta == Transpose::Yes ? m : k) + 3;
        product.ldb = (tb == Transpose::Yes ? k : n) + 1;
        product.ldc = n + 2;
        a = random_values<T>((ta == Transpose::Yes ? k : m) * product.lda + 1, 1);
        b = random_values<T>((tb == Transpose::Yes ? n : k) * product.ldb + 1, 2);
        c.assign(static_cast<std::size_t>(m * product.ldc + 1), c_value);
        product.a = a.data();
        product.b = b.data();
        product.c = c.data();
    }
    Problem(const Problem&) = delete;

    double expected(std::int64_t i, std::int64_t j, double before) const
    {
        double sum = 0;
        for (std::int64_t l = 0; l < product.k; ++l) {
            const auto at = product.transpose_a == Transpose::Yes ? l * product.lda + i : i * product.lda + l;
            const auto bt = product.transpose_b == Transpose::Yes ? j * product.ldb + l : l * product.ldb + j;
            sum += static_cast<double>(a[static_cast<std::size_t>(at)]) *
                   static_cast<double>(b[static_cast<std::size_t>(bt)]);
        }
        const double old = product.beta == T{0} ? 0 : static_cast<double>(product.beta) * before;
        return static_cast<double>(product.alpha) * sum + old;
    }

    void expect_result(T before) const
    {
        for (std::int64_t i = 0; i < product.m; ++i)
            for (std::int64_t j = 0; j < product.ldc; ++j) {
                const T actual = c[static_cast<std::size_t>(i * product.ldc + j)];
                if (j >= product.n) {
                    ASSERT_TRUE(actual == before || (std::isnan(before) && std::isnan(actual))) << "beside C";
                    continue;
                }
                const double value = expected(i, j, static_cast<double>(before));
                ASSERT_NEAR(static_cast<double>(actual), value, kTolerance * (1 + std::abs(value)))
                    << "C[" << i << "," << j << "] of " << product.m << " x " << product.n << " x " << product.k;
            }
    }
};

/// op(B) [k, n] packed a panel of rows after the other. B as stored, without gaps, is W [outputs, inputs], which
/// products read forward where they transpose it, else backward.
template <class T>
std::vector<char> packed_in_parts(Transpose tb, const std::vector<float>& b, std::int64_t n, std::int64_t k)
{
    const bool forward = tb == Transpose::Yes;
    const std::int64_t outputs = forward ? n : k;
    const std::int64_t inputs = forward ? k : n;
    std::vector<char> packed(static_cast<std::size_t>(cpu::packed_bytes<T>(n, k)));
    std::vector<char> other(static_cast<std::size_t>(cpu::packed_bytes<T>(k, n)));
    for (std::int64_t at = 0; at < outputs; at += cpu::packed_columns())
        cpu::pack_rows(kDTypeOf<T>, b.data(), outputs, inputs, at, std::min(cpu::packed_columns(), outputs - at),
                       forward ? packed.data() : other.data(), forward ? other.data() : packed.data());
    return packed;
}

template <class Test>
void for_all_kinds(Test&& test)
{
    for (const auto ta : {Transpose::No, Transpose::Yes})
        for (const auto tb : {Transpose::No, Transpose::Yes}) test(ta, tb);
}

} // namespace triptych::test
