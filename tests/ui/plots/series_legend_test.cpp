// Names of curves where there is little room.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/series_legend.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

class SeriesLegendTest : public testing::Test {
protected:
    SeriesLegendTest()
    {
        LegendItem first;
        first.name = "ablation-balanced-with-the-bias-seed-1";
        first.style = CurveStyle::Line;
        first.tip = "<p>−ln p</p>";
        LegendItem second = first;
        second.name = "ablation-balanced-with-the-bias-seed-2";
        second.tip = "Mean over the layers.";
        legend.setTitle("Loss", "nats/token");
        legend.setItems({first, second});
        legend.resize(220, legend.sizeHint().height());
    }

    Theme theme{ThemeChoice::Light};
    SeriesLegend legend{theme};
};

TEST_F(SeriesLegendTest, LongNamesLoseTheirMiddleSoThatTheirEndsTellThemApart)
{
    const QStringList names = legend.drawnNames();
    ASSERT_EQ(names.size(), 2);
    EXPECT_TRUE(names[0].startsWith("ab")) << names[0].toStdString();
    EXPECT_TRUE(names[0].contains(QChar(0x2026)) && names[0].endsWith("1")) << names[0].toStdString();
    EXPECT_TRUE(names[1].endsWith("2")) << names[1].toStdString();
}

TEST_F(SeriesLegendTest, TheTooltipHasTheWholeNameOfOneThatIsCut)
{
    const int line = legend.sizeHint().height() * 3 / 4;
    EXPECT_EQ(legend.tipAt({3, line}), "<p><b>ablation-balanced-with-the-bias-seed-1</b></p><p>−ln p</p>");
    EXPECT_EQ(legend.tipAt({216, line}), "ablation-balanced-with-the-bias-seed-2\nMean over the layers.");
    legend.resize(900, legend.height());
    EXPECT_EQ(legend.tipAt({3, line}), "<p>−ln p</p>");
    EXPECT_EQ(legend.drawnNames()[0], "ablation-balanced-with-the-bias-seed-1");
}

} // namespace
} // namespace triptych::test
