// What the window costs: shares of the last ten seconds, and nothing where nothing is known.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/window_cost.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/window_cost_text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

/// Looks ten times a second, from one moment to another, with these shares.
void look(WindowMeter& meter, double from, double to, double window, double pictures)
{
    for (int i = 0; i <= 10 * (to - from); ++i) {
        const double now = from + 0.1 * i;
        meter.look(now, 5 + window * (now - from), pictures * (now - from));
    }
}

TEST(WindowMeter, TellsOfNothingBeforeASecond)
{
    WindowMeter meter;
    EXPECT_FALSE(meter.cost());
    look(meter, 100, 100.9, 0.01, 0.002);
    EXPECT_FALSE(meter.cost());
    look(meter, 100, 103, 0.01, 0.002);
    ASSERT_TRUE(meter.cost());
    EXPECT_NEAR(meter.cost()->window, 0.01, 1e-9);
    EXPECT_NEAR(meter.cost()->pictures, 0.002, 1e-9);
}

TEST(WindowMeter, ForgetsWhatIsLongerAgoThanItTells)
{
    WindowMeter meter;
    double cpu = 1;
    for (int i = 0; i < 400; ++i) {
        cpu += i < 200 ? 0.05 : 0.001; // of 0.1 s each
        meter.look(0.1 * i, cpu, 0);
    }
    EXPECT_NEAR(meter.cost()->window, 0.01, 1e-9);
}

TEST(WindowMeter, AnotherRunBeginsAnew)
{
    WindowMeter meter;
    look(meter, 0, 20, 0.5, 0.5);
    meter.look(20.1, 20, 0.001); // its pictures begin at nothing
    EXPECT_FALSE(meter.cost());
    look(meter, 20.2, 25, 0.01, 0.01);
    EXPECT_LT(meter.cost()->pictures, 0.02);
    meter.restart();
    EXPECT_FALSE(meter.cost());
}

TEST(WindowMeter, ASystemThatDoesNotTellOfThreadsIsNoZero)
{
    WindowMeter meter;
    for (int i = 0; i < 30; ++i) meter.look(i, 0, 0.01 * i);
    ASSERT_TRUE(meter.cost());
    EXPECT_TRUE(std::isnan(meter.cost()->window));
    EXPECT_NEAR(meter.cost()->pictures, 0.01, 1e-9);
    EXPECT_TRUE(windowCostText(meter.cost()).contains(noNumber()));
    EXPECT_TRUE(windowCostText(meter.cost()).contains(percentText(0.01, 2)));
}

} // namespace
} // namespace triptych::test
