// Bubbles by the published formulas, with numbers small enough to draw.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/schedule.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

using enum PipelineSchedule;

/// Forward 1, gradients of inputs 1, of weights 1; overlapping hides nothing.
constexpr StageSeconds kEven{.forward = 1, .backward = 2, .weights = 1, .both = 3};

TEST(Schedule, BubblesAreThoseOfTheTable)
{
    EXPECT_DOUBLE_EQ(bubble_seconds(OneForwardOneBackward, 16, kEven), 15 * 3);
    EXPECT_DOUBLE_EQ(bubble_seconds(ZeroBubble, 16, kEven), 15 * (3 - 2));
    EXPECT_DOUBLE_EQ(bubble_seconds(DualPipe, 16, kEven), 7 * (3 + 2 - 3));
    EXPECT_DOUBLE_EQ(work_seconds(OneForwardOneBackward, 4, 10, kEven), 30);
    EXPECT_DOUBLE_EQ(work_seconds(DualPipe, 4, 10, {.forward = 1, .backward = 2, .weights = 1, .both = 2.5}),
                     4 * 3 + 6 * 2.5)
        << "four find nothing to overlap with";
}

TEST(Schedule, OneStageOrTwoOfDualPipeHaveNoBubble)
{
    EXPECT_EQ(bubble_seconds(OneForwardOneBackward, 1, kEven), 0);
    EXPECT_EQ(bubble_seconds(ZeroBubble, 1, kEven), 0);
    EXPECT_EQ(bubble_seconds(DualPipe, 2, kEven), 0);
    // However much there is to fill it with, a bubble is no gain.
    EXPECT_EQ(bubble_seconds(ZeroBubble, 8, {.forward = 1, .backward = 3, .weights = 2.5}), 0);
}

TEST(Schedule, DualPipeHoldsTwoStagesAndKeepsOneMore)
{
    EXPECT_EQ(kept_micro_batches(OneForwardOneBackward, 16, 120), 16);
    EXPECT_EQ(kept_micro_batches(ZeroBubble, 16, 120), 16);
    EXPECT_EQ(kept_micro_batches(DualPipe, 16, 120), 17);
    EXPECT_EQ(kept_micro_batches(OneForwardOneBackward, 16, 3), 3);
    EXPECT_EQ(held_stages(OneForwardOneBackward), 1);
    EXPECT_EQ(held_stages(DualPipe), 2);
}

TEST(Schedule, DualPipeTakesAnEvenNumberOfMicroBatchesAndStages)
{
    EXPECT_EQ(micro_batches_for(DualPipe, 4, 9), 10);
    EXPECT_EQ(micro_batches_for(DualPipe, 4, 1), 8);
    EXPECT_EQ(micro_batches_for(ZeroBubble, 4, 9), 9);
    EXPECT_TRUE(check_stages(DualPipe, 4).ok());
    EXPECT_TRUE(check_stages(ZeroBubble, 3).ok());
    const Status odd = check_stages(DualPipe, 3);
    ASSERT_FALSE(odd.ok());
    EXPECT_NE(odd.error().what.find("even number of stages, not 3"), std::string::npos) << odd.error().what;
}

TEST(Schedule, NamesGoBothWays)
{
    for (const PipelineSchedule schedule : all_schedules()) EXPECT_EQ(schedule_from_name(name_of(schedule)), schedule);
    EXPECT_EQ(all_schedules().size(), 3U);
    EXPECT_FALSE(schedule_from_name("gpipe").has_value());
}

} // namespace
} // namespace triptych::test
