// Round numbers and how they are written.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/nice_numbers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace triptych {
namespace {

TEST(NiceNumbers, AreOneTwoFive)
{
    EXPECT_DOUBLE_EQ(niceStep(1), 1);
    EXPECT_DOUBLE_EQ(niceStep(1.9), 1);
    EXPECT_DOUBLE_EQ(niceStep(49), 20);
    EXPECT_DOUBLE_EQ(niceStep(50), 50);
    EXPECT_DOUBLE_EQ(niceStep(0.003), 0.002);
    EXPECT_DOUBLE_EQ(niceStep(0), 1);
    EXPECT_DOUBLE_EQ(niceStep(NAN), 1);
}

TEST(NiceNumbers, NoMoreTicksThanWanted)
{
    for (double span = 1e-6; span < 1e9; span *= 1.37)
        for (const int most : {1, 3, 5, 8}) {
            const double spacing = tickSpacing(span, most);
            EXPECT_LE(span / spacing, most * (1 + 1e-6)) << span;
            EXPECT_GT(span / spacing, most / 2.6) << span;
        }
}

TEST(NiceNumbers, LogarithmicTicksAreWithinTheAxisAndFew)
{
    for (double lower = 1e-6; lower < 1e6; lower *= 7.3)
        for (double ratio = 1.01; ratio < 1e12; ratio *= 3.1)
            for (const int most : {3, 5, 8}) {
                const auto ticks = logarithmicTicks(lower, lower * ratio, most);
                EXPECT_LE(ticks.size(), static_cast<std::size_t>(most) + 1) << lower << " x " << ratio;
                EXPECT_TRUE(std::is_sorted(ticks.begin(), ticks.end()));
                for (const double tick : ticks) {
                    EXPECT_GE(tick, lower * (1 - 1e-9));
                    EXPECT_LE(tick, lower * ratio * (1 + 1e-9));
                }
                if (ratio > 1.3 && most >= 5) {
                    EXPECT_GE(ticks.size(), 2u) << lower << " x " << ratio;
                }
            }
}

TEST(NiceNumbers, NoLogarithmicTicksWhereThereIsNoSuchAxis)
{
    EXPECT_TRUE(logarithmicTicks(0, 1, 5).empty());
    EXPECT_TRUE(logarithmicTicks(-1, 1, 5).empty());
    EXPECT_TRUE(logarithmicTicks(2, 1, 5).empty());
}

TEST(NiceNumbers, AreWrittenShortWithTheDigitsTheirSpacingNeeds)
{
    EXPECT_EQ(tickText(0, 0.5), "0");
    EXPECT_EQ(tickText(1e-17, 0.1), "0");
    EXPECT_EQ(tickText(2, 0.5), "2.0");
    EXPECT_EQ(tickText(2, 1), "2");
    EXPECT_EQ(tickText(0.25, 0.05), "0.25");
    EXPECT_EQ(tickText(1500, 500), "1,500");
    EXPECT_EQ(tickText(12000, 1000), "12k");
    EXPECT_EQ(tickText(12500, 500), "12.5k");
    EXPECT_EQ(tickText(3.5e6, 5e5), "3.5M");
    EXPECT_EQ(tickText(2e9, 1e9), "2G");
    EXPECT_EQ(tickText(5e12, 1e12), "5T") << "and not 5,000G: FLOPs";
    EXPECT_EQ(tickText(7.5e14, 5e13), "750T");
    EXPECT_EQ(tickText(2e-6, 1e-6), QString::fromUtf8("2·10⁻⁶"));
    EXPECT_EQ(tickText(3e17, 1e17), QString::fromUtf8("3·10¹⁷"));
}

TEST(NiceNumbers, AreNeverLongerThanTheMarginBesideAPlot)
{
    for (double spacing = 1e-9; spacing < 1e16; spacing *= 1.7)
        for (int i = 1; i < 20; ++i) {
            const double tick = i * niceStep(spacing);
            EXPECT_LE(tickText(tick, niceStep(spacing)).size(), 8) << tick;
        }
}

} // namespace
} // namespace triptych
