// Parts of a bar lie end to end, and what is too much lies beyond the mark.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/stacked_bar.h"

#include <gtest/gtest.h>

#include <limits>

namespace triptych::test {
namespace {

BarPart part(const char* name, double value)
{
    return {QString::fromUtf8(name), value, QString::number(value), {}, &ThemeColors::mla};
}

TEST(StackedBar, PartsLieEndToEndAndFillTheBar)
{
    const Theme theme(ThemeChoice::Light);
    StackedBar bar(theme);
    bar.resize(300, 80);
    bar.setBar("time", "6 s", {part("a", 1), part("b", 2), part("c", 3)});
    EXPECT_DOUBLE_EQ(bar.partRect(0).width(), 50);
    EXPECT_DOUBLE_EQ(bar.partRect(1).left(), bar.partRect(0).right());
    EXPECT_DOUBLE_EQ(bar.partRect(2).right(), 300);
    EXPECT_EQ(bar.accessibleDescription(), "6 s\na: 1\nb: 2\nc: 3");
}

TEST(StackedBar, WhatIsTooMuchLiesBeyondTheLimit)
{
    const Theme theme(ThemeChoice::Light);
    StackedBar bar(theme);
    bar.resize(300, 80);
    bar.setBar("memory", "120 GB", {part("a", 60), part("b", 60)}, 80);
    EXPECT_DOUBLE_EQ(bar.partRect(1).right(), 300);
    bar.setBar("memory", "40 GB", {part("a", 40)}, 80);
    EXPECT_DOUBLE_EQ(bar.partRect(0).right(), 150);
}

TEST(StackedBar, NothingAndNonsenseAreDrawnAsNothing)
{
    const Theme theme(ThemeChoice::Dark);
    StackedBar bar(theme);
    bar.resize(300, 80);
    bar.setBar("nothing", "0 s", {part("a", 0), part("b", -1)});
    EXPECT_EQ(bar.partRect(0).width(), 0);
    EXPECT_EQ(bar.partRect(1).width(), 0);
    EXPECT_FALSE(bar.grab().isNull());
    bar.setBar("none", "", {});
    EXPECT_FALSE(bar.grab().isNull());
}

TEST(StackedBar, NarrowBarsHaveTheirNamesInMoreLines)
{
    const Theme theme(ThemeChoice::Dark);
    StackedBar bar(theme);
    bar.setBar("memory", "", {part("weights of it", 1), part("gradients", 1), part("the rest", 1)});
    EXPECT_GT(bar.heightForWidth(150), bar.heightForWidth(900));
}

} // namespace
} // namespace triptych::test
