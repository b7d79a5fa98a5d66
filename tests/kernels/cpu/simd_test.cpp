// The row primitives: float on every vector width of this CPU against double, at every length around a vector, at odd
// addresses, and without a touch beyond the ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/simd.h"
#include "tests/support/row_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace triptych::cpu {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

using Row = test::GuardedRow<float>;

class Simd : public test::TargetTest {
protected:
    /// Calls test(n, x, y, z) for every length around vectors of 4, 8 and 16.
    template <class Test>
    static void for_lengths(Test&& test)
    {
        for (std::int64_t n = 0; n < 70; ++n) test(n, Row(n, 1), Row(n, 2), Row(n, 3));
        test(1000, Row(1000, 1), Row(1000, 2), Row(1000, 3));
    }
    static void expect_equal(Row& actual, const std::vector<double>& expected, const char* what)
    {
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(actual.data()[i], expected[i], 2e-6 * (1 + std::abs(expected[i])))
                << what << "[" << i << "] of " << expected.size();
        ASSERT_TRUE(actual.surroundings_are_intact()) << what << " of " << expected.size();
    }
};
INSTANTIATE_TEST_SUITE_P(, Simd, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

TEST_P(Simd, SumsMatchDouble)
{
    for_lengths([](std::int64_t n, Row x, Row y, Row) {
        const auto a = x.wide(), b = y.wide();
        const double bound = 1e-6 * static_cast<double>(n) * 8;
        ASSERT_NEAR(dot(x.data(), y.data(), n), dot(a.data(), b.data(), n), bound) << n;
        ASSERT_NEAR(sum(x.data(), n), sum(a.data(), n), bound) << n;
        ASSERT_EQ(max_value(x.data(), n), static_cast<float>(max_value(a.data(), n))) << n;
    });
}

TEST_P(Simd, TheLargestAreTakenAndTheFirstOfEquals)
{
    for_lengths([](std::int64_t n, Row x, Row, Row) {
        for (std::int64_t i = 0; i < n; ++i) x.data()[i] = std::round(2 * x.data()[i]); // ties
        auto a = x.wide();
        const std::int64_t k = std::min<std::int64_t>(n, 9);
        std::vector<std::int32_t> indices(static_cast<std::size_t>(k)), expected(static_cast<std::size_t>(k));
        take_largest(x.data(), 1, n, k, indices.data());
        take_largest(a.data(), 1, n, k, expected.data());
        ASSERT_EQ(indices, expected) << n;
        ASSERT_EQ(x.wide(), a) << n;
        ASSERT_TRUE(x.surroundings_are_intact()) << n;
    });
    float lowest[] = {-kInfinity, -kInfinity, std::numeric_limits<float>::lowest()};
    std::int32_t index = 99;
    take_largest(lowest, 1, 3, 1, &index);
    EXPECT_EQ(index, 2);
    EXPECT_EQ(lowest[2], -kInfinity);
}

TEST_P(Simd, RowsThatAreElectedForTogetherChooseWhatEachWouldAlone)
{
    for (const std::int64_t n : {3, 16, 37, 256, 300})
        for (std::int64_t rows = 0; rows <= 2 * kElections + 1; ++rows) {
            const std::int64_t k = std::min<std::int64_t>(n, 8);
            Row x(rows * n, static_cast<std::uint64_t>(100 * n + rows));
            for (std::int64_t i = 0; i < rows * n; ++i) x.data()[i] = std::round(2 * x.data()[i]); // ties
            auto wide = x.wide();
            std::vector<std::int32_t> indices(static_cast<std::size_t>(rows * k)), expected = indices;
            take_largest(x.data(), rows, n, k, indices.data());
            take_largest(wide.data(), rows, n, k, expected.data());
            EXPECT_EQ(indices, expected) << rows << " x " << n;
            EXPECT_EQ(x.wide(), wide) << rows << " x " << n;
            EXPECT_TRUE(x.surroundings_are_intact()) << rows << " x " << n;
        }
}

TEST_P(Simd, WhatIsElectedByHasNoBrokenValues)
{
    for_lengths([](std::int64_t n, Row x, Row y, Row) {
        if (n > 2) x.data()[n - 1] = std::nanf(""), x.data()[n / 2] = -kInfinity, x.data()[0] = kInfinity;
        std::vector<float> bias(y.data(), y.data() + n);
        std::vector<double> expected(static_cast<std::size_t>(n));
        for (const bool biased : {false, true}) {
            rankable(x.data(), biased ? bias.data() : nullptr, y.data(), n);
            for (std::int64_t i = 0; i < n; ++i) {
                const float value = biased ? x.data()[i] + bias[static_cast<std::size_t>(i)] : x.data()[i];
                const bool broken = std::isnan(value) || value == -kInfinity;
                ASSERT_EQ(y.data()[i], broken ? std::numeric_limits<float>::lowest() : value) << i << " of " << n;
            }
            ASSERT_TRUE(y.surroundings_are_intact()) << n;
        }
    });
}

TEST_P(Simd, FloatsAreAddedToSumsOfDoubles)
{
    for_lengths([](std::int64_t n, Row x, Row y, Row) {
        auto sums = y.wide();
        axpy(1.0 / 3, x.data(), sums.data(), n);
        for (std::int64_t i = 0; i < n; ++i)
            ASSERT_EQ(sums[static_cast<std::size_t>(i)],
                      static_cast<double>(y.data()[i]) + 1.0 / 3 * static_cast<double>(x.data()[i]))
                << i << " of " << n;
    });
}

TEST_P(Simd, TheTwoLargestAreAddedAlsoWhenTheyAreEqual)
{
    for_lengths([](std::int64_t n, Row x, Row, Row) {
        if (n < 2) return;
        const auto exact = x.wide();
        std::vector<double> sorted = exact;
        std::sort(sorted.rbegin(), sorted.rend());
        ASSERT_EQ(sum_of_two_largest(x.data(), n), static_cast<float>(sorted[0]) + static_cast<float>(sorted[1])) << n;
        ASSERT_EQ(sum_of_two_largest(exact.data(), n), sorted[0] + sorted[1]) << n;
        for (std::int64_t i = 0; i < n; ++i) x.data()[i] = i % 3 == 1 ? 2.0F : -1.0F; // in one lane and in several
        ASSERT_EQ(sum_of_two_largest(x.data(), n), n < 5 ? 1.0F : 4.0F) << n;
        ASSERT_TRUE(x.surroundings_are_intact()) << n;
    });
}

TEST_P(Simd, MapsMatchDouble)
{
    for_lengths([](std::int64_t n, Row x, Row y, Row z) {
        const auto a = x.wide(), b = y.wide(), c = z.wide();
        std::vector<double> expected(a.size());
        const auto compare = [&](const char* what, auto&& on_float, auto&& on_double) {
            Row out = z;
            expected = c;
            on_float(out.data());
            on_double(expected.data());
            expect_equal(out, expected, what);
        };
        const float* xf = x.data();
        const float* yf = y.data();
        const double* xd = a.data();
        const double* yd = b.data();
        compare(
            "scale", [&](float* o) { scale(0.3F, xf, o, n); }, [&](double* o) { scale(0.3, xd, o, n); });
        compare(
            "axpy", [&](float* o) { axpy(0.3F, xf, o, n); }, [&](double* o) { axpy(0.3, xd, o, n); });
        compare(
            "add", [&](float* o) { add(xf, yf, o, n); }, [&](double* o) { add(xd, yd, o, n); });
        compare(
            "multiply_shifted", [&](float* o) { multiply_shifted(xf, yf, 0.3F, o, n); },
            [&](double* o) { multiply_shifted(xd, yd, 0.3, o, n); });
        compare(
            "scale_shifted", [&](float* o) { scale_shifted(0.7F, xf, 0.3F, o, n); },
            [&](double* o) { scale_shifted(0.7, xd, 0.3, o, n); });
        compare(
            "sigmoid_backward",
            [&](float* o) {
                std::copy_n(yf, n, o);
                sigmoid_backward(xf, o, n);
            },
            [&](double* o) {
                std::copy_n(yd, n, o);
                sigmoid_backward(xd, o, n);
            });
        compare(
            "sigmoid", [&](float* o) { sigmoid(xf, o, n); }, [&](double* o) { sigmoid(xd, o, n); });
    });
}

TEST_P(Simd, ExponentialsMatchDoubleAndReturnTheirSum)
{
    for_lengths([](std::int64_t n, Row x, Row y, Row) {
        const auto a = x.wide();
        std::vector<double> expected(a.size());
        const double total = exp_shifted_sum(3.0, a.data(), 1.5, expected.data(), n);
        ASSERT_NEAR(exp_shifted_sum(3.0F, x.data(), 1.5F, y.data(), n), total, 1e-5 * (1 + total)) << n;
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(y.data()[i] / expected[i], 1, 1e-6) << i << " of " << n;
        ASSERT_TRUE(y.surroundings_are_intact()) << n;
    });
}

TEST_P(Simd, ExponentialsAreExactToTwoInTenMillion)
{
    for (float x = -87; x < 88; x += 0.0137F) {
        float y = 0;
        exp_shifted_sum(1, &x, 0, &y, 1);
        ASSERT_NEAR(static_cast<double>(y) / std::exp(static_cast<double>(x)), 1, 2.5e-7) << x;
        sigmoid(&x, &y, 1);
        ASSERT_NEAR(static_cast<double>(y) * (1 + std::exp(-static_cast<double>(x))), 1, 4e-7) << x;
    }
}

TEST_P(Simd, ExtremesStayWhatTheyAre)
{
    const float x[] = {-kInfinity, -1000, -200, 0, 200, 1000, kInfinity};
    float y[7];
    sigmoid(x, y, 7);
    const float expected[] = {0, 0, 0, 0.5F, 1, 1, 1};
    for (int i = 0; i < 7; ++i) EXPECT_NEAR(y[i], expected[i], 1e-30) << x[i];
    const float broken = std::nanf("");
    sigmoid(&broken, y, 1);
    EXPECT_TRUE(std::isnan(y[0]));
    const float scores[] = {-kInfinity, 5, -1e30F, std::nanf("")};
    EXPECT_EQ(exp_shifted_sum(1, scores, 5, y, 3), 1);
    EXPECT_EQ(y[0], 0);
    EXPECT_EQ(y[2], 0);
    EXPECT_TRUE(std::isnan(exp_shifted_sum(1, scores, 5, y, 4))); // a broken score must show
    EXPECT_EQ(max_value(scores, 0), -kInfinity);
    EXPECT_EQ(max_value(scores, 1), -kInfinity);
}

} // namespace
} // namespace triptych::cpu
