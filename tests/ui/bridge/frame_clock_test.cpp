// Who is drawn, when, and how often.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/bridge/frame_clock.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QThread>
#include <QWidget>

#include <memory>

namespace triptych::test {
namespace {

struct CountedCard {
    explicit CountedCard(FrameClock& clock, int takesMs = 0)
    {
        clock.add(widget, [this, takesMs] {
            ++drawn;
            if (takesMs > 0) QThread::msleep(static_cast<unsigned long>(takesMs));
        });
    }
    void show()
    {
        widget.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&widget));
    }
    QWidget widget;
    int drawn = 0;
};

TEST(FrameClock, DrawsWhatWasAskedForManyTimesOnce)
{
    FrameClock clock;
    CountedCard card(clock);
    CountedCard other(clock);
    card.show();
    other.show();
    for (int i = 0; i < 100; ++i) clock.ask(card.widget);
    EXPECT_EQ(card.drawn, 0) << "not within the call";
    QTest::qWait(100);
    EXPECT_EQ(card.drawn, 1);
    EXPECT_EQ(other.drawn, 0);
}

TEST(FrameClock, AHiddenCardIsDrawnWhenItIsShown)
{
    FrameClock clock;
    CountedCard card(clock);
    clock.ask(card.widget);
    clock.drawNow(card.widget);
    QTest::qWait(80);
    EXPECT_EQ(card.drawn, 0);
    card.show();
    EXPECT_TRUE(QTest::qWaitFor([&] { return card.drawn == 1; }));
}

TEST(FrameClock, DrawingAtOnceTakesTheTurn)
{
    FrameClock clock;
    CountedCard card(clock);
    card.show();
    clock.ask(card.widget);
    clock.drawNow(card.widget);
    EXPECT_EQ(card.drawn, 1);
    QTest::qWait(80);
    EXPECT_EQ(card.drawn, 1);
}

TEST(FrameClock, ForgetsACardThatIsGone)
{
    FrameClock clock;
    auto card = std::make_unique<CountedCard>(clock);
    card->show();
    clock.ask(card->widget);
    card.reset();
    CountedCard other(clock);
    other.show();
    clock.ask(other.widget);
    EXPECT_TRUE(QTest::qWaitFor([&] { return other.drawn == 1; }));
}

TEST(FrameClock, IsQuickerWhileAHandMovesSomething)
{
    FrameClock clock;
    EXPECT_EQ(clock.framesPerSecond(), 30);
    clock.interact();
    EXPECT_EQ(clock.framesPerSecond(), 60);
}

TEST(FrameClock, WherePicturesTakeTooLongThoseOutOfFocusWaitEverySecondFrame)
{
    FrameClock clock;
    CountedCard card(clock, 25);
    CountedCard hurried(clock);
    card.show();
    hurried.show();
    clock.ask(card.widget);
    ASSERT_TRUE(QTest::qWaitFor([&] { return card.drawn == 1; }));
    EXPECT_EQ(clock.framesPerSecond(), 15);
    EXPECT_GE(clock.worstFrameMs(), 25);
    card.widget.clearFocus();
    clock.ask(card.widget);
    clock.hurry(hurried.widget);
    ASSERT_TRUE(QTest::qWaitFor([&] { return hurried.drawn == 1; }));
    EXPECT_EQ(card.drawn, 1) << "what a hand moved comes first";
    EXPECT_TRUE(QTest::qWaitFor([&] { return card.drawn == 2; })) << "and nothing is forgotten";
}

} // namespace
} // namespace triptych::test
