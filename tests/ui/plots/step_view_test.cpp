// Following a run, and staying where a hand put the picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_view.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include <cmath>

namespace triptych {
namespace {

TEST(StepView, ShowsTheWholeRunAndGrowsWithItInSteps)
{
    StepView view;
    QSignalSpy moved(&view, &StepView::rangeChanged);
    for (int newest = 1; newest <= 2000; ++newest) {
        view.setExtent(1, newest);
        ASSERT_LE(view.lower(), 1);
        ASSERT_GT(view.upper(), newest);
    }
    EXPECT_LT(view.upper(), 2300) << "not much of the picture is empty";
    EXPECT_LT(moved.count(), 110) << "an axis that moves at every step cannot be read";
    EXPECT_TRUE(view.showsAll());
}

TEST(StepView, AResumedRunBeginsWhereItWasResumed)
{
    StepView view;
    view.setExtent(1001, 1180);
    EXPECT_GE(view.lower(), 950);
    EXPECT_LE(view.lower(), 1001);
}

TEST(StepView, NeverSnapsBackWhileTheRunGoesOn)
{
    StepView view;
    view.setExtent(1, 1000);
    QSignalSpy following(&view, &StepView::followingChanged);
    view.setRange(200, 300);
    EXPECT_FALSE(view.isFollowing());
    EXPECT_EQ(following.count(), 1);
    for (int newest = 1000; newest < 5000; newest += 7) view.setExtent(1, newest);
    EXPECT_EQ(view.lower(), 200);
    EXPECT_EQ(view.upper(), 300);
}

TEST(StepView, FollowingAgainKeepsTheNumberOfStepsAndMovesOn)
{
    StepView view;
    view.setExtent(1, 1000);
    view.setRange(200, 300);
    view.follow();
    EXPECT_TRUE(view.isFollowing());
    EXPECT_NEAR(view.upper() - view.lower(), 100, 1e-9);
    EXPECT_GE(view.upper(), 1000);
    view.setExtent(1, 1500);
    EXPECT_GE(view.upper(), 1500);
    EXPECT_NEAR(view.upper() - view.lower(), 100, 1e-9);
    view.showAll();
    EXPECT_LE(view.lower(), 1);
    EXPECT_GT(view.upper(), 1500);
}

TEST(StepView, ZoomKeepsTheStepUnderTheMouseInItsPlace)
{
    StepView view;
    view.setExtent(1, 1000);
    view.setRange(100, 500);
    view.zoom(0.5, 200);
    EXPECT_NEAR((200 - view.lower()) / (view.upper() - view.lower()), 0.25, 1e-9);
    EXPECT_NEAR(view.upper() - view.lower(), 200, 1e-9);
}

TEST(StepView, StopsAtItsLimitsInsteadOfDrifting)
{
    StepView view;
    view.setExtent(1, 1000);
    view.setRange(400, 600);
    for (int i = 0; i < 100; ++i) view.zoom(0.5, 480);
    EXPECT_NEAR(view.upper() - view.lower(), 4, 1e-6);
    EXPECT_LE(view.lower(), 480);
    EXPECT_GE(view.upper(), 480);
    for (int i = 0; i < 100; ++i) view.zoom(2, 480);
    EXPECT_LE(view.upper() - view.lower(), 2100);
    for (int i = 0; i < 100; ++i) view.pan(500);
    EXPECT_LE(view.lower(), 1000) << "some of the run stays in sight";
}

TEST(StepView, IgnoresNonsense)
{
    StepView view;
    view.setExtent(1, 1000);
    const double upper = view.upper();
    view.setRange(NAN, 5);
    view.setRange(5, INFINITY);
    EXPECT_EQ(view.upper(), upper);
    EXPECT_TRUE(view.isFollowing());
    view.setRange(300, 200);
    EXPECT_EQ(view.lower(), 200);
}

TEST(StepView, TellsTheCursorOnceAndToEverybody)
{
    StepView view;
    QSignalSpy moved(&view, &StepView::cursorChanged);
    // A listener that answers by setting the same step again must not go round in circles.
    QObject::connect(&view, &StepView::cursorChanged, &view, [&] {
        if (view.cursor()) view.setCursor(*view.cursor());
    });
    view.setCursor(7);
    view.setCursor(7);
    EXPECT_EQ(moved.count(), 1);
    view.clearCursor();
    view.clearCursor();
    EXPECT_EQ(moved.count(), 2);
    EXPECT_FALSE(view.cursor());
}

} // namespace
} // namespace triptych
