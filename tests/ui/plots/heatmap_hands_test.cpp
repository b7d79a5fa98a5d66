// Brush, marks, zoom and pan on the heat map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/theme/color_maps.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace triptych::test {
namespace {

class HeatmapHandsTest : public testing::Test {
protected:
    HeatmapHandsTest() : m_plot(m_theme, HeatmapScale::Ratio, &ThemeColors::moe)
    {
        m_plot.resize(500, 260);
        m_plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_plot));
        HeatmapData data;
        data.rows = 5;
        data.columns = 16;
        data.values.assign(80, 1);
        m_plot.setData(data);
        m_plot.setBrush(0, 7);
        draw();
        QObject::connect(&m_plot, &HeatmapPlot::cellChosen,
                         [this](int row, int column) { m_plot.setSelected(row, column); });
    }

    QImage draw()
    {
        QTest::qWait(1); // the queued drawing
        return m_plot.grab().toImage();
    }
    QPoint at(int row, int column) const { return m_plot.cellCentre(row, column); }
    void press(const QPoint& place, Qt::KeyboardModifiers keys = {})
    {
        QTest::mousePress(target(), Qt::LeftButton, keys, place);
    }
    void move(const QPoint& place) { QTest::mouseMove(target(), place); }
    void release(const QPoint& place, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseRelease(target(), Qt::LeftButton, keys, place);
    }
    void wheel(const QPoint& place, int notches)
    {
        QWheelEvent event(QPointF(place), target()->mapToGlobal(QPointF(place)), {}, {0, 120 * notches}, Qt::NoButton,
                          {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(target(), &event);
        draw();
    }
    QWidget* target() { return m_plot.focusProxy(); }

    Theme m_theme{ThemeChoice::Dark};
    HeatmapPlot m_plot;
};

using Ends = QList<QVariant>;

TEST_F(HeatmapHandsTest, DrawingOverCellsTellsEachEndOnceAndStaysWithinReach)
{
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    press(at(2, 4));
    for (const int column : {5, 5, 7, 15, 4, 2}) move(at(3, column));
    release(at(3, 2));
    EXPECT_EQ(chosen.count(), 1);
    ASSERT_EQ(brushed.count(), 5);
    EXPECT_EQ(brushed[0], (Ends{2, 4, 2, 5})) << "the brush stays in its row";
    EXPECT_EQ(brushed[1], (Ends{2, 4, 2, 7}));
    EXPECT_EQ(brushed[2], (Ends{2, 4, 2, 11})) << "seven further and no more";
    EXPECT_EQ(brushed[3], (Ends{2, 4, 2, 4})) << "back at its beginning it has one cell";
    EXPECT_EQ(brushed[4], (Ends{2, 4, 2, 2}));
    move(at(2, 9));
    EXPECT_EQ(brushed.count(), 5) << "nothing is drawn with the button up";
}

TEST_F(HeatmapHandsTest, ABrushOfRowsAndColumnsIsARectangleByMouseAndKeys)
{
    m_plot.setBrush(100, 100);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    press(at(2, 4));
    move(at(4, 9));
    move(at(0, 2));
    release(at(0, 2));
    ASSERT_EQ(brushed.count(), 2);
    EXPECT_EQ(brushed[0], (Ends{2, 4, 4, 9}));
    EXPECT_EQ(brushed[1], (Ends{2, 4, 0, 2}));
    QTest::keyClick(target(), Qt::Key_Down); // a cursor of its own again
    brushed.clear();
    QTest::keyClick(target(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(target(), Qt::Key_Down, Qt::ShiftModifier);
    ASSERT_EQ(brushed.count(), 2);
    EXPECT_EQ(brushed[1], (Ends{3, 4, 4, 5}));
}

TEST_F(HeatmapHandsTest, ADragOverTheLabelsIsABrushAlongThatEdge)
{
    m_plot.setBrush(100, 100);
    m_plot.setSelected(1, 6);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    const auto beside = [&](int row) { return QPoint(m_plot.mapRect().left() - 6, at(row, 0).y()); };
    const auto below = [&](int column) { return QPoint(at(0, column).x(), m_plot.mapRect().bottom() + 6); };
    press(beside(1));
    move(beside(3));
    release(beside(3));
    EXPECT_EQ(brushed.count(), 0) << "not unless it is asked for";
    m_plot.setEdgeBrush(true);
    press(beside(1));
    move(beside(3) + QPoint(120, 0));
    release(beside(3));
    ASSERT_EQ(brushed.count(), 1);
    EXPECT_EQ(brushed[0], (Ends{1, 6, 3, 6})) << "of the chosen column";
    press(below(2));
    move(below(5) - QPoint(0, 60));
    release(below(5));
    ASSERT_EQ(brushed.count(), 2);
    EXPECT_EQ(brushed[1], (Ends{1, 2, 1, 5})) << "of the chosen row";
}

TEST_F(HeatmapHandsTest, AHandThatTremblesOnTheEdgeOfTwoCellsOnlyClicks)
{
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    const QPoint edge = (at(2, 4) + at(2, 5)) / 2;
    press(edge);
    for (const int x : {1, 2, -1, -2, 1}) move(edge + QPoint(x, 1));
    release(edge + QPoint(1, 1));
    EXPECT_EQ(chosen.count(), 1);
    EXPECT_EQ(brushed.count(), 0);
}

TEST_F(HeatmapHandsTest, WhereRowsAreChosenCtrlAndArrowsPointAtTheCellsOfTheRow)
{
    m_plot.setPick(HeatmapPick::Row);
    m_plot.setSelected(3, -1);
    QSignalSpy pointed(&m_plot, &HeatmapPlot::cellHovered);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QTest::keyClick(target(), Qt::Key_Left, Qt::ControlModifier);
    QTest::keyClick(target(), Qt::Key_Left, Qt::ControlModifier);
    for (int i = 0; i < 20; ++i) QTest::keyClick(target(), Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(pointed[0], (Ends{3, 3})) << "from the diagonal on";
    EXPECT_EQ(pointed[1], (Ends{3, 2}));
    EXPECT_EQ(pointed.last(), (Ends{3, 15})) << "and not beyond the last";
    EXPECT_EQ(chosen.count(), 0);
    QTest::keyClick(target(), Qt::Key_Right);
    EXPECT_EQ(chosen[0], (Ends{4, 0})) << "without Ctrl the next row";
}

TEST_F(HeatmapHandsTest, ShiftAndArrowsExtendFromTheChosenCellAndPlainArrowsMoveOn)
{
    m_plot.setSelected(1, 3);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    QTest::keyClick(target(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(target(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(target(), Qt::Key_Left, Qt::ShiftModifier);
    ASSERT_EQ(brushed.count(), 3);
    EXPECT_EQ(brushed[1], (Ends{1, 3, 1, 5}));
    EXPECT_EQ(brushed[2], (Ends{1, 3, 1, 4}));
    EXPECT_EQ(chosen.count(), 0);
    EXPECT_EQ(m_plot.selectedColumn(), 3) << "the cursor stays";
    QTest::keyClick(target(), Qt::Key_Right);
    EXPECT_EQ(chosen[0], (Ends{1, 4}));
    QTest::keyClick(target(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(brushed.last(), (Ends{1, 4, 1, 5})) << "a new brush begins at the cursor";
}

TEST_F(HeatmapHandsTest, AShiftClickBrushesAndACtrlClickTogglesOneCell)
{
    m_plot.setSelected(1, 3);
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    QSignalSpy toggled(&m_plot, &HeatmapPlot::cellToggled);
    QTest::mouseClick(target(), Qt::LeftButton, Qt::ShiftModifier, at(4, 6));
    ASSERT_EQ(brushed.count(), 1);
    EXPECT_EQ(brushed[0], (Ends{1, 3, 1, 6}));
    QTest::mouseClick(target(), Qt::LeftButton, Qt::ControlModifier, at(4, 6));
    ASSERT_EQ(toggled.count(), 1);
    EXPECT_EQ(toggled[0], (Ends{4, 6}));
    EXPECT_EQ(chosen.count(), 0);
}

TEST_F(HeatmapHandsTest, WithoutABrushAMapIsOnlyClicked)
{
    m_plot.setBrush(0, 0);
    QSignalSpy brushed(&m_plot, &HeatmapPlot::brushed);
    press(at(2, 4));
    move(at(2, 8));
    release(at(2, 8));
    QTest::keyClick(target(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(brushed.count(), 0);
    EXPECT_EQ(m_plot.selectedColumn(), 5);
}

TEST_F(HeatmapHandsTest, MarkedCellsAreOutlinedAndCrossedOnesCrossed)
{
    const QImage before = draw();
    m_plot.setMarked({{2, 4}, {2, 5}});
    const QImage marked = draw();
    const QPoint corner = (at(1, 3) + at(2, 4)) / 2;
    EXPECT_NE(marked.copy(QRect(corner - QPoint(2, 2), QSize(5, 5))),
              before.copy(QRect(corner - QPoint(2, 2), QSize(5, 5))));
    EXPECT_EQ(marked.pixelColor(at(2, 4)), before.pixelColor(at(2, 4)));
    m_plot.setMarked({});
    m_plot.setCrossed({{2, 4}, {99, 99}});
    EXPECT_NE(draw().pixelColor(at(2, 4)), before.pixelColor(at(2, 4)));
    m_plot.setCrossed({});
    EXPECT_EQ(draw(), before);
}

TEST_F(HeatmapHandsTest, TheWheelZoomsAboutTheMouseAndADoubleClickShowsEverything)
{
    wheel(at(2, 8), 3);
    EXPECT_TRUE(m_plot.view().isWhole()) << "a map that may not be zoomed leaves the wheel to others";
    m_plot.setZoom(HeatmapZoom::Free);
    const QPoint place = at(2, 8);
    wheel(place, 3);
    EXPECT_LT(m_plot.view().visible().width(), 10);
    EXPECT_LT((at(2, 8) - place).manhattanLength(), 3) << "what was under the mouse stays there";
    HeatmapData data = m_plot.data();
    data.values[0] = 4;
    m_plot.setData(data);
    EXPECT_FALSE(m_plot.view().isWhole()) << "new values of a run that goes on change no view";
    QTest::mouseDClick(target(), Qt::LeftButton, {}, place);
    EXPECT_TRUE(m_plot.view().isWhole());
}

TEST_F(HeatmapHandsTest, AZoomedMapIsPannedByShiftAndFollowsTheCursor)
{
    m_plot.setZoom(HeatmapZoom::Free);
    QTest::keyClick(target(), Qt::Key_Plus);
    QTest::keyClick(target(), Qt::Key_Plus);
    draw();
    const QRectF before = m_plot.view().visible();
    QSignalSpy chosen(&m_plot, &HeatmapPlot::cellChosen);
    const QPoint from = m_plot.mapRect().center();
    press(from, Qt::ShiftModifier);
    move(from + QPoint(60, 0));
    release(from + QPoint(60, 0), Qt::ShiftModifier);
    EXPECT_LT(m_plot.view().visible().left(), before.left());
    EXPECT_EQ(m_plot.view().visible().size(), before.size());
    EXPECT_EQ(chosen.count(), 0);
    m_plot.setSelected(4, 15);
    EXPECT_TRUE(m_plot.view().visible().contains(QRectF(15, 4, 1, 1)));
    QTest::keyClick(target(), Qt::Key_R);
    EXPECT_TRUE(m_plot.view().isWhole());
    QTest::keyClick(target(), Qt::Key_Minus);
    EXPECT_TRUE(m_plot.view().isWhole());
}

TEST_F(HeatmapHandsTest, FairLoadIsToldFromNoValueInBothLooks)
{
    for (const ThemeColors& colors : {darkColors(), lightColors()})
        EXPECT_GE(contrastRatio(colorAt(divergingMap(colors), 0.5), colors.card), 1.25);
}

} // namespace
} // namespace triptych::test
