// History and bias with a synthetic run: which experts are shown, time both ways, marks, and what it says when there is
// nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/bias_editor.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/expert_lines.h"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QTest>

#include <algorithm>

namespace triptych::test {
namespace {

class MoeHistoryPanelTest : public PanelFixture {
protected:
    MoeHistoryPanelTest() : PanelFixture("moe-history") {}

    ExpertLines* loads() { return panel().findChild<ExpertLines*>("loadLines"); }
    ExpertLines* biases() { return panel().findChild<ExpertLines*>("biasLines"); }
    BiasStrip* strip() { return panel().findChild<BiasStrip*>("biasStrip"); }
    QString title() { return panel().findChild<ElidedLabel*>("experts")->text(); }
    QStringList names()
    {
        QStringList all;
        for (const ExpertLine& line : loads()->lines()) all << line.label;
        return all;
    }
    bool shows(const QStringList& wanted)
    {
        return QTest::qWaitFor([&] { return names() == wanted && loads()->steps().size() == 2; });
    }
};

TEST_F(MoeHistoryPanelTest, SaysWhatWillAppearAndWhenAModelHasNoExperts)
{
    EXPECT_TRUE(visible_text().contains("appear here with the first training step"));
    auto started = synthetic_start();
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
}

TEST_F(MoeHistoryPanelTest, ShowsTheBusiestAndTheIdlestUntilExpertsAreChosen)
{
    fill_feed(feed());
    const std::vector<float>& ratio = feed().loads()->ratio[0];
    const auto [least, most] = std::minmax_element(ratio.begin(), ratio.end());
    const auto busiest = QStringLiteral("e%1").arg(most - ratio.begin());
    const auto idlest = QStringLiteral("e%1").arg(least - ratio.begin());
    EXPECT_TRUE(shows({busiest, idlest})) << names().join(" ").toStdString();
    EXPECT_EQ(title(), QString("busiest %1, idlest %2").arg(busiest, idlest));
    selection().setExperts(3, {9, 4, 2});
    EXPECT_TRUE(shows({"e9", "e4", "e2"}));
    EXPECT_EQ(title(), "chosen: e9, e4, e2");
    EXPECT_EQ(loads()->steps(), (std::vector<std::int64_t>{600, 1200}));
    EXPECT_FLOAT_EQ(loads()->lines()[1].values[1], feed().loads()->ratio[2][4]);
    EXPECT_FLOAT_EQ(biases()->lines()[1].values[1], feed().loads()->layers[2].bias[4]);
}

TEST_F(MoeHistoryPanelTest, CellsOfSeveralLayersAreLinesOfTheirOwn)
{
    fill_feed(feed());
    selection().setCells({{3, 9}, {2, 4}, {3, 1}});
    ASSERT_TRUE(shows({QStringLiteral("3\u00b7e9"), QStringLiteral("3\u00b7e1"), QStringLiteral("2\u00b7e4")}))
        << names().join(" ").toStdString();
    const auto& frame = *feed().loads();
    EXPECT_FLOAT_EQ(loads()->lines()[0].values[1], frame.ratio[2][9]);
    EXPECT_FLOAT_EQ(loads()->lines()[2].values[1], frame.ratio[1][4]);
    EXPECT_FLOAT_EQ(biases()->lines()[2].values[1], frame.layers[1].bias[4]);
    const auto twins = panel().twins();
    EXPECT_EQ(exactValue(twins[0].model->index(1, 5)).toFloat(), frame.ratio[1][4]);
    selection().setCells({{3, 0}, {3, 1}, {3, 2}, {2, 0}, {2, 1}, {2, 2}, {1, 0}, {1, 1}, {1, 2}});
    EXPECT_TRUE(title().startsWith("8 of 9 chosen, the most there can be: ")) << title().toStdString();
    selection().setExpertOfLayer(3, 9);
    EXPECT_TRUE(shows({"e9"}));
}

TEST_F(MoeHistoryPanelTest, TheChartOfSettledRoutesHasItsPlaceBeforeThereAreAny)
{
    panel().resize(420, 700);
    auto* settled = panel().findChild<ExpertLines*>("settledLine");
    fill_feed(feed());
    panel().grab();
    const QRect before = loads()->geometry();
    EXPECT_TRUE(settled->isVisible());
    ASSERT_TRUE(settled->steps().empty());
    ASSERT_TRUE(QTest::qWaitFor([&] { return settled->steps().size() == 2; }));
    panel().grab();
    EXPECT_EQ(loads()->geometry(), before);
    panel().resize(420, 460);
    EXPECT_FALSE(settled->isVisible());
}

TEST_F(MoeHistoryPanelTest, TablesHaveTheLinesAllBiasesAndTheRoutesThatStayed)
{
    fill_feed(feed());
    selection().setExperts(3, {9, 4});
    ASSERT_TRUE(shows({"e9", "e4"}));
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel().twins().size() == 3; }));
    const auto twins = panel().twins();
    const auto cell = [&](std::size_t table, int row, int column) {
        return exactValue(twins[table].model->index(row, column));
    };
    ASSERT_EQ(twins[0].model->rowCount(), 2);
    EXPECT_EQ(twins[0].model->headerData(4, Qt::Horizontal).toString(), "e4: selection bias");
    EXPECT_EQ(cell(0, 0, 0), 600);
    EXPECT_EQ(cell(0, 1, 1).toFloat(), feed().loads()->ratio[2][9]);
    EXPECT_EQ(cell(0, 1, 4).toFloat(), feed().loads()->layers[2].bias[4]);
    ASSERT_EQ(twins[1].model->rowCount(), 16);
    EXPECT_EQ(cell(1, 7, 2).toFloat(), feed().loads()->layers[2].bias[7]);
    ASSERT_EQ(twins[2].model->rowCount(), 2);
    EXPECT_EQ(cell(2, 1, 1).toDouble(), 1.0) << "the newest step has all of its own routes";
}

TEST_F(MoeHistoryPanelTest, TablesGoOnWhileThePanelGivesThemItsPlace)
{
    fill_feed(feed());
    ASSERT_TRUE(QTest::qWaitFor([&] { return loads()->steps().size() == 2; }));
    panel().hide();
    selection().setExperts(2, {5});
    EXPECT_TRUE(QTest::qWaitFor([&] { return panel().twins()[0].model->rowCount() == 2; }));
    const auto twins = panel().twins();
    EXPECT_TRUE(twins[0].title.contains("Layer 2")) << twins[0].title.toStdString();
    EXPECT_EQ(exactValue(twins[0].model->index(1, 1)).toFloat(), feed().loads()->ratio[1][5]);
}

TEST_F(MoeHistoryPanelTest, NoiseDoesNotChangeTheBusiest)
{
    fill_feed(feed());
    const QString before = title();
    auto next = std::make_shared<LoadFrame>(*feed().loads());
    next->step += 1;
    std::vector<float>& ratio = next->ratio[0];
    const auto most = std::max_element(ratio.begin(), ratio.end());
    const float highest = *most;
    auto other = most == ratio.begin() ? ratio.begin() + 1 : ratio.begin();
    if (QStringLiteral("e%1").arg(other - ratio.begin()) == before.section(' ', -1)) ++other;
    *other = 1.05F * highest;
    feed().setLoads(next);
    EXPECT_EQ(title(), before);
    next = std::make_shared<LoadFrame>(*next);
    next->step += 1;
    next->ratio[0][static_cast<std::size_t>(other - ratio.begin())] = 1.5F * highest;
    feed().setLoads(next);
    EXPECT_NE(title(), before);
}

TEST_F(MoeHistoryPanelTest, AClickOnALineShowsThatStepAndTheEndIsLive)
{
    fill_feed(feed());
    ASSERT_TRUE(QTest::qWaitFor([&] { return loads()->steps().size() == 2; }));
    emit loads()->stepChosen(600);
    EXPECT_EQ(moment().step(), 600);
    emit biases()->stepChosen(1200);
    EXPECT_TRUE(moment().isLive());
}

TEST_F(MoeHistoryPanelTest, TheStripShowsTheStepThatIsHeldAndRests)
{
    fill_feed(feed());
    selection().setExpertOfLayer(3, 9);
    const auto then = synthetic_loads({}, 600);
    feed().hold(600, then, nullptr);
    EXPECT_EQ(strip()->bias(), then->layers[2].bias);
    EXPECT_FALSE(panel().findChild<QLineEdit*>("bias")->isEnabled());
    feed().release();
    EXPECT_TRUE(panel().findChild<QLineEdit*>("bias")->isEnabled());
    EXPECT_EQ(strip()->bias(), feed().loads()->layers[2].bias);
}

TEST_F(MoeHistoryPanelTest, ChangesOfTheElectionAreMarkedAndForgottenWithTheRun)
{
    fill_feed(feed());
    RoutingControl control;
    control.turn(3, 9, ExpertSwitch::Off);
    feed().take(event::RoutingChanged{900, control, "layer 3, expert 9 is off"});
    ASSERT_TRUE(QTest::qWaitFor([&] { return loads()->marks().size() == 1; }));
    EXPECT_EQ(loads()->marks()[0].step, 900);
    EXPECT_TRUE(loads()->marks()[0].text.contains("expert 9 is off"));
    EXPECT_EQ(biases()->marks().size(), 1U);
    fill_feed(feed()); // another run, whose log goes on
    EXPECT_TRUE(QTest::qWaitFor([&] { return loads()->marks().empty(); }));
}

TEST_F(MoeHistoryPanelTest, TellsWhatTheModelLosesByAnExpertThatIsOff)
{
    fill_feed(feed());
    const auto effect = [&] { return panel().findChild<ElidedLabel*>("routingEffect"); };
    EXPECT_FALSE(effect()->isVisible());
    RoutingControl control;
    control.turn(3, 9, ExpertSwitch::Off);
    feed().append({{Metric::ValLoss, 1220, 1.5}});
    feed().take(event::RoutingChanged{1230, control, "layer 3, expert 9 is off"});
    feed().append({{Metric::Loss, 1231, 2.0}});
    feed().showNewestNumbers();
    ASSERT_TRUE(QTest::qWaitFor([&] { return effect()->isVisible(); }));
    EXPECT_EQ(effect()->text(), "“layer 3, expert 9 is off”: validation loss 1.500 at step 1,220; the next validation "
                                "tells what the model loses");
    feed().append({{Metric::Loss, 1300, 2.0}, {Metric::ValLoss, 1300, 1.625}});
    feed().showNewestNumbers();
    ASSERT_TRUE(QTest::qWaitFor([&] { return effect()->text().contains("1.625"); }));
    EXPECT_EQ(effect()->text(), "“layer 3, expert 9 is off”: validation loss 1.500 at step 1,220, 1.625 at step 1,300: "
                                "+0.125 nats, training included");
    EXPECT_TRUE(effect()->toolTip().contains("trained on between them"));
    feed().hold(1100, synthetic_loads({}, 1100), nullptr);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !effect()->isVisible(); })) << "nothing was changed by then";
}

TEST_F(MoeHistoryPanelTest, ArrowsChooseTheExpertBeforeAndAfter)
{
    fill_feed(feed());
    selection().setExpertOfLayer(3, 9);
    QTest::keyClick(loads(), Qt::Key_Right);
    EXPECT_EQ(selection().expert(), 10);
    QTest::keyClick(strip(), Qt::Key_Left);
    QTest::keyClick(strip(), Qt::Key_Left);
    EXPECT_EQ(selection().expert(), 8);
    EXPECT_EQ(selection().layer(), 3);
    selection().setExpertOfLayer(3, 15);
    QTest::keyClick(loads(), Qt::Key_Right);
    EXPECT_EQ(selection().expert(), 15);
}

TEST_F(MoeHistoryPanelTest, XAsksForTheSwitchAndBGoesToTheField)
{
    fill_feed(feed());
    selection().setExpertOfLayer(3, 9);
    loads()->setFocus();
    QTest::keyClick(loads(), Qt::Key_X);
    ASSERT_FALSE(posted().empty());
    EXPECT_EQ(std::get<command::SwitchExpert>(posted().back()).expert, 9);
    QTest::keyClick(loads(), Qt::Key_B);
    EXPECT_TRUE(panel().findChild<QLineEdit*>("bias")->hasFocus());
}

TEST_F(MoeHistoryPanelTest, ARouterWithoutBiasHasNoStrip)
{
    fill_feed(feed());
    auto plain = std::make_shared<LoadFrame>(*feed().loads());
    for (LayerLoad& load : plain->layers) load.bias.clear();
    feed().setLoads(plain);
    EXPECT_FALSE(strip()->isVisible());
    EXPECT_FALSE(biases()->isVisible());
    EXPECT_TRUE(loads()->isVisible());
}

} // namespace
} // namespace triptych::test
