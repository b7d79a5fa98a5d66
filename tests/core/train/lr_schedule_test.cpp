// The learning-rate schedule at its corners.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/lr_schedule.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TrainConfig schedule()
{
    TrainConfig c;
    c.learning_rate = 2.2e-4;
    c.min_learning_rate = 2.2e-5;
    c.warmup_steps = 10;
    c.constant_fraction = 0.5;
    c.decay_fraction = 0.4;
    return c;
}

TEST(LearningRate, RisesLinearlyFromTheFirstStep)
{
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 1, 100), 2.2e-5);
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 5, 100), 1.1e-4);
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 10, 100), 2.2e-4);
}

TEST(LearningRate, IsConstantThenFallsAsACosineToTheMinimum)
{
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 50, 100), 2.2e-4);
    EXPECT_NEAR(learning_rate_at(schedule(), 70, 100), (2.2e-4 + 2.2e-5) / 2, 1e-18);
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 90, 100), 2.2e-5);
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 100, 100), 2.2e-5);
    for (std::int64_t step = 51; step <= 90; ++step)
        EXPECT_LT(learning_rate_at(schedule(), step, 100), learning_rate_at(schedule(), step - 1, 100));
}

TEST(LearningRate, StaysAtItsPeakWhereNoEndIsPlanned)
{
    EXPECT_DOUBLE_EQ(learning_rate_at(schedule(), 1'000'000, 0), 2.2e-4);
}

TEST(LearningRate, WithoutWarmUpStartsAtItsPeak)
{
    TrainConfig c = schedule();
    c.warmup_steps = 0;
    EXPECT_DOUBLE_EQ(learning_rate_at(c, 1, 100), 2.2e-4);
}

} // namespace
} // namespace triptych
