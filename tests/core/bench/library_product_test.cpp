// The yardstick measures something.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/library_product.h"

#include <gtest/gtest.h>

#include <omp.h>

namespace triptych {
namespace {

TEST(LibraryProduct, HasARateInF32AndLeavesTheThreadsAsTheyWere)
{
    const int before = omp_get_max_threads();
    for (const int threads : {1, 2}) {
        LibraryProduct product(DType::F32, threads);
        const double rate = product.measure();
        EXPECT_GT(rate, 1e7) << "slower than any machine";
        EXPECT_LT(rate, 1e15) << "faster than any CPU";
    }
    EXPECT_EQ(omp_get_max_threads(), before);
}

TEST(LibraryProduct, InBfloat16HasARateOrNone)
{
    LibraryProduct product(DType::BF16, 2);
    EXPECT_GE(product.measure(), 0);
    EXPECT_LT(product.measure(), 1e15);
}

} // namespace
} // namespace triptych
