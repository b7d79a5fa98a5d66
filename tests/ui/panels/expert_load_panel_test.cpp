// The left wing with a synthetic run: map, bars, selection both ways, what it says when there is nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/expert_bars.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

namespace triptych::test {
namespace {

class ExpertLoadPanelTest : public PanelFixture {
protected:
    ExpertLoadPanelTest() : PanelFixture("moe") {}

    HeatmapPlot* map() { return panel().findChild<HeatmapPlot*>("loadMap"); }
    ExpertBars* bars() { return panel().findChild<ExpertBars*>("expertBars"); }
};

TEST_F(ExpertLoadPanelTest, SaysWhatWillAppearBeforeTheFirstStep)
{
    EXPECT_TRUE(visible_text().contains("appears here with the first training step"));
    EXPECT_FALSE(map()->isVisible());
}

TEST_F(ExpertLoadPanelTest, SaysWhenAModelHasNoExperts)
{
    auto started = synthetic_start();
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
}

TEST_F(ExpertLoadPanelTest, ShowsARowForEachLayerWithExpertsAndAColumnForEachExpert)
{
    fill_feed(feed());
    EXPECT_TRUE(map()->isVisible());
    EXPECT_EQ(map()->data().rows, 4);
    EXPECT_EQ(map()->data().columns, 16);
    EXPECT_EQ(map()->data().rowLabels, (QStringList{"1", "2", "3", "MTP 1"}));
    EXPECT_EQ(map()->data().values[5], feed().loads()->ratio[0][5]);
}

TEST_F(ExpertLoadPanelTest, CountsDeadExperts)
{
    fill_feed(feed());
    EXPECT_TRUE(visible_text().contains("dead experts <b>1</b> of 64")) << visible_text().toStdString();
}

TEST_F(ExpertLoadPanelTest, AChosenCellIsChosenEverywhere)
{
    fill_feed(feed());
    emit map()->cellChosen(2, 7);
    EXPECT_EQ(selection().layer(), 3);
    EXPECT_EQ(selection().expert(), 7);
    EXPECT_EQ(map()->selectedRow(), 2);
    EXPECT_TRUE(visible_text().contains("Layer 3"));
}

TEST_F(ExpertLoadPanelTest, AnExpertOfTheBarsIsOfTheChosenLayer)
{
    fill_feed(feed());
    selection().setLayer(2);
    emit bars()->expertChosen(5);
    EXPECT_EQ(selection().layer(), 2);
    EXPECT_EQ(selection().expert(), 5);
}

TEST_F(ExpertLoadPanelTest, ALayerWithoutExpertsChosenElsewhereShowsTheFirstThatHasSome)
{
    fill_feed(feed());
    selection().setLayer(0);
    EXPECT_TRUE(visible_text().contains("Layer 1"));
}

TEST_F(ExpertLoadPanelTest, AnotherRunTakesTheOldPictureAway)
{
    fill_feed(feed());
    feed().take(synthetic_start());
    EXPECT_FALSE(map()->isVisible());
}

TEST_F(ExpertLoadPanelTest, AHiddenPanelCatchesUpWhenShown)
{
    fill_feed(feed());
    panel().hide();
    SyntheticRun wide;
    wide.experts = 32;
    feed().setLoads(synthetic_loads(wide, 5));
    EXPECT_EQ(map()->data().columns, 16);
    panel().show();
    EXPECT_EQ(map()->data().columns, 32);
}

} // namespace
} // namespace triptych::test
