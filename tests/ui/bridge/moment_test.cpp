// The time shown: told once, and moved by frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/bridge/moment.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace triptych {
namespace {

TEST(Moment, IsLiveUntilSomebodyGoesBack)
{
    Moment moment;
    QSignalSpy told(&moment, &Moment::changed);
    EXPECT_TRUE(moment.isLive());
    moment.goLive();
    EXPECT_EQ(told.count(), 0);
    moment.show(620);
    moment.show(620);
    EXPECT_EQ(told.count(), 1);
    EXPECT_EQ(moment.step(), 620);
    EXPECT_FALSE(moment.isLive());
    moment.goLive();
    EXPECT_EQ(told.count(), 2);
    EXPECT_EQ(moment.step(), std::nullopt);
}

TEST(Moment, MovesFromFrameToFrameAndFromTheLastToLive)
{
    Moment moment;
    moment.setFrames({10, 20, 30});
    moment.move(-1);
    EXPECT_EQ(moment.step(), 30);
    moment.move(-1);
    EXPECT_EQ(moment.step(), 20);
    moment.move(-10);
    EXPECT_EQ(moment.step(), 10);
    moment.move(2);
    EXPECT_EQ(moment.step(), 30);
    moment.move(1);
    EXPECT_TRUE(moment.isLive());
    moment.move(1);
    EXPECT_TRUE(moment.isLive());
}

TEST(Moment, MovesFromBetweenTwoFrames)
{
    Moment moment;
    moment.setFrames({10, 20, 30});
    moment.show(25);
    moment.move(1);
    EXPECT_EQ(moment.step(), 30);
    moment.show(25);
    moment.move(-1);
    EXPECT_EQ(moment.step(), 10) << "the frame of 20 is the one that is shown at 25";
    moment.show(5);
    moment.move(1);
    EXPECT_EQ(moment.step(), 10);
}

TEST(Moment, WithoutFramesStaysWhereItIs)
{
    Moment moment;
    moment.move(-1);
    EXPECT_TRUE(moment.isLive());
}

} // namespace
} // namespace triptych
