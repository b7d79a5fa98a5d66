// The floor runs all products of a step, and rightly so: threads do not disturb each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/product_floor.h"
#include "core/bench/train_bench.h"
#include "kernels/base/device.h"
#include "tests/support/small_run.h"

#include <omp.h>

namespace triptych::test {
namespace {

Result<ProductFloor> floor_of(DType narrow, int threads)
{
    return ProductFloor::make(small_run_model(), 3, 70, narrow, DType::F32, threads);
}

TEST(ProductFloor, TakesTimeForEachPartAndLeavesTheThreadsAsTheyWere)
{
    const int before = omp_get_max_threads();
    auto floor = floor_of(DType::F32, 2);
    ASSERT_TRUE(floor) << floor.error().what;
    const FloorTimes times = floor->measure();
    EXPECT_GT(times.dense, 0);
    EXPECT_GT(times.experts, 0);
    EXPECT_GT(times.attention, 0);
    EXPECT_DOUBLE_EQ(times.sum(), times.dense + times.experts + times.attention);
    EXPECT_EQ(omp_get_max_threads(), before);
}

TEST(ProductFloor, MultipliesRightlyOnAnyNumberOfThreads)
{
    for (const DType narrow : {DType::F32, DType::BF16}) {
        if (!ProductFloor::is_possible(narrow)) continue;
        for (const int threads : {1, 2, 4}) {
            auto floor = floor_of(narrow, threads);
            ASSERT_TRUE(floor) << floor.error().what;
            EXPECT_EQ(floor->error(), 0) << "nothing ran";
            for (int i = 0; i < 20; ++i) {
                floor->measure();
                ASSERT_EQ(floor->error(), 0) << threads << " threads, round " << i;
            }
        }
    }
}

TEST(ProductFloor, SaysWhereThereIsNone)
{
    const Status f64 = ProductFloor::is_possible(DType::F64);
    ASSERT_FALSE(f64);
    EXPECT_NE(f64.error().what.find("f64"), std::string::npos);
    EXPECT_FALSE(floor_of(DType::F64, 1));
    EXPECT_EQ(ProductFloor::is_possible(DType::BF16).ok(), has_bfloat16_products());
    EXPECT_TRUE(ProductFloor::is_possible(DType::F32));
}

TEST(ProductFloor, IsMeasuredBesideATrainingOnlyWhereAsked)
{
    const SmallRun folder;
    BenchRequest request{.model = (folder / "config.json").string(),
                         .precision = "f32",
                         .sequence_length = 32,
                         .batch_size = 2,
                         .threads = 1,
                         .repetitions = 3};
    const auto without = bench_training(request);
    ASSERT_TRUE(without) << without.error().what;
    EXPECT_FALSE(without->floor);
    request.floor = MeasureFloor::Yes;
    const auto with = bench_training(request);
    ASSERT_TRUE(with) << with.error().what;
    ASSERT_TRUE(with->floor);
    EXPECT_GT(with->floor->seconds.least, 0);
    EXPECT_LE(with->floor->seconds.least, with->floor->seconds.median);
    EXPECT_GT(with->floor->parts.attention, 0);
    EXPECT_DOUBLE_EQ(with->floor_rate() * with->floor->seconds.median, with->step_flops);
    EXPECT_DOUBLE_EQ(with->share_of_floor() * with->step_seconds.median, with->floor->seconds.median);
}

TEST(ProductFloor, IsRefusedBeforeATrainingStarts)
{
    const SmallRun folder;
    const auto bench =
        bench_training({.model = (folder / "config.json").string(), .precision = "f64", .floor = MeasureFloor::Yes});
    ASSERT_FALSE(bench);
    EXPECT_NE(bench.error().hint.find("f32"), std::string::npos);
}

} // namespace
} // namespace triptych::test
