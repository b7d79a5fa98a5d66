// Labels below a map: words that have no width of their own are to be seen all the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/axis_labels.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

QStringList labels(const std::vector<LabelSpan>& words)
{
    const AxisLabels chosen = chooseLabels({}, words, 10, 100, QFont(), LabelSide::Below);
    QStringList texts;
    for (const QString& text : chosen.ticks->ticks()) texts << text;
    return texts;
}

TEST(AxisLabels, WordsStandBelowTheMiddleOfTheirTokens)
{
    EXPECT_EQ(labels({{0, 3, "old"}, {6, 3, "house"}}), (QStringList{"old", "house"}));
}

TEST(AxisLabels, AWordOfSignsThatTakeNoRoomIsACircle)
{
    for (const char* nothing : {"\u200B", "\u2028\u2029"})
        EXPECT_EQ(labels({{0, 3, "old"}, {6, 3, QString::fromUtf8(nothing)}}), (QStringList{"old", "\u25CC"}));
}

} // namespace
} // namespace triptych::test
