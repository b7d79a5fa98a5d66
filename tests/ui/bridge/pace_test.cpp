// The window's pace: a small share of one core, and quick under a hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/pace.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

namespace triptych::test {
namespace {

struct PaceTest : testing::Test {
    double busy = 0;
    Pace pace{nullptr, [this] { return busy; }};

    /// The pace that looks of so many ms lead to.
    int settled(double ms)
    {
        int wait = 0;
        for (int i = 0; i < 60; ++i) {
            busy += 1e-3 * ms;
            wait = pace.next();
        }
        return wait;
    }
};

TEST_F(PaceTest, LooksThatCostNothingComeAsFastAsTheScreen)
{
    EXPECT_EQ(settled(0), Pace::kQuick);
    EXPECT_EQ(settled(0.9 * Pace::kQuick * Pace::kShare), Pace::kQuick);
}

TEST_F(PaceTest, DearLooksTakeTheirShareOfACoreAndNoMore)
{
    EXPECT_NEAR(settled(1.5), 1.5 / Pace::kShare, 1);
    EXPECT_EQ(settled(40), Pace::kSlowest);
    EXPECT_EQ(settled(0), Pace::kQuick) << "cheap again";
}

TEST_F(PaceTest, AHandMakesItQuickAtOnce)
{
    ASSERT_EQ(settled(40), Pace::kSlowest);
    QWidget widget;
    widget.show();
    QTest::mouseClick(&widget, Qt::LeftButton);
    EXPECT_EQ(pace.next(), Pace::kQuick);
}

TEST_F(PaceTest, AHandIsToldOfWhenItComesAndNotForEachOfItsMoves)
{
    QSignalSpy touched(&pace, &Pace::touched);
    EXPECT_FALSE(pace.isTouched());
    for (int i = 0; i < 5; ++i) pace.touch();
    EXPECT_TRUE(pace.isTouched());
    EXPECT_EQ(touched.size(), 1);
}

TEST_F(PaceTest, ALookComesBeforeThereIsNoRoomForWhatCame)
{
    EXPECT_EQ(Pace::untilFull(0, 16, 1000), Pace::kSlowest) << "nothing comes";
    EXPECT_EQ(Pace::untilFull(100, 16, 1000), 160);
    EXPECT_EQ(Pace::untilFull(2000, 1000, 1000), 500) << "too late this time";
    EXPECT_EQ(Pace::untilFull(10, 16, 1'000'000), Pace::kSlowest);
    EXPECT_EQ(Pace::untilFull(1'000'000, 16, 1000), Pace::kQuick) << "faster than the screen is no use";
    EXPECT_EQ(Pace::untilFull(50, 0, 1000), 20) << "a timer that has not run counts as one ms";
}

TEST(ThreadCpuSeconds, RiseWhileTheThreadWorks)
{
    const double before = threadCpuSeconds();
    volatile double sum = 0;
    while (threadCpuSeconds() - before < 0.005) sum = sum + 1;
    EXPECT_GT(sum, 0);
}

} // namespace
} // namespace triptych::test
