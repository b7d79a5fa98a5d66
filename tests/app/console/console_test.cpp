// Numbers, bars and text as people see them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"
#include "app/console/numbers.h"
#include "app/console/progress_line.h"

#include <gtest/gtest.h>

#include <limits>

namespace triptych::test {
namespace {

TEST(ConsoleNumbers, HaveThreeDigitsAndAUnit)
{
    EXPECT_EQ(count_text(0), "0");
    EXPECT_EQ(count_text(789), "789");
    EXPECT_EQ(count_text(0.25), "0.25");
    EXPECT_EQ(count_text(12.34), "12.3");
    EXPECT_EQ(count_text(999.4), "999");
    EXPECT_EQ(count_text(999.6), "1.00k");
    EXPECT_EQ(count_text(45'600), "45.6k");
    EXPECT_EQ(count_text(1'234'567), "1.23M");
    EXPECT_EQ(count_text(671.03e9), "671B");
}

TEST(ConsoleNumbers, DurationsAreReadAtAGlance)
{
    EXPECT_EQ(duration_text(0), "0 s");
    EXPECT_EQ(duration_text(59.4), "59 s");
    EXPECT_EQ(duration_text(61), "1:01");
    EXPECT_EQ(duration_text(3723), "1:02:03");
    EXPECT_EQ(duration_text(4 * 86400 + 5 * 3600), "4 d 05:00");
    EXPECT_EQ(duration_text(std::numeric_limits<double>::infinity()), "?");
    EXPECT_EQ(duration_text(-1), "?");
}

TEST(ConsoleNumbers, SmallMoneyKeepsTwoDigits)
{
    EXPECT_EQ(usd_text(0), "$0.00");
    EXPECT_EQ(usd_text(0.0000042), "$0.0000042");
    EXPECT_EQ(usd_text(0.013), "$0.013");
    EXPECT_EQ(usd_text(0.5), "$0.50");
    EXPECT_EQ(usd_text(12.4), "$12.40");
    EXPECT_EQ(usd_text(5.576e6), "$5576000");
}

TEST(ConsoleProgress, ABarIsAsFullAsItsShare)
{
    EXPECT_EQ(progress_bar(0, 4), "[----]");
    EXPECT_EQ(progress_bar(0.5, 4), "[##--]");
    EXPECT_EQ(progress_bar(1, 4), "[####]");
    EXPECT_EQ(progress_bar(7, 4), "[####]");
    EXPECT_EQ(progress_bar(std::numeric_limits<double>::quiet_NaN(), 4), "[----]");
}

TEST(ConsoleText, ControlCharactersAreMadeHarmlessAndTextIsNot)
{
    EXPECT_EQ(printable("a\nb\tc"), "a\nb\tc");
    EXPECT_EQ(printable("\x1b[2J\x07\r\x7f"), "?[2J???");
    EXPECT_EQ(printable("Gr\xc3\xbc\xc3\x9f"
                        "e \xe2\x82\xac"),
              "Gr\xc3\xbc\xc3\x9f"
              "e \xe2\x82\xac");
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "?31m")
        << "the one-character form of ESC [";
}

} // namespace
} // namespace triptych::test
