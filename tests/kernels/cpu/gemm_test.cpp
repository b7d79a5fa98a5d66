// Matrix products in all four transpositions against a naive sum, with strides, factors, empty sizes and threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/gemm.h"
#include "kernels/cpu/parallel.h"
#include "tests/support/gemm_problem.h"
#include "tests/support/row_test.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <memory>
#include <vector>

namespace triptych::cpu {
namespace {

using test::for_all_kinds;
using test::Problem;
using test::random_values;

template <class T>
class GemmOf : public testing::Test {};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(GemmOf, Types);

TYPED_TEST(GemmOf, MatchesNaiveSumsInEveryTransposition)
{
    for_all_kinds([](Transpose ta, Transpose tb) {
        for (const auto& [m, n, k] : std::vector<std::array<std::int64_t, 3>>{
                 {1, 1, 1}, {1, 37, 20}, {5, 1, 9}, {7, 13, 37}, {64, 48, 33}, {70, 65, 130}, {3, 200, 1}}) {
            Stream stream({}, 2);
            Problem<TypeParam> together(ta, tb, m, n, k, 7);
            gemm(stream, together.product);
            together.expect_result(7);
            Problem<TypeParam> alone(ta, tb, m, n, k, 7);
            gemm_on_this_thread(alone.product);
            alone.expect_result(7);
        }
    });
}

TYPED_TEST(GemmOf, AppliesItsFactors)
{
    for_all_kinds([](Transpose ta, Transpose tb) {
        for (const TypeParam beta : {TypeParam{1}, TypeParam{-0.5}}) {
            Stream stream({}, 2);
            Problem<TypeParam> problem(ta, tb, 9, 11, 13, 7);
            problem.product.alpha = TypeParam{0.25};
            problem.product.beta = beta;
            gemm(stream, problem.product);
            problem.expect_result(7);
        }
    });
}

TYPED_TEST(GemmOf, DoesNotReadCWhenItIsOverwritten)
{
    for_all_kinds([](Transpose ta, Transpose tb) {
        Stream stream({}, 2);
        const auto nan = std::numeric_limits<TypeParam>::quiet_NaN();
        Problem<TypeParam> problem(ta, tb, 33, 21, 13, nan);
        gemm(stream, problem.product);
        problem.expect_result(nan);
    });
}

TYPED_TEST(GemmOf, WithoutInnerSizeScalesC)
{
    for (const TypeParam beta : {TypeParam{0}, TypeParam{1}, TypeParam{2}}) {
        Stream stream({}, 2);
        Problem<TypeParam> problem(Transpose::No, Transpose::No, 3, 4, 0, 7);
        problem.product.beta = beta;
        gemm(stream, problem.product);
        problem.expect_result(7);
    }
}

TYPED_TEST(GemmOf, OfNothingDoesNothing)
{
    Stream stream({}, 2);
    Problem<TypeParam> no_rows(Transpose::No, Transpose::Yes, 0, 4, 5, 7);
    gemm(stream, no_rows.product);
    no_rows.expect_result(7);
    Problem<TypeParam> no_columns(Transpose::No, Transpose::Yes, 4, 0, 5, 7);
    gemm_on_this_thread(no_columns.product);
    no_columns.expect_result(7);
}

TYPED_TEST(GemmOf, RunsInsideAParallelLoop)
{
    std::vector<std::unique_ptr<Problem<TypeParam>>> problems;
    for (int i = 0; i < 16; ++i)
        problems.push_back(
            std::make_unique<Problem<TypeParam>>(Transpose::No, Transpose::Yes, 20 + i, 30, 40, TypeParam{7}));
    Stream stream({}, 2);
    const int before = omp_get_max_threads();
    parallel_for_dynamic(stream, 16,
                         [&](std::int64_t i) { gemm_on_this_thread(problems[static_cast<std::size_t>(i)]->product); });
    for (const auto& problem : problems) problem->expect_result(7);
    EXPECT_EQ(omp_get_max_threads(), before);
}

TYPED_TEST(GemmOf, GivesTheSameBitsForAnyThreadCount)
{
    for_all_kinds([](Transpose ta, Transpose tb) {
        // Large enough to be cut, in both directions, with a sum that is long enough to be cut too, or halved; rows
        // that can be read where they lie, and ones that would meet in a cache.
        for (const auto& [m, n, k] : std::vector<std::array<std::int64_t, 3>>{{600, 70, 90},
                                                                              {40, 700, 90},
                                                                              {160, 130, 900},
                                                                              {160, 128, 900},
                                                                              {40, 712, 300},
                                                                              {1021, 16, 300},
                                                                              {37, 48, 2501}}) {
            std::vector<std::vector<TypeParam>> results;
            for (const int threads : {1, 2, 3}) {
                Stream stream({}, threads);
                Problem<TypeParam> problem(ta, tb, m, n, k, 7);
                gemm(stream, problem.product);
                results.push_back(problem.c);
            }
            EXPECT_EQ(results[0], results[1]);
            EXPECT_EQ(results[0], results[2]);
        }
    });
}

TEST(Gemm, LongSumsMatchNaiveSums)
{
    for_all_kinds([](Transpose ta, Transpose tb) {
        Stream stream({}, 2);
        Problem<float> problem(ta, tb, 21, 70, 1201, 7);
        problem.product.beta = 1;
        gemm(stream, problem.product);
        problem.expect_result(7);
    });
}

TEST(Gemm, HalvesOfLongSumsMatchNaiveSums)
{
    for (const int threads : {1, 2, 5})
        for (const float beta : {0.0F, 1.0F, -0.5F}) {
            Stream stream({}, threads);
            Problem<float> problem(Transpose::Yes, Transpose::No, 37, 48, 2501, 7);
            problem.product.alpha = 0.25F;
            problem.product.beta = beta;
            gemm(stream, problem.product);
            problem.expect_result(7);
        }
}

TEST(Gemm, RowsThatMeetInACacheMatchNaiveSums)
{
    // Whole vectors of columns, with rows 4 KiB apart: brought into order where others are read where they lie.
    for (const auto tb : {Transpose::Yes, Transpose::No}) {
        Problem<float> problem(Transpose::Yes, tb, 1021, 1023, 200, 7);
        problem.product.m = 21;
        problem.product.n = tb == Transpose::No ? 48 : 1023;
        problem.product.beta = 1;
        Stream stream({}, 2);
        gemm(stream, problem.product);
        problem.expect_result(7);
    }
}

using GemmOnTarget = test::TargetTest;
INSTANTIATE_TEST_SUITE_P(, GemmOnTarget, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), test::name_of_target);

TEST_P(GemmOnTarget, BlocksOfRowsAndPartsOfSumsMatchNaiveSums)
{
    // More rows and longer sums than are taken at a time, whole panels and parts of them, and what is left of each.
    for (const auto& [m, n, k] : std::vector<std::array<std::int64_t, 3>>{
             {305, 37, 130}, {131, 18, 390}, {20, 600, 33}, {12, 16, 48}, {13, 5, 129}}) {
        for_all_kinds([&, m = m, n = n, k = k](Transpose ta, Transpose tb) {
            for (const float beta : {0.0F, 1.0F}) {
                Problem<float> problem(ta, tb, m, n, k, 7);
                problem.product.beta = beta;
                gemm_on_this_thread(problem.product);
                problem.expect_result(7);
            }
        });
    }
}

TEST_P(GemmOnTarget, RowsThatArePackedInPartsGiveTheSameBits)
{
    for (const auto& [m, n, k] : std::vector<std::array<std::int64_t, 3>>{
             {305, 37, 130}, {31, 18, 390}, {20, 600, 33}, {12, 130, 48}, {13, 5, 129}, {4, 20, 70}}) {
        for (const auto tb : {Transpose::Yes, Transpose::No}) {
            Problem<float> plain(Transpose::No, tb, m, n, k, 7);
            Problem<float> packed(Transpose::No, tb, m, n, k, 7);
            gemm_on_this_thread(plain.product);
            std::vector<float> b;
            for (std::int64_t r = 0; r < (tb == Transpose::Yes ? n : k); ++r)
                b.insert(b.end(), plain.product.b + r * plain.product.ldb,
                         plain.product.b + r * plain.product.ldb + (tb == Transpose::Yes ? k : n));
            const std::vector<char> copy = test::packed_in_parts<float>(tb, b, n, k);
            packed.product.b = nullptr;
            packed.product.b_packed = copy.data();
            gemm_on_this_thread(packed.product);
            const bool other_kernel = m < 9; // takes few rows of a matrix that is not packed
            EXPECT_TRUE(other_kernel || packed.c == plain.c) << m << " x " << n << " x " << k;
            packed.expect_result(7);
        }
    }
}

} // namespace
} // namespace triptych::cpu
