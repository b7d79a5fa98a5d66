// Points are where their values are, and can be chosen by mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/scatter_plot.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <limits>

namespace triptych::test {
namespace {

class ScatterPlotTest : public testing::Test {
protected:
    ScatterPlotTest() : m_theme(ThemeChoice::Light), m_plot(m_theme, &ThemeColors::mla)
    {
        m_plot.setAccessibleName("points");
        m_plot.resize(500, 300);
        m_plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_plot));
    }
    void show(std::vector<ScatterPoint> points)
    {
        m_plot.setPoints(std::move(points));
        QTest::qWait(60);
    }

    Theme m_theme;
    ScatterPlot m_plot;
};

TEST_F(ScatterPlotTest, MoreIsFurtherRightAndFurtherUp)
{
    show({{10, 5, ScatterSign::Dot, "a"}, {100, 50, ScatterSign::Cross, "b"}, {1000, 500, ScatterSign::Dot, "c"}});
    EXPECT_GT(m_plot.placeOf(1).x(), m_plot.placeOf(0).x());
    EXPECT_LT(m_plot.placeOf(1).y(), m_plot.placeOf(0).y());
    EXPECT_NEAR(m_plot.placeOf(1).x() - m_plot.placeOf(0).x(), m_plot.placeOf(2).x() - m_plot.placeOf(1).x(), 0.01)
        << "axes are logarithmic";
    EXPECT_EQ(m_plot.pointAt(m_plot.placeOf(2)), 2);
    EXPECT_EQ(m_plot.pointAt(m_plot.placeOf(2) + QPointF(40, 0)), -1);
}

TEST_F(ScatterPlotTest, AClickChoosesTheNearest)
{
    show({{10, 5, ScatterSign::Dot, "a"}, {100, 50, ScatterSign::Dot, "b"}});
    QSignalSpy chosen(&m_plot, &ScatterPlot::pointChosen);
    QTest::mouseClick(m_plot.surface(), Qt::LeftButton, {}, m_plot.placeOf(1).toPoint() + QPoint(3, 2));
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.at(0).at(0).toInt(), 1);
    QTest::mouseClick(m_plot.surface(), Qt::LeftButton, {}, {250, 150});
    EXPECT_EQ(chosen.count(), 1) << "nothing is there";
}

TEST_F(ScatterPlotTest, KeysGoFromLeftToRight)
{
    show({{100, 5, ScatterSign::Dot, "b"}, {10, 50, ScatterSign::Dot, "a"}});
    QSignalSpy chosen(&m_plot, &ScatterPlot::pointChosen);
    QTest::keyClick(m_plot.surface(), Qt::Key_Return);
    EXPECT_EQ(chosen.count(), 0) << "the keys are nowhere yet";
    QTest::keyClick(m_plot.surface(), Qt::Key_Right);
    EXPECT_EQ(m_plot.cursor(), 1);
    EXPECT_EQ(m_plot.accessibleDescription(), "a");
    QTest::keyClick(m_plot.surface(), Qt::Key_Right);
    QTest::keyClick(m_plot.surface(), Qt::Key_Right);
    QTest::keyClick(m_plot.surface(), Qt::Key_Return);
    ASSERT_EQ(chosen.count(), 1);
    EXPECT_EQ(chosen.at(0).at(0).toInt(), 0);
    QTest::keyClick(m_plot.surface(), Qt::Key_Escape);
    EXPECT_EQ(m_plot.cursor(), -1);
}

TEST_F(ScatterPlotTest, WhatHasNoPlaceOnLogarithmicAxesIsNotDrawn)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    show({{0, 5, ScatterSign::Dot, "free"}, {10, nan, ScatterSign::Dot, "?"}, {10, -1, ScatterSign::Dot, "-"}});
    QTest::keyClick(m_plot.surface(), Qt::Key_Right);
    EXPECT_EQ(m_plot.cursor(), -1);
    show({});
    EXPECT_FALSE(m_plot.grab().isNull());
    show({{7, 7, ScatterSign::Ring, "one"}});
    EXPECT_EQ(m_plot.pointAt(m_plot.placeOf(0)), 0);
}

} // namespace
} // namespace triptych::test
