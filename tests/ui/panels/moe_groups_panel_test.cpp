// Groups of experts: the map, the group that opens, the what-if on several GPUs; and a model without groups.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/models/twin_table.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/expert_bars.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/placement_view.h"
#include "ui/widgets/stepper.h"

#include <QComboBox>

#include <numeric>

namespace triptych::test {
namespace {

class MoeGroupsPanelTest : public PanelFixture {
protected:
    MoeGroupsPanelTest() : PanelFixture("moe-groups") {}

    HeatmapPlot& map() { return *panel().findChild<HeatmapPlot*>("groupMap"); }
    ExpertBars& experts() { return *panel().findChild<ExpertBars*>("groupExperts"); }
    PlacementView& placement() { return *panel().findChild<PlacementView*>(); }
    QString readout() { return panel().findChild<ElidedLabel*>("readout")->text(); }
    void fill()
    {
        SyntheticRun run;
        run.groups = 4;
        fill_feed(feed(), run);
    }
};

TEST_F(MoeGroupsPanelTest, CellsAreShareOverAnEvenOneByLayerAndGroup)
{
    fill();
    ASSERT_EQ(map().data().rows, 4) << "three main layers and the MTP block";
    ASSERT_EQ(map().data().columns, 4);
    const std::vector<float>& share = feed().loads()->group_share[2];
    const float even = std::accumulate(share.begin(), share.end(), 0.0F) / 4;
    EXPECT_FLOAT_EQ(map().data().values[2 * 4 + 1], share[1] / even);
    emit map().cellHovered(2, 1);
    EXPECT_EQ(readout(),
              QString("Layer 3, group 1: %1 of the tokens, %2 × an even share")
                  .arg(percentText(static_cast<double>(share[1])), fixedText(static_cast<double>(share[1] / even), 2)));
}

TEST_F(MoeGroupsPanelTest, TheChosenGroupOpensIntoItsExperts)
{
    fill();
    emit map().cellChosen(1, 2);
    EXPECT_EQ(selection().layer(), 2);
    EXPECT_TRUE(visible_text().contains("Group 2 of layer 2: experts 8 to 11")) << visible_text().toStdString();
    QTest::keyClick(&experts(), Qt::Key_Right);
    EXPECT_EQ(selection().expert(), 8);
    QTest::keyClick(&experts(), Qt::Key_Right);
    EXPECT_EQ(selection().expert(), 9);
    selection().setExpertOfLayer(3, 14);
    EXPECT_TRUE(visible_text().contains("Group 3 of layer 3: experts 12 to 15"));
    EXPECT_EQ(map().selectedRow(), 2);
    EXPECT_EQ(map().selectedColumn(), 3);
    QTest::keyClick(map().focusProxy(), Qt::Key_Left);
    EXPECT_EQ(map().selectedColumn(), 2);
    EXPECT_EQ(selection().expert(), 14) << "looking at another group chooses no other expert";
    feed().setLoads(synthetic_loads({.groups = 4}, 1201));
    EXPECT_EQ(map().selectedColumn(), 2) << "new loads open no other group";
}

TEST_F(MoeGroupsPanelTest, AnExpertThatIsOffIsCrossedOutInItsGroup)
{
    fill();
    emit map().cellChosen(1, 2);
    event::RoutingChanged changed{1200, {}, "layer 2, expert 9 is off", 1};
    changed.control.turn(2, 9, ExpertSwitch::Off);
    feed().take(changed);
    EXPECT_EQ(experts().off(), (std::vector<int>{9}));
    emit map().cellChosen(0, 2);
    EXPECT_TRUE(experts().off().empty()) << "it is off in the other layer";
}

TEST_F(MoeGroupsPanelTest, WithoutSharesTheLoadsOfGroupsAreShown)
{
    fill();
    auto loads = std::make_shared<LoadFrame>(*feed().loads());
    loads->group_share.clear();
    feed().setLoads(loads);
    const std::vector<float>& ratio = loads->ratio[0];
    EXPECT_FLOAT_EQ(map().data().values[1], (ratio[4] + ratio[5] + ratio[6] + ratio[7]) / 4);
    EXPECT_TRUE(readout().contains("an even share of the choices")) << readout().toStdString();
}

TEST_F(MoeGroupsPanelTest, ThePlacementIsThatOfTheChosenLayer)
{
    fill();
    selection().setLayer(3);
    const auto& ratio = feed().loads()->ratio[2];
    const std::vector<double> loads(ratio.begin(), ratio.end());
    EXPECT_EQ(placement().gpus(), 8);
    EXPECT_EQ(placement().copies(), 0);
    EXPECT_DOUBLE_EQ(placement().before()->imbalance(), place_in_order(loads, 8)->imbalance());
    EXPECT_DOUBLE_EQ(placement().after()->imbalance(), place_packed(loads, 8, 0)->imbalance());
    EXPECT_LE(placement().after()->worst(), placement().before()->worst());
    const auto& bars = panel().findChild<BarRows*>("placementBars")->rows();
    ASSERT_EQ(bars.size(), 2U);
    EXPECT_EQ(bars[0].number, QString("%1 × mean").arg(fixedText(placement().before()->imbalance(), 2)));
    EXPECT_EQ(bars[1].number, QString("%1 × mean").arg(fixedText(placement().after()->imbalance(), 2)));
    EXPECT_TRUE(panel()
                    .findChild<ElidedLabel*>("placementWords")
                    ->text()
                    .contains(percentText(time_saved(*placement().before(), *placement().after()))));
}

TEST_F(MoeGroupsPanelTest, ThePlacementIsATableToo)
{
    fill();
    const auto twins = panel().twins();
    const auto gpus =
        std::find_if(twins.begin(), twins.end(), [](const Twin& twin) { return twin.title.contains("several GPUs"); });
    ASSERT_NE(gpus, twins.end());
    ASSERT_EQ(gpus->model->rowCount(), placement().gpus());
    double worst = 0;
    for (int row = 0; row < gpus->model->rowCount(); ++row)
        worst = std::max(worst, exactValue(gpus->model->index(row, 3)).toDouble());
    EXPECT_DOUBLE_EQ(worst, placement().after()->imbalance());
}

TEST_F(MoeGroupsPanelTest, SaysWhatPackingWouldSaveOfAStep)
{
    auto started = synthetic_start();
    started.config.hidden_size = 100;
    started.config.moe_intermediate_size = 50;
    started.config.num_experts_per_tok = 2;
    started.flops_per_token = 18.0 * 100 * 50 * 2 * 10; // a tenth of the step in each layer
    feed().take(started);
    feed().append({{Metric::StepSeconds, 1, 0.5}});
    feed().showNewestNumbers();
    LoadFrame loads;
    loads.step = 1;
    loads.experts = 4;
    loads.layers = {{1, {}, {}}, {2, {}, {}}};
    loads.ratio = {{2, 2, 0, 0}, {1, 1, 1, 1}}; // in order on two GPUs: 4 and 0; packed 2 and 2
    feed().setLoads(std::make_shared<LoadFrame>(loads));
    ASSERT_EQ(placement().gpus(), 4) << "all experts alone: nothing to pack";
    EXPECT_DOUBLE_EQ(placement().savedOfStep().value_or(-1), 0);
    panel().restoreState({{"gpus", 2}, {"copies", 0}});
    // The first layer takes twice its tenth, and half of that goes away; the second is even.
    EXPECT_DOUBLE_EQ(placement().savedOfStep().value_or(-1), 0.1 / 1.1);
    const QString words = panel().findChild<ElidedLabel*>("placementOfStep")->text();
    EXPECT_TRUE(words.contains("45.5 of 500 ms")) << words.toStdString();
    // With one expert for a token instead of two both layers do half as much, of a step of nine tenths.
    loads.step = 2;
    loads.control.active = 1;
    feed().setLoads(std::make_shared<LoadFrame>(loads));
    EXPECT_NEAR(placement().savedOfStep().value_or(-1), 0.5 / 9 / (1 + 0.5 / 9), 1e-12);
}

TEST_F(MoeGroupsPanelTest, GpusAndCopiesAreWhatTheModelAllowsAndAreKept)
{
    fill();
    const auto boxes = panel().findChildren<QComboBox*>();
    ASSERT_EQ(boxes.size(), 3);
    QStringList gpus;
    for (int i = 0; i < boxes[0]->count(); ++i) gpus << boxes[0]->itemText(i);
    EXPECT_EQ(gpus, (QStringList{"2", "4", "8", "16"}));
    for (QComboBox* box : boxes) EXPECT_FALSE(box->accessibleName().isEmpty());
    QTest::keyClick(boxes[0], Qt::Key_Up);
    EXPECT_EQ(placement().gpus(), 4);
    QTest::keyClick(boxes[2], Qt::Key_Down);
    EXPECT_EQ(placement().copies(), 4);
    EXPECT_EQ(placement().after()->experts[0].size(), 5U);
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"gpus", 16}, {"copies", "many"}});
    EXPECT_EQ(placement().gpus(), 16);
    panel().restoreState(saved);
    EXPECT_EQ(placement().gpus(), 4);
    EXPECT_EQ(placement().copies(), 4);
}

TEST_F(MoeGroupsPanelTest, GroupsStayOnOneOfSeveralNodes)
{
    fill();
    auto* nodes = panel().findChildren<QComboBox*>()[1];
    QStringList offered;
    for (int i = 0; i < nodes->count(); ++i) offered << nodes->itemText(i);
    EXPECT_EQ(offered, (QStringList{"1 node", "2 nodes", "4 nodes"})) << "what divides 8 GPUs and 4 groups";
    QTest::keyClick(nodes, Qt::Key_Down);
    QTest::keyClick(nodes, Qt::Key_Down);
    EXPECT_EQ(placement().nodes(), 4);
    for (std::size_t gpu = 0; gpu < 8; gpu += 2) {
        const auto& first = placement().after()->experts[gpu];
        const auto& second = placement().after()->experts[gpu + 1];
        EXPECT_EQ(first[0] / 4, second[0] / 4) << "a node has one group";
    }
    const auto& bars = panel().findChild<BarRows*>("placementGpus")->rows();
    EXPECT_EQ(bars[5].name, "GPU 5, node 2");
    const auto twins = panel().twins();
    const auto gpus =
        std::find_if(twins.begin(), twins.end(), [](const Twin& twin) { return twin.title.contains("several GPUs"); });
    ASSERT_NE(gpus, twins.end());
    EXPECT_EQ(exactValue(gpus->model->index(5, 1)).toInt(), 2);
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"nodes", 1}});
    EXPECT_EQ(placement().nodes(), 1);
    panel().restoreState(saved);
    EXPECT_EQ(placement().nodes(), 4);
}

TEST_F(MoeGroupsPanelTest, ChoosersTakeTwoRowsWhereOneIsTooWide)
{
    fill();
    const auto boxes = panel().findChildren<QComboBox*>();
    panel().resize(1200, 700);
    QTest::qWait(1);
    const auto top = [&](int i) { return boxes[i]->mapTo(&placement(), QPoint()).y(); };
    EXPECT_EQ(top(0), top(2));
    panel().resize(320, 700);
    QTest::qWait(1);
    EXPECT_EQ(top(0), top(1));
    EXPECT_LT(top(0), top(2));
    EXPECT_LE(boxes[1]->mapTo(&placement(), QPoint(boxes[1]->width(), 0)).x(), placement().width())
        << "nothing is cut off";
}

TEST_F(MoeGroupsPanelTest, AModelWithoutGroupsHasThePlacementAlone)
{
    fill_feed(feed());
    EXPECT_FALSE(panel().findChildren<QComboBox*>()[1]->isVisible()) << "nodes: there is nothing to keep together";
    EXPECT_FALSE(map().isVisible());
    EXPECT_TRUE(visible_text().contains("have no groups")) << visible_text().toStdString();
    EXPECT_TRUE(placement().isVisible());
    EXPECT_EQ(panel().findChild<BarRows*>("placementGpus")->rows().size(), 8U);
    panel().findChild<Stepper*>("layers")->step(1);
    EXPECT_EQ(selection().layer(), 2);
}

TEST_F(MoeGroupsPanelTest, SaysWhatWillAppear)
{
    EXPECT_TRUE(visible_text().contains("appears here with the first training step"));
    auto started = synthetic_start();
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
}

} // namespace
} // namespace triptych::test
