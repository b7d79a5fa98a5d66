// The planner against published figures: prints the table, and holds each error to its bound.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/plan_checks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace triptych::test {
namespace {

TEST(PlanChecks, EveryFigureIsWithinItsBound)
{
    const auto checks = plan_checks();
    ASSERT_TRUE(checks.ok()) << checks.error().what;
    for (const PlanCheck& c : *checks) {
        std::printf("%-60s %10.5g %10.5g %-8s %+6.1f %% (at most %g %%)%s\n", c.name.c_str(), c.predicted, c.published,
                    c.unit.c_str(), 100 * c.error(), 100 * c.bound, c.use == CheckUse::Calibrated ? " calibrated" : "");
        EXPECT_LE(std::abs(c.error()), c.bound) << c.name;
        EXPECT_FALSE(c.source.empty()) << c.name;
        EXPECT_NE(c.unit, "us") << "microseconds are written as everywhere: " << c.name;
    }
}

TEST(PlanChecks, NoFigureOfDeepSeekV3sTrainingWasUsedToCalibrate)
{
    const auto checks = plan_checks();
    ASSERT_TRUE(checks.ok()) << checks.error().what;
    std::size_t trainings = 0;
    for (const PlanCheck& c : *checks) {
        if (c.name.find("DeepSeek-V") == std::string::npos) continue;
        EXPECT_EQ(c.use, CheckUse::Checked) << c.name;
        trainings += c.name.find("H800") != std::string::npos ? 1 : 0;
    }
    EXPECT_GE(trainings, 9U);
}

TEST(PlanChecks, WhatDecidesTheMoneyIsWithinTenPercent)
{
    const auto checks = plan_checks();
    ASSERT_TRUE(checks.ok()) << checks.error().what;
    const auto find = [&](const char* words) {
        return *std::find_if(checks->begin(), checks->end(),
                             [&](const PlanCheck& c) { return c.name.find(words) != std::string::npos; });
    };
    EXPECT_LT(std::abs(find("GPU-hours for 1T tokens").error()), 0.10);
    EXPECT_LT(std::abs(find("DeepSeek-V2 on H800").error()), 0.10);
}

TEST(PlanChecks, ErrorsOfTrainingsAreThoseOfTheTwoThatWerePublished)
{
    const auto checks = plan_checks();
    ASSERT_TRUE(checks.ok()) << checks.error().what;
    const TrainingErrors errors = training_errors(*checks);
    EXPECT_EQ(errors.of, "DeepSeek-V3 on 2,048 H800, DeepSeek-V2 on H800");
    EXPECT_NEAR(errors.least, 172.16 / 180 - 1, 1e-3);
    EXPECT_NEAR(errors.largest, 156.2 / 172.8 - 1, 1e-3);
    EXPECT_EQ(training_errors({}).of, "");
}

} // namespace
} // namespace triptych::test
