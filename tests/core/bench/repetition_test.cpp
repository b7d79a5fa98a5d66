// Medians, and when enough has been measured.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/repetition.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(Spread, TellsTheMiddleAndTheEnds)
{
    const Spread odd = spread_of({5, 1, 9});
    EXPECT_EQ(odd.median, 5);
    EXPECT_EQ(odd.least, 1);
    EXPECT_EQ(odd.most, 9);
    EXPECT_EQ(spread_of({4, 1, 2, 100}).median, 3) << "the mean of the middle two";
    EXPECT_EQ(spread_of({7}).median, 7);
    EXPECT_EQ(spread_of({}).median, 0);
}

TEST(Repetition, EndsWhereSomebodyAskedItTo)
{
    const Repetition asked{.asked = 4, .seconds = 1, .least = 10, .most = 20};
    EXPECT_EQ(asked.share_done(1, 1000), 0.25) << "however long it takes";
    EXPECT_LT(asked.share_done(3, 0), 1);
    EXPECT_EQ(asked.share_done(4, 0), 1);
}

TEST(Repetition, ElseEndsByTimeButNeitherTooEarlyNorTooLate)
{
    const Repetition timed{.seconds = 10, .least = 5, .most = 200};
    EXPECT_LT(timed.share_done(4, 1000), 1) << "fewer than the least";
    EXPECT_EQ(timed.share_done(5, 10), 1);
    EXPECT_LT(timed.share_done(199, 9.9), 1) << "time is left";
    EXPECT_EQ(timed.share_done(200, 0.1), 1) << "as many as the most";
    EXPECT_EQ(timed.share_done(100, 5), 0.5);
    EXPECT_EQ(timed.share_done(0, 0), 0);
}

TEST(Repetition, SecondsAreThoseOfTheWork)
{
    int calls = 0;
    EXPECT_GE(seconds_of([&] { ++calls; }), 0);
    EXPECT_EQ(calls, 1);
}

} // namespace
} // namespace triptych
