// A language that is written from right to left: nothing breaks, and the window is mirrored.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/main_window.h"
#include "ui/plots/heatmap_plot.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>

namespace triptych::test {
namespace {

class RightToLeft {
public:
    RightToLeft() { QApplication::setLayoutDirection(Qt::RightToLeft); }
    ~RightToLeft() { QApplication::setLayoutDirection(Qt::LeftToRight); }
    RightToLeft(const RightToLeft&) = delete;
    RightToLeft& operator=(const RightToLeft&) = delete;
};

TEST(RightToLeftWindow, HasItsWingsFromRightToLeftAndFitsAsItDid)
{
    const RightToLeft direction;
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1280, 800);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    fill_feed(window.feed());
    QTest::qWait(20);
    EXPECT_EQ(window.size(), QSize(1280, 800));
    const auto left = [&](const char* id) { return window.panel(id)->mapTo(&window, QPoint()).x(); };
    EXPECT_GT(left("moe"), left("attention"));
    EXPECT_GT(left("attention"), left("mtp"));
    EXPECT_FALSE(window.grab().isNull());
}

TEST(RightToLeftPanels, EachIsDrawnAndItsMapKeepsItsOrder)
{
    const RightToLeft direction;
    PanelRig rig(ThemeChoice::Light);
    fill_feed(rig.feed);
    for (const PanelInfo& info : panelCatalog()) {
        const std::unique_ptr<Panel> panel(info.create(rig.context(), nullptr));
        panel->resize(600, 400);
        panel->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get())) << info.id;
        EXPECT_FALSE(panel->grab().isNull()) << info.id;
        auto* map = panel->findChild<HeatmapPlot*>("loadMap");
        if (!map) continue;
        EXPECT_EQ(map->data().rowLabels.front(), "1") << "data have no direction of writing";
    }
}

TEST(PlotAccess, APlotIsAChartWithANameAndADescription)
{
    PanelRig rig(ThemeChoice::Light);
    fill_feed(rig.feed);
    const std::unique_ptr<Panel> panel(panel_info("moe").create(rig.context(), nullptr));
    panel->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    QWidget* surface = panel->findChild<HeatmapPlot*>("loadMap")->focusProxy();
    QAccessibleInterface* told = QAccessible::queryAccessibleInterface(surface);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->role(), QAccessible::Chart);
    EXPECT_FALSE(told->text(QAccessible::Name).isEmpty());
    EXPECT_FALSE(told->text(QAccessible::Description).isEmpty());
}

} // namespace
} // namespace triptych::test
