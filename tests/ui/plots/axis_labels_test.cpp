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

TEST(AxisLabels, AWordOfSignsWithoutWidthStandsOnACircle)
{
    EXPECT_EQ(labels({{0, 3, "old"}, {6, 3, QString::fromUtf8("\u200B")}}),
              (QStringList{"old", QString::fromUtf8("\u25CC\u200B")}));
}

} // namespace
} // namespace triptych::test
