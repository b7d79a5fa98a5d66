// Pairs of experts: the matrix, the lists above 64 experts, the selection, and what is said where there are none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/panels/pair_lists.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/stepper.h"

#include <cmath>

namespace triptych::test {
namespace {

class MoePairsPanelTest : public PanelFixture {
protected:
    MoePairsPanelTest() : PanelFixture("moe-pairs") {}

    HeatmapPlot& map() { return *panel().findChild<HeatmapPlot*>("pairMap"); }
    PairLists& lists() { return *panel().findChild<PairLists*>("pairLists"); }
    BarRows& rows(const char* name) { return *panel().findChild<BarRows*>(name); }
    QString readout() { return panel().findChild<ElidedLabel*>("readout")->text(); }
    float cell(int row, int column) { return map().data().values[static_cast<std::size_t>(row * 16 + column)]; }
    void fill_many()
    {
        SyntheticRun many;
        many.experts = 256;
        many.steps = 2;
        fill_feed(feed(), many);
    }
};

TEST_F(MoePairsPanelTest, TheLowerHalfOfTheMatrixHasTheLiftOfEachPair)
{
    fill_feed(feed());
    selection().setLayer(2);
    const std::vector<float>& lift = feed().loads()->lift[1];
    EXPECT_TRUE(map().isVisible());
    EXPECT_EQ(cell(1, 0), lift[0]);
    EXPECT_EQ(cell(15, 0), lift[14]);
    EXPECT_EQ(cell(2, 1), lift[15]) << "behind the 15 of expert 0";
    EXPECT_EQ(cell(15, 14), lift[119]);
    for (int r = 0; r < 16; ++r)
        for (int c = r; c < 16; ++c) EXPECT_TRUE(std::isnan(cell(r, c))) << r << ", " << c;
}

TEST_F(MoePairsPanelTest, AnExpertWithoutTokensHasNoPairs)
{
    fill_feed(feed());
    selection().setLayer(4); // its last expert is dead
    EXPECT_TRUE(std::isnan(cell(15, 3)));
    EXPECT_FALSE(std::isnan(cell(14, 3)));
    emit map().cellHovered(15, 3);
    EXPECT_EQ(readout(), QString("Experts 15 and 3: one of them got no token"));
}

TEST_F(MoePairsPanelTest, AChosenCellIsAPairOfExpertsForAllWings)
{
    fill_feed(feed());
    QTest::mouseClick(map().findChild<QWidget*>(), Qt::LeftButton, {}, map().cellCentre(9, 4));
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{9, 4}));
    EXPECT_EQ(map().selectedRow(), 9);
    EXPECT_EQ(map().selectedColumn(), 4);
    EXPECT_TRUE(readout().startsWith("Experts 9 and 4 meet ")) << readout().toStdString();
    QTest::keyClick(map().focusProxy(), Qt::Key_Left);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{9, 3}));
    selection().setExpert(1);
    EXPECT_TRUE(readout().startsWith("Expert 1 meets most with 0 (3.50 ×), ")) << readout().toStdString();
    emit map().cellChosen(2, 7); // above the diagonal is the same pair
    EXPECT_EQ(map().selectedRow(), 7);
    EXPECT_EQ(map().selectedColumn(), 2);
    emit map().columnLabelChosen(5);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{5}));
}

TEST_F(MoePairsPanelTest, ListsStandBesideTheMatrixWhereThereIsRoom)
{
    fill_feed(feed());
    EXPECT_FALSE(lists().isVisible());
    panel().resize(900, 500);
    EXPECT_TRUE(lists().isVisible());
    EXPECT_TRUE(map().isVisible());
    EXPECT_EQ(rows("pairsOfLayer").rows().front().name, QString("0 and 1"));
}

TEST_F(MoePairsPanelTest, ManyExpertsAreListsOfTheStrongestPairs)
{
    fill_many();
    selection().setExpertOfLayer(2, 1);
    EXPECT_FALSE(map().isVisible());
    const std::vector<ExpertPair>& layer = lists().ofLayer();
    ASSERT_GT(layer.size(), 8U);
    EXPECT_EQ(layer[0].first, 0);
    EXPECT_EQ(layer[0].second, 1);
    EXPECT_FLOAT_EQ(static_cast<float>(layer[0].lift), 3.5F);
    for (std::size_t i = 1; i < layer.size(); ++i) {
        EXPECT_LE(layer[i].lift, layer[i - 1].lift);
        EXPECT_FALSE(layer[i].first == layer[i - 1].first && layer[i].second == layer[i - 1].second) << "twice";
    }
    ASSERT_EQ(lists().ofExpert().size(), 8U);
    EXPECT_EQ(lists().ofExpert()[0].second, 0);
    EXPECT_EQ(rows("partnersOfExpert").rows().front().name, QString("expert 0"));
    EXPECT_EQ(rows("partnersOfExpert").rows().front().number, QString("3.50 ×"));
}

TEST_F(MoePairsPanelTest, LiftsHaveThreeDigitsAndAnEnd)
{
    EXPECT_EQ(liftText(0.5), QString("0.50 ×"));
    EXPECT_EQ(liftText(12.34), QString("12.3 ×"));
    EXPECT_EQ(liftText(32), QString("≥ 32 ×")) << "frames of the past know no more";
}

TEST_F(MoePairsPanelTest, ARowOfAListSetsTheSelectionByMouseAndKeys)
{
    fill_many();
    BarRows& pairs = rows("pairsOfLayer");
    QTest::mouseClick(&pairs, Qt::LeftButton, {}, pairs.row(0).center());
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{0, 1}));
    EXPECT_EQ(selection().layer(), 1);
    QTest::keyClick(&pairs, Qt::Key_Down);
    const ExpertPair second = lists().ofLayer()[1];
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{second.first, second.second}));
    selection().setExpertOfLayer(1, 0);
    QTest::keyClick(&rows("partnersOfExpert"), Qt::Key_Home);
    EXPECT_EQ(selection().experts(), (std::vector<std::int64_t>{1})) << "the partner is the one to look at now";
}

TEST_F(MoePairsPanelTest, SaysHowPairsComeToBeMeasured)
{
    EXPECT_TRUE(visible_text().contains("appears here with the first training steps"));
    auto started = synthetic_start();
    feed().take(started);
    feed().take(event::StateChanged{SessionState::Running, ""});
    auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 7));
    loads->lift.clear();
    loads->partners.clear();
    feed().setLoads(loads);
    EXPECT_TRUE(visible_text().contains("while this page is open")) << visible_text().toStdString();
    feed().take(event::StateChanged{SessionState::Finished, ""});
    EXPECT_TRUE(visible_text().contains("history of this run has no pairs")) << visible_text().toStdString();
    started.experts_per_token = 1;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("one expert in this model"));
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
}

TEST_F(MoePairsPanelTest, ShowsAStepThatIsHeld)
{
    fill_feed(feed());
    auto past = std::make_shared<LoadFrame>(*synthetic_loads({}, 3));
    past->lift[0][0] = 0.5F;
    feed().hold(3, past, nullptr);
    EXPECT_EQ(cell(1, 0), 0.5F);
    feed().release();
    EXPECT_EQ(cell(1, 0), 3.5F);
}

} // namespace
} // namespace triptych::test
