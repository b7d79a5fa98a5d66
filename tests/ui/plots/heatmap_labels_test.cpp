// Labels, marks and the colour scale of the heat map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/heatmap_plot.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace triptych::test {
namespace {

class HeatmapLabelsTest : public testing::Test {
protected:
    HeatmapLabelsTest() : m_plot(m_theme, HeatmapScale::Weight, &ThemeColors::mla)
    {
        m_plot.resize(300, 260);
        m_plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_plot));
    }

    /// So many cells a side, in words of five.
    void show(int cells)
    {
        HeatmapData data;
        data.rows = cells;
        data.columns = cells;
        data.values.assign(static_cast<std::size_t>(cells * cells), 0.5F);
        for (int i = 0; i < cells; ++i) data.rowLabels << QString(QChar('a' + i % 5));
        for (int first = 0; first + 5 <= cells; first += 5)
            data.rowSpans.push_back({first, 5, QStringLiteral("abcde")});
        data.columnLabels = data.rowLabels;
        data.columnSpans = data.rowSpans;
        m_plot.setData(data);
        draw();
    }
    QImage draw()
    {
        QTest::qWait(1);
        return m_plot.grab().toImage();
    }
    QWidget* target() { return m_plot.focusProxy(); }

    Theme m_theme{ThemeChoice::Light};
    HeatmapPlot m_plot;
};

TEST_F(HeatmapLabelsTest, FewCellsAreLabelledEachManyByTheirWords)
{
    show(10);
    EXPECT_EQ(m_plot.shownRowLabels().size(), 10);
    EXPECT_EQ(m_plot.shownColumnLabels().size(), 10);
    show(50);
    EXPECT_EQ(m_plot.shownRowLabels(), QStringList(10, "abcde"));
    EXPECT_EQ(m_plot.shownColumnLabels(), QStringList(10, "abcde"));
}

TEST_F(HeatmapLabelsTest, WordsThatWouldTouchAreLeftOut)
{
    show(500);
    const auto shown = m_plot.shownRowLabels().size();
    EXPECT_GT(shown, 5);
    EXPECT_LT(shown * 11, m_plot.height());
}

TEST_F(HeatmapLabelsTest, MarginsShrinkAgainWhenLabelsDo)
{
    show(10);
    const QRect small = m_plot.mapRect();
    show(50);
    EXPECT_LT(m_plot.mapRect().height(), small.height());
    show(10);
    EXPECT_EQ(m_plot.mapRect(), small);
}

TEST_F(HeatmapLabelsTest, AHiddenScaleTakesNoRoomAndTellsThatTheMapMoved)
{
    show(10);
    QSignalSpy moved(&m_plot, &HeatmapPlot::mapMoved);
    const int right = m_plot.mapRect().right();
    m_plot.setScaleVisible(false);
    draw();
    EXPECT_GT(m_plot.mapRect().right(), right + 20);
    EXPECT_GE(moved.count(), 1);
    m_plot.setScaleVisible(true);
    draw();
    EXPECT_EQ(m_plot.mapRect().right(), right);
}

TEST_F(HeatmapLabelsTest, RoomForNumbersCanBeKeptLeftOfTheMap)
{
    show(10);
    m_plot.setLabelWidth(60);
    draw();
    EXPECT_EQ(m_plot.mapRect().left(), 60);
}

TEST_F(HeatmapLabelsTest, AMarkedCellHasItsWordMarkedWhereOnlyWordsAreShown)
{
    show(50);
    const QImage before = draw();
    m_plot.setHighlighted(12, -1);
    const QImage after = draw();
    // The chip is centred on the word of the cells 10 to 14.
    const QPoint chip(m_plot.mapRect().left() - 3, m_plot.cellCentre(12, 0).y());
    EXPECT_NE(before.pixelColor(chip), m_theme.colors().mla);
    EXPECT_EQ(after.pixelColor(chip), m_theme.colors().mla);
    m_plot.setHighlighted(99, 99);
    EXPECT_EQ(draw().pixelColor(chip), before.pixelColor(chip)) << "beyond the map there is nothing to mark";
}

TEST_F(HeatmapLabelsTest, LabelsCanBeClicked)
{
    show(10);
    QSignalSpy rows(&m_plot, &HeatmapPlot::rowLabelChosen);
    QSignalSpy columns(&m_plot, &HeatmapPlot::columnLabelChosen);
    QSignalSpy cells(&m_plot, &HeatmapPlot::cellChosen);
    QTest::mouseClick(target(), Qt::LeftButton, {}, QPoint(m_plot.mapRect().left() - 6, m_plot.cellCentre(4, 0).y()));
    QTest::mouseClick(target(), Qt::LeftButton, {}, QPoint(m_plot.cellCentre(0, 7).x(), m_plot.mapRect().bottom() + 6));
    ASSERT_EQ(rows.count(), 1);
    EXPECT_EQ(rows[0], QList<QVariant>{4});
    ASSERT_EQ(columns.count(), 1);
    EXPECT_EQ(columns[0], QList<QVariant>{7});
    EXPECT_EQ(cells.count(), 0);
}

TEST_F(HeatmapLabelsTest, RowsAloneAreLeftByAllArrowKeys)
{
    show(10);
    m_plot.setPick(HeatmapPick::Row);
    m_plot.setSelected(4, -1);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QTest::keyClick(target(), Qt::Key_Right);
    QTest::keyClick(target(), Qt::Key_Left);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen[0][0], 5);
    EXPECT_EQ(chosen[1][0], 3);
}

TEST_F(HeatmapLabelsTest, ANoteStandsInTheCorner)
{
    show(10);
    HeatmapData empty = m_plot.data();
    std::fill(empty.values.begin(), empty.values.end(), std::nanf(""));
    m_plot.setData(empty);
    const QImage before = draw();
    m_plot.setGroundNote("cannot be seen");
    EXPECT_NE(draw(), before);
}

} // namespace
} // namespace triptych::test
