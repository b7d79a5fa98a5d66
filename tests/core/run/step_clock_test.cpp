// When steps were done, from events and device time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/step_clock.h"

#include <gtest/gtest.h>

#include <limits>

namespace triptych::test {
namespace {

constexpr double kNoon = 1740830400; // 2025-03-01T12:00:00Z

TEST(StepClock, ReadsAndWritesUtc)
{
    EXPECT_EQ(unix_seconds("2025-03-01T12:00:00Z"), kNoon);
    EXPECT_EQ(unix_seconds("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(unix_seconds("2024-02-29T23:59:59Z"), 1709251199);
    for (const char* wrong : {"", "2025-03-01", "2025-02-29T12:00:00Z", "2025-03-01T24:00:00Z", "2025-03-01T12:00:00Zx",
                              "2025-03-01 12:00:00Z", "1969-12-31T23:59:59Z", "x"})
        EXPECT_FALSE(unix_seconds(wrong).has_value()) << wrong;
    EXPECT_EQ(utc_text(kNoon + 0.25), "2025-03-01T12:00:00.250Z");
    EXPECT_EQ(utc_text(-5), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(utc_text(1e30), "9999-12-31T23:59:59.000Z");
    EXPECT_EQ(utc_text(std::numeric_limits<double>::quiet_NaN()), "1970-01-01T00:00:00.000Z");
}

TEST(StepClock, CountsDeviceTimeFromTheLastEvent)
{
    StepClock clock(kNoon - 5, {{0, "2025-03-01T12:00:00Z", "start", ""},
                                {2, "2025-03-01T12:00:10Z", "validation", ""},
                                {2, "2025-03-01T13:00:00Z", "start", ""}, // resumed an hour later
                                {9, "when?", "setting", ""}});
    EXPECT_EQ(clock.at(1, 1.5), kNoon + 1.5);
    EXPECT_EQ(clock.at(2, 3), kNoon + 3);
    EXPECT_EQ(clock.at(3, 4.5), kNoon + 3600 + 1.5);
    EXPECT_EQ(clock.at(10, 6), kNoon + 3600 + 3);
}

TEST(StepClock, NeverGoesBack)
{
    StepClock clock(kNoon, {{1, "2025-03-01T11:00:00Z", "setting", ""}}); // somebody set the machine's clock
    EXPECT_EQ(clock.at(1, 10), kNoon + 10);
    EXPECT_EQ(clock.at(2, 11), kNoon + 11);
    EXPECT_EQ(clock.at(3, std::numeric_limits<double>::quiet_NaN()), kNoon + 11);
    EXPECT_EQ(clock.at(4, 2), kNoon + 11);
}

} // namespace
} // namespace triptych::test
