// The left wing with a synthetic run: map, bars, selection both ways, what it says when there is nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/expert_bars.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace triptych::test {
namespace {

class ExpertLoadPanelTest : public PanelFixture {
protected:
    ExpertLoadPanelTest() : PanelFixture("moe") {}

    HeatmapPlot* map() { return panel().findChild<HeatmapPlot*>("loadMap"); }
    ExpertBars* bars() { return panel().findChild<ExpertBars*>("expertBars"); }
    QString title() { return panel().findChild<ElidedLabel*>("layerTitle")->text(); }
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

TEST_F(ExpertLoadPanelTest, AFocusThatThePageIsGivenGoesToTheMap)
{
    fill_feed(feed());
    panel().activateWindow();
    panel().setFocus(Qt::OtherFocusReason);
    EXPECT_TRUE(map()->focusProxy()->hasFocus()) << "or its ring would lie over the first letters";
}

TEST_F(ExpertLoadPanelTest, WhatIsSaidOfTheChosenExpertEndsInDotsWhereThereIsNoRoom)
{
    fill_feed(feed());
    selection().setExpertOfLayer(2, 3);
    auto* title = panel().findChild<ElidedLabel*>("layerTitle");
    ASSERT_TRUE(title);
    EXPECT_TRUE(title->text().startsWith("Layer 2, expert 3: ")) << title->text().toStdString();
    EXPECT_TRUE(title->text().contains(", bias "));
    EXPECT_FALSE(title->text().contains('<')) << "it is no rich text";
    panel().resize(240, 460);
    panel().grab();
    EXPECT_LT(title->width(), title->sizeHint().width());
    EXPECT_TRUE(title->toolTip().contains(title->text())) << "all of it is told there";
}

TEST_F(ExpertLoadPanelTest, CountsDeadExperts)
{
    fill_feed(feed());
    EXPECT_TRUE(visible_text().contains("dead experts <b>1</b> of 64")) << visible_text().toStdString();
}

TEST_F(ExpertLoadPanelTest, SaysWhichTokensOfTheProbeTextTheChosenExpertGets)
{
    panel().resize(420, 620);
    fill_feed(feed());
    auto probe = std::make_shared<ProbeFrame>(*feed().probe());
    const auto* words = panel().findChild<ElidedLabel*>("expertTokens");
    EXPECT_TRUE(words->isVisible());
    EXPECT_TRUE(words->text().startsWith("a chosen expert tells here")) << words->text().toStdString();
    auto& routes = probe->routes[2];
    for (auto& experts : routes) experts = {0, 1};
    for (const std::size_t token : {0U, 1U, 5U}) routes[token] = {7, 1}; // "T", "h", and "a" of "cat"
    probe->token_texts[1] = "a";
    feed().setProbe(probe);
    selection().setExpertOfLayer(2, 7);
    EXPECT_EQ(words->text(), QString("gets 3 of %1 tokens of the probe text: a ×2, T").arg(routes.size()));
    selection().setExpertOfLayer(2, 9);
    EXPECT_EQ(words->text(), "gets no token of the probe text");
    panel().resize(420, 380);
    EXPECT_FALSE(words->isVisible()) << "where there is little height the map's tooltip has it alone";
    EXPECT_TRUE(panel().findChild<QWidget*>("loadMap")->isVisible());
}

TEST_F(ExpertLoadPanelTest, AChosenCellIsChosenEverywhere)
{
    fill_feed(feed());
    emit map()->cellChosen(2, 7);
    EXPECT_EQ(selection().layer(), 3);
    EXPECT_EQ(selection().expert(), 7);
    EXPECT_EQ(map()->selectedRow(), 2);
    EXPECT_TRUE(title().startsWith("Layer 3")) << title().toStdString();
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
    EXPECT_TRUE(title().startsWith("Layer 1")) << title().toStdString();
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

TEST_F(ExpertLoadPanelTest, ABrushChoosesUpToEightExpertsOfTheRowWhereItBegan)
{
    fill_feed(feed());
    emit map()->brushed(1, 9, 1, 6);
    EXPECT_EQ(selection().layer(), 2);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{9, 8, 7, 6}));
    EXPECT_EQ(map()->marked().size(), 4U);
    EXPECT_EQ(map()->selectedColumn(), 9) << "the cursor stays where the brush began";
    emit bars()->brushed(0, 15);
    EXPECT_EQ(selection().experts().size(), Selection::kMostExperts);
}

TEST_F(ExpertLoadPanelTest, ABrushOverSeveralLayersChoosesTheirCellsAndSaysWhatIsTooMany)
{
    fill_feed(feed());
    emit map()->brushed(1, 9, 2, 8);
    EXPECT_EQ(selection().cells(), (std::vector<ExpertCell>{{2, 9}, {2, 8}, {3, 9}, {3, 8}}));
    EXPECT_EQ(map()->marked().size(), 4U);
    EXPECT_EQ(map()->selectedRow(), 1);
    EXPECT_TRUE(title().startsWith("Layer 2, expert 9")) << title().toStdString();
    emit map()->brushed(1, 0, 3, 3);
    EXPECT_EQ(selection().cells().size(), Selection::kMostExperts);
    EXPECT_EQ(map()->marked().size(), Selection::kMostExperts);
    EXPECT_TRUE(title().startsWith("8 of 12 chosen, the most there can be. ")) << title().toStdString();
    selection().setExpertOfLayer(2, 9);
    emit map()->cellToggled(0, 4);
    EXPECT_EQ(selection().cells(), (std::vector<ExpertCell>{{2, 9}, {1, 4}}));
    emit map()->cellToggled(1, 9);
    EXPECT_EQ(selection().cells(), (std::vector<ExpertCell>{{1, 4}}));
    EXPECT_EQ(selection().layer(), 1) << "the one that is left is the chosen one";
    emit map()->cellToggled(0, 4);
    EXPECT_TRUE(selection().cells().empty());
}

TEST_F(ExpertLoadPanelTest, ExpertsAreAddedToTheChosenOnesAndTakenAwayAgain)
{
    fill_feed(feed());
    emit map()->cellChosen(1, 4);
    emit map()->cellToggled(1, 11);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{4, 11}));
    emit map()->cellToggled(1, 4);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{11}));
    emit map()->cellToggled(2, 5);
    EXPECT_EQ(selection().layer(), 2) << "one of another layer joins them";
    EXPECT_EQ(selection().cells(), (std::vector<ExpertCell>{{2, 11}, {3, 5}}));
}

TEST_F(ExpertLoadPanelTest, ShiftAndArrowsInTheMapExtendTheSet)
{
    fill_feed(feed());
    emit map()->cellChosen(1, 4);
    QTest::keyClick(map()->focusProxy(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(map()->focusProxy(), Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{4, 5, 6}));
    QTest::keyClick(map()->focusProxy(), Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{4, 5}));
    QTest::keyClick(map()->focusProxy(), Qt::Key_Right);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{5}));
}

TEST_F(ExpertLoadPanelTest, XAsksToSwitchTheChosenExpertOffAndTheCrossComesWithTheAnswer)
{
    fill_feed(feed());
    emit map()->cellChosen(2, 7);
    map()->setFocus();
    QTest::keyClick(map()->focusProxy(), Qt::Key_X);
    ASSERT_EQ(posted().size(), 1U);
    const auto& asked = std::get<command::SwitchExpert>(posted()[0]);
    EXPECT_EQ(asked.layer, 3);
    EXPECT_EQ(asked.expert, 7);
    EXPECT_TRUE(map()->crossed().empty()) << "only asked for";
    event::RoutingChanged changed{1200, {}, "layer 3, expert 7 is off", asked.ticket};
    changed.control.turn(3, 7, ExpertSwitch::Off);
    feed().take(changed);
    EXPECT_EQ(map()->crossed(), (std::vector<MapCell>{{2, 7}}));
    EXPECT_EQ(bars()->off(), (std::vector<int>{7}));
    selection().setLayer(1);
    EXPECT_TRUE(bars()->off().empty()) << "of another layer";
}

TEST_F(ExpertLoadPanelTest, DeadAndHotExpertsAreVisitedOneAfterTheOther)
{
    fill_feed(feed());
    auto frame = std::make_shared<LoadFrame>(*feed().loads());
    for (auto& layer : frame->ratio) std::fill(layer.begin(), layer.end(), 1.0F);
    frame->ratio[0][3] = 2.5F;
    frame->ratio[2][6] = 5;
    frame->ratio[3][15] = 0;
    feed().setLoads(frame);
    auto* hot = panel().findChild<QToolButton*>("nextHot");
    auto* dead = panel().findChild<QToolButton*>("nextDead");
    EXPECT_EQ(hot->text(), "next of 2 hot");
    hot->click();
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(selection().expert(), 3);
    hot->click();
    EXPECT_EQ(selection().layer(), 3);
    hot->click();
    EXPECT_EQ(selection().layer(), 1) << "from the beginning again";
    dead->click();
    EXPECT_EQ(selection().layer(), 4);
    EXPECT_EQ(selection().expert(), 15);
    frame = std::make_shared<LoadFrame>(*frame);
    frame->dead_fraction.assign(4, 0);
    feed().setLoads(frame);
    EXPECT_FALSE(dead->isEnabled());
}

TEST_F(ExpertLoadPanelTest, TheLastAlertAboutBalanceIsSaidIfItHadComeByTheMomentShown)
{
    fill_feed(feed());
    auto* alert = panel().findChild<ElidedLabel*>("alert");
    EXPECT_TRUE(alert->text().contains("no token for 20 steps"));
    feed().hold(100, synthetic_loads({}, 100), nullptr);
    EXPECT_TRUE(alert->text().startsWith("no alert yet")) << alert->text().toStdString() << ", nobody knew of it then";
    EXPECT_EQ(map()->data().values[5], synthetic_loads({}, 100)->ratio[0][5]);
}

TEST_F(ExpertLoadPanelTest, ExpertsChosenInALargerModelAreNotLookedForInASmallerOne)
{
    fill_feed(feed());
    selection().setExperts(2, {200, 3});
    EXPECT_TRUE(title().startsWith("Layer 2")) << title().toStdString();
    feed().setLoads(synthetic_loads({}, 7));
    EXPECT_TRUE(map()->isVisible());
}

} // namespace
} // namespace triptych::test
