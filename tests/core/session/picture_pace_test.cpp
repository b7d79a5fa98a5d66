// Pictures take a small share of the training's time, and none of it while a hand is on the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/picture_pace.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(PicturePace, TheFirstIsDueAtOnceAndWhatItCostsIsWaitedFor)
{
    PicturePace pace;
    EXPECT_TRUE(pace.is_due(100));
    const double cost = PicturePace::kAtFirst + 0.03;
    pace.pay(100, 100 + cost);
    const double owed = (cost - PicturePace::kAtFirst) / PicturePace::kShare; // seconds until that is earned
    EXPECT_FALSE(pace.is_due(100 + 0.9 * owed));
    EXPECT_TRUE(pace.is_due(100 + 1.1 * owed));
}

TEST(PicturePace, OverALongTimePicturesTakeTheirShare)
{
    PicturePace pace;
    const double cost = 0.02;
    double now = 0;
    for (; now < 1000; now += 0.05)
        if (pace.is_due(now)) pace.pay(now, now + cost);
    EXPECT_NEAR(pace.spent(), PicturePace::kAtFirst + PicturePace::kShare * now, 2 * cost);
}

TEST(PicturePace, APauseIsNotSavedUpForABurst)
{
    PicturePace pace;
    pace.pay(0, 1);
    ASSERT_TRUE(pace.is_due(100'000));
    int pictures = 0;
    for (double now = 100'000; now < 100'010; now += 0.25)
        if (pace.is_due(now)) {
            pace.pay(now, now + 0.1);
            ++pictures;
        }
    EXPECT_EQ(pictures, 1) << "of 0.1 s in 10 s";
}

TEST(PicturePace, UnderAHandTheyCostNothingButAreNotMadeAllTheTime)
{
    PicturePace pace;
    pace.attend(true);
    pace.pay(0, 0.5);
    EXPECT_FALSE(pace.is_due(0.9 * PicturePace::kLeast));
    EXPECT_TRUE(pace.is_due(1.1 * PicturePace::kLeast));
    EXPECT_DOUBLE_EQ(pace.spent(), 0.5);
    pace.attend(false);
    EXPECT_TRUE(pace.is_due(1)) << "nothing is owed for what a hand wanted";
}

} // namespace
} // namespace triptych
