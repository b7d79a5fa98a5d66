// The heat map: a cell is where it should be, in the colour it should have, and answers mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/theme/color_maps.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <cmath>

namespace triptych::test {
namespace {

class HeatmapTest : public testing::Test {
protected:
    HeatmapTest() : m_plot(m_theme, HeatmapScale::Ratio, &ThemeColors::moe)
    {
        m_plot.resize(500, 260);
        m_plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_plot));
    }

    void show(int rows, int columns, float value = 1)
    {
        HeatmapData data;
        data.rows = rows;
        data.columns = columns;
        data.values.assign(static_cast<std::size_t>(rows * columns), value);
        m_plot.setData(data);
        QTest::qWait(1); // the queued drawing
    }
    QColor colorOfCell(int row, int column)
    {
        const QImage picture = m_plot.grab().toImage(); // draws what is due
        return picture.pixelColor(m_plot.cellCentre(row, column));
    }
    /// The widget that takes the mouse.
    QWidget* target() { return m_plot.focusProxy(); }

    Theme m_theme{ThemeChoice::Dark};
    HeatmapPlot m_plot;
};

TEST_F(HeatmapTest, ACellHasTheColourOfItsValue)
{
    show(3, 5);
    HeatmapData data = m_plot.data();
    data.values[1 * 5 + 3] = 8;
    data.values[2 * 5 + 0] = 0;
    m_plot.setData(data);
    QTest::qWait(1); // the queued drawing
    const auto map = divergingMap(m_theme.colors());
    const auto near = [](const QColor& a, const QColor& b) {
        return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 12;
    };
    EXPECT_TRUE(near(colorOfCell(1, 3), colorAt(map, 1))) << colorOfCell(1, 3).name().toStdString();
    EXPECT_TRUE(near(colorOfCell(2, 0), colorAt(map, 0))) << colorOfCell(2, 0).name().toStdString();
    EXPECT_TRUE(near(colorOfCell(0, 4), colorAt(map, 0.5))) << colorOfCell(0, 4).name().toStdString();
}

TEST_F(HeatmapTest, TheScaleNamesNoMoreThanItHasRoomFor)
{
    show(4, 16);
    EXPECT_EQ(m_plot.scaleLabels().size(), 7);
    m_plot.resize(500, 80);
    show(4, 16);
    EXPECT_LT(m_plot.scaleLabels().size(), 5);
    HeatmapPlot weights(m_theme, HeatmapScale::Weight, &ThemeColors::mla);
    weights.resize(300, 400);
    weights.grab();
    EXPECT_TRUE(weights.scaleLabels().contains(QStringLiteral("100\u202f%")));
    for (const char* end : {"0", "1"}) EXPECT_TRUE(m_plot.scaleLabels().contains(end)) << end;
}

TEST_F(HeatmapTest, AMissingValueIsTheGroundAndNotZero)
{
    show(2, 2, std::nanf(""));
    EXPECT_EQ(colorOfCell(0, 0), m_theme.colors().card);
}

TEST_F(HeatmapTest, RowZeroIsOnTop)
{
    show(4, 4);
    EXPECT_LT(m_plot.cellCentre(0, 0).y(), m_plot.cellCentre(3, 0).y());
    EXPECT_LT(m_plot.cellCentre(0, 0).x(), m_plot.cellCentre(0, 3).x());
}

TEST_F(HeatmapTest, AClickChoosesTheCellUnderIt)
{
    show(3, 5);
    colorOfCell(0, 0);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QTest::mouseClick(target(), Qt::LeftButton, {}, m_plot.cellCentre(2, 4));
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen[0], (QList<QVariant>{2, 4}));
}

TEST_F(HeatmapTest, AClickBesideTheCellsChoosesNothing)
{
    show(3, 5);
    colorOfCell(0, 0);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QTest::mouseClick(target(), Qt::LeftButton, {}, QPoint(1, 1));
    EXPECT_EQ(chosen.count(), 0);
}

TEST_F(HeatmapTest, ArrowKeysMoveTheChoiceAndStopAtTheEdges)
{
    show(2, 3);
    m_plot.setSelected(1, 2);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QTest::keyClick(target(), Qt::Key_Left);
    QTest::keyClick(target(), Qt::Key_Down);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen[0], (QList<QVariant>{1, 1}));
    EXPECT_EQ(chosen[1], (QList<QVariant>{1, 2}));
}

TEST_F(HeatmapTest, HoveringTellsTheCellOnceAndLeavingTellsNone)
{
    show(3, 5);
    colorOfCell(0, 0);
    QSignalSpy hovered(&m_plot, &HeatmapPlot::cellHovered);
    QTest::mouseMove(target(), m_plot.cellCentre(1, 1));
    QTest::mouseMove(target(), m_plot.cellCentre(1, 1) + QPoint(1, 1));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(target(), &leave);
    ASSERT_EQ(hovered.count(), 2);
    EXPECT_EQ(hovered[0], (QList<QVariant>{1, 1}));
    EXPECT_EQ(hovered[1], (QList<QVariant>{-1, -1}));
}

TEST_F(HeatmapTest, ManyExpertsAndLayersAreDrawn)
{
    show(58, 256);
    colorOfCell(0, 0); // lays out
    const QColor first = colorOfCell(2, 3);
    EXPECT_EQ(colorOfCell(56, 253), first);
    EXPECT_NE(first, m_theme.colors().card);
}

TEST_F(HeatmapTest, NoDataIsNoCrash)
{
    show(0, 0);
    m_plot.setSelected(3, 3);
    colorOfCell(0, 0);
    QTest::keyClick(target(), Qt::Key_Left);
    EXPECT_EQ(m_plot.data().rows, 0);
}

TEST(RatioPosition, IsLogarithmicAndEndsAtAnEighthAndEight)
{
    EXPECT_DOUBLE_EQ(ratioPosition(1), 0.5);
    EXPECT_DOUBLE_EQ(ratioPosition(8), 1);
    EXPECT_DOUBLE_EQ(ratioPosition(100), 1);
    EXPECT_DOUBLE_EQ(ratioPosition(0.125), 0);
    EXPECT_DOUBLE_EQ(ratioPosition(0), 0);
    EXPECT_NEAR(ratioPosition(2) - 0.5, 0.5 - ratioPosition(0.5), 1e-12);
}

} // namespace
} // namespace triptych::test
