// time.json: sums, what a resume makes of them, and files that are wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/time_account.h"
#include "tests/support/mutate.h"
#include "tests/support/small_run.h"

#include <gtest/gtest.h>

#include <limits>

namespace triptych::test {
namespace {

TimeAccount busy()
{
    TimeAccount account;
    account.add(TimeUse::Productive, 80);
    account.add(TimeUse::Checkpoint, 5);
    account.add(TimeUse::Evaluation, 5);
    account.add(TimeUse::Stall, 4);
    account.add(TimeUse::Restart, 3);
    account.add(TimeUse::Lost, 3);
    account.add(TimeUse::Idle, 100);
    account.joules = 1500;
    account.joules_seconds = 20;
    return account;
}

TEST(TimeAccount, GoodputIsTheProductiveShareOfWhatWasNotIdle)
{
    EXPECT_DOUBLE_EQ(busy().total(), 200);
    EXPECT_DOUBLE_EQ(busy().goodput(), 0.8);
    EXPECT_EQ(TimeAccount().goodput(), 1);
    EXPECT_EQ(busy().watts(), 75);
    EXPECT_FALSE(TimeAccount().watts().has_value());
}

TEST(TimeAccount, NeverAddsTimeThatDidNotPass)
{
    TimeAccount account = busy();
    account.add(TimeUse::Stall, -5);
    account.add(TimeUse::Stall, std::numeric_limits<double>::quiet_NaN());
    account.add(TimeUse::Stall, std::numeric_limits<double>::infinity());
    EXPECT_EQ(account, busy());
}

TEST(TimeAccount, WhatWasNotSavedIsLostOnceHoweverOftenItIsResumed)
{
    TimeAccount account = busy();
    account.go_on_from(60, 85); // 80 in the account, 85 by the metrics, 60 in the checkpoint
    EXPECT_EQ(account.seconds(TimeUse::Productive), 60);
    EXPECT_EQ(account.seconds(TimeUse::Lost), 3 + 25);
    const TimeAccount once = account;
    account.go_on_from(60, 60);
    EXPECT_EQ(account, once);
    // An account that is older than the checkpoint catches up and loses nothing.
    account.go_on_from(90, 0);
    EXPECT_EQ(account.seconds(TimeUse::Productive), 90);
    EXPECT_EQ(account.seconds(TimeUse::Lost), once.seconds(TimeUse::Lost));
}

TEST(TimeAccount, EveryUseHasAnEntryInOrder)
{
    ASSERT_EQ(time_uses().size(), kTimeUses);
    for (std::size_t i = 0; i < kTimeUses; ++i) {
        EXPECT_EQ(static_cast<std::size_t>(time_uses()[i].use), i + 1);
        EXPECT_FALSE(time_uses()[i].name.empty());
        EXPECT_FALSE(time_uses()[i].doc.empty());
    }
}

TEST(TimeAccount, ComesBackFromItsFile)
{
    const TempFolder temp;
    const auto none = read_time_account(temp.path());
    ASSERT_TRUE(none.ok());
    EXPECT_FALSE(none->has_value());
    ASSERT_TRUE(write_time_account(temp.path(), busy()).ok());
    const auto back = read_time_account(temp.path());
    ASSERT_TRUE(back.ok() && back->has_value());
    EXPECT_EQ(**back, busy());
    // Without metrics there is nothing more to be known.
    const auto resumed = resumed_time_account(temp.path(), 70);
    ASSERT_TRUE(resumed.ok());
    EXPECT_EQ(resumed->seconds(TimeUse::Lost), 13);
}

TEST(TimeAccount, ADamagedFileIsAnErrorOrAnAccountOfTimeThatCanBe)
{
    const TempFolder temp;
    ASSERT_TRUE(write_time_account(temp.path(), busy()).ok());
    const std::string good = slurp(temp / "time.json");
    for (std::uint64_t round = 0; round < 300; ++round) {
        temp.write("time.json", mutated(good, 3, round));
        const auto read = read_time_account(temp.path());
        if (!read) {
            EXPECT_NE(read.error().what.find("time.json"), std::string::npos) << read.error().what;
        } else if (read->has_value()) {
            EXPECT_GE((*read)->total(), 0);
            EXPECT_GE((*read)->goodput(), 0);
            EXPECT_LE((*read)->goodput(), 1);
        }
    }
    temp.write("time.json", "{\"format\": 2}");
    EXPECT_NE(read_time_account(temp.path()).error().what.find("newer version"), std::string::npos);
}

} // namespace
} // namespace triptych::test
