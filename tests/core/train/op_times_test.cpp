// Sums by op, and that nothing gets lost between them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/op_times.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace triptych {
namespace {

void call(OpTimes& times, const OpCost& cost, std::chrono::milliseconds length = {})
{
    times.before(cost);
    if (length.count() > 0) std::this_thread::sleep_for(length);
    times.after(cost);
}

double sum_of_seconds(const OpProfile& profile)
{
    double sum = profile.outside_seconds;
    for (const OpTime& op : profile.ops) sum += op.seconds;
    return sum;
}

TEST(OpTimes, SumUpTheCallsOfEachOpTheLongestFirst)
{
    OpTimes times;
    times.start();
    call(times, {"add", 10, 100});
    call(times, {"linear_forward", 1000, 500}, std::chrono::milliseconds(5));
    const std::string same_name = "add";
    call(times, {same_name.c_str(), 20, 50}); // the text counts, not where it lies
    times.stop();
    const OpProfile found = times.profile();
    ASSERT_EQ(found.ops.size(), 2U);
    EXPECT_EQ(std::string(found.ops[0].name), "linear_forward");
    EXPECT_EQ(found.ops[0].calls, 1);
    EXPECT_EQ(found.ops[1].calls, 2);
    EXPECT_EQ(found.ops[1].flops, 30);
    EXPECT_EQ(found.ops[1].bytes, 150);
    EXPECT_DOUBLE_EQ(found.ops[0].flop_rate() * found.ops[0].seconds, 1000);
    EXPECT_DOUBLE_EQ(found.ops[0].byte_rate() * found.ops[0].seconds, 500);
}

TEST(OpTimes, WhatIsBetweenTheOpsIsOutside)
{
    OpTimes times;
    times.start();
    call(times, {"add", 1, 1});
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    call(times, {"add", 1, 1});
    times.stop();
    const OpProfile found = times.profile();
    EXPECT_GT(found.outside_seconds, found.ops.at(0).seconds);
    EXPECT_NEAR(sum_of_seconds(found), found.seconds, 1e-9);
}

TEST(OpTimes, StartForgetsWhatWasSeen)
{
    OpTimes times;
    times.start();
    call(times, {"add", 1, 1});
    times.start();
    call(times, {"scale", 2, 3});
    times.stop();
    const OpProfile found = times.profile();
    ASSERT_EQ(found.ops.size(), 1U);
    EXPECT_EQ(std::string(found.ops[0].name), "scale");
    EXPECT_EQ(found.ops[0].flops, 2);
}

TEST(OpTimes, MoreOpsThanRowsLoseTheirNamesButNothingElse)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < OpTimes::kRows + 5; ++i) names.push_back("op" + std::to_string(i));
    OpTimes times;
    times.start();
    for (int round = 0; round < 2; ++round)
        for (const std::string& name : names) call(times, {name.c_str(), 1, 2});
    times.stop();
    const OpProfile found = times.profile();
    ASSERT_EQ(found.ops.size(), OpTimes::kRows);
    double calls = 0;
    double bytes = 0;
    bool others = false;
    for (const OpTime& op : found.ops) {
        calls += op.calls;
        bytes += op.bytes;
        others = others || (std::string(op.name) == "other ops" && op.calls == 12);
    }
    EXPECT_EQ(calls, 2.0 * static_cast<double>(names.size()));
    EXPECT_EQ(bytes, 4.0 * static_cast<double>(names.size()));
    EXPECT_TRUE(others) << "six names share the last row";
}

TEST(OpProfile, ScaledKeepsTheRates)
{
    const OpProfile text{.seconds = 8, .outside_seconds = 2, .ops = {{"add", 4, 6, 12, 24}}};
    const OpProfile token = text.scaled(0.25);
    EXPECT_EQ(token.seconds, 2);
    EXPECT_EQ(token.outside_seconds, 0.5);
    EXPECT_EQ(token.ops[0].calls, 1);
    EXPECT_EQ(token.ops[0].seconds, 1.5);
    EXPECT_EQ(token.ops[0].flop_rate(), text.ops[0].flop_rate());
    EXPECT_EQ(token.ops[0].byte_rate(), text.ops[0].byte_rate());
}

TEST(OpProfile, TheMedianIsAnObservationAndNoMixture)
{
    const auto lasting = [](double seconds) { return OpProfile{.seconds = seconds, .outside_seconds = 0}; };
    EXPECT_EQ(median_profile({lasting(3), lasting(1), lasting(2)}).seconds, 2);
    EXPECT_EQ(median_profile({lasting(4), lasting(1), lasting(3), lasting(2)}).seconds, 2);
    EXPECT_EQ(median_profile({lasting(7)}).seconds, 7);
}

} // namespace
} // namespace triptych
