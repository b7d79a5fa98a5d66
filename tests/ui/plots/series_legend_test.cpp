// Names of curves where there is little room.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/series_legend.h"

#include <gtest/gtest.h>

#include <QSet>

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

TEST_F(SeriesLegendTest, NamesOfRunsAreToldApartBeforeTheirValuesAreShown)
{
    std::vector<LegendItem> items;
    QStringList values;
    for (const char* name : {"grid/healthy-balanced", "grid/healthy-collapsed", "grid/half-as-much-data"}) {
        LegendItem item;
        item.name = name;
        item.widest = "00.000";
        item.style = CurveStyle::Line;
        item.isRun = true;
        items.push_back(item);
        values << "2.345";
    }
    legend.setItems(items);
    legend.setValues(values);
    legend.resize(1200, legend.height());
    EXPECT_EQ(legend.drawnNames()[1], "grid/healthy-collapsed");
    EXPECT_EQ(legend.drawnValues(), values);
    const int height = legend.sizeHint().height();
    const int letter = legend.fontMetrics().averageCharWidth();
    legend.resize(3 * (10 * letter + 40), legend.height());
    const QStringList names = legend.drawnNames();
    for (const QString& name : names) EXPECT_GE(name.size(), 6) << name.toStdString();
    EXPECT_EQ(QSet<QString>(names.begin(), names.end()).size(), 3) << names.join(' ').toStdString();
    EXPECT_FALSE(names[0].startsWith("gr")) << "what all of them begin with goes first: " << names[0].toStdString();
    EXPECT_TRUE(legend.drawnValues().last().isEmpty());
    EXPECT_EQ(legend.sizeHint().height(), height);
    EXPECT_EQ(legend.tipAt({legend.width() - 2, height * 3 / 4}), "grid/half-as-much-data  2.345");
    // Wider digits bring no value back and take none away.
    const QStringList drawn = legend.drawnValues();
    legend.setValues({"12.345", "12.345", "12.345"});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(legend.drawnValues()[i].isEmpty(), drawn[i].isEmpty());
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
