// Ranks by layer and over steps, norms by token: what a person reads, and what a click does.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/models/twin_table.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/rank_bars.h"
#include "ui/widgets/token_strip.h"

#include <QCheckBox>

namespace triptych::test {
namespace {

class LatentPanelTest : public PanelFixture {
protected:
    LatentPanelTest() : PanelFixture("latent") {}

    /// A frame of three layers with these ranks.
    static std::shared_ptr<ProbeFrame> frame(std::vector<float> ranks, std::int64_t step = 120)
    {
        auto result = probe_frame("The old house");
        result->step = step;
        result->latent_rank = std::move(ranks);
        result->rank_bound = result->latent_rank.empty() ? 0 : 64;
        return result;
    }
    RankBars& bars() { return *panel().findChild<RankBars*>(); }
    TimeSeriesPlot& steps() { return *panel().findChild<TimeSeriesPlot*>(); }
    TokenStrip& strip() { return *panel().findChild<TokenStrip*>(); }
    QString said(const char* name) { return panel().findChild<ElidedLabel*>(name)->text(); }
};

TEST_F(LatentPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start a run"));
}

TEST_F(LatentPanelTest, BarsAreTheRanksOfTheLayersAgainstTheirLimit)
{
    feed().take(probe_run());
    feed().setProbe(frame({32, 16, 64}));
    EXPECT_EQ(bars().ranks(), (std::vector<float>{32, 16, 64}));
    EXPECT_EQ(bars().bound(), 64);
    EXPECT_NEAR(bars().bar(0).width(), bars().bar(2).width() / 2, 0.5);
    EXPECT_NEAR(bars().bar(1).width(), bars().bar(2).width() / 4, 0.5);
    EXPECT_EQ(said("readout"), QString("uses 32.0 of 64 directions: 50\u202f%"));
}

TEST_F(LatentPanelTest, AClickChoosesTheLayerAndAChoiceElsewhereIsFollowed)
{
    feed().take(probe_run());
    feed().setProbe(frame({32, 16, 64}));
    QTest::mouseClick(&bars(), Qt::LeftButton, {}, bars().rowRect(1).center());
    EXPECT_EQ(selection().layer(), 1);
    EXPECT_TRUE(said("readout").contains("16.0 of 64"));
    selection().setLayer(2);
    EXPECT_TRUE(said("readout").contains("64.0 of 64"));
    QTest::keyClick(&bars(), Qt::Key_Up);
    EXPECT_EQ(selection().layer(), 1);
    QTest::keyClick(&bars(), Qt::Key_H);
    EXPECT_EQ(selection().layer(), 2);
    QTest::mouseClick(&strip(), Qt::LeftButton, {}, strip().dot(4));
    EXPECT_EQ(selection().token(), 4);
}

TEST_F(LatentPanelTest, TheNormsAreDrawnFromZeroAndSayTheirRangeUntilSmallDifferencesAreAskedFor)
{
    feed().take(probe_run());
    feed().setProbe(frame({32, 16, 64}));
    // Norms of layer 0 are 5 to 5.75.
    EXPECT_EQ(said("norms"), "norm by token: 5.00 to 5.75, from 0");
    const int spread = strip().dot(0).y() - strip().dot(3).y();
    EXPECT_LT(spread, strip().height() / 5);
    panel().findChild<QCheckBox*>()->setChecked(true);
    EXPECT_EQ(said("norms"), "norm by token: 5.00 to 5.75, not from 0");
    EXPECT_GT(strip().dot(0).y() - strip().dot(3).y(), strip().height() / 2);
    EXPECT_EQ(panel().saveState().value("norms_zoomed"), true);
}

TEST_F(LatentPanelTest, RanksOverStepsAreTheSeriesOfTheChosenLayer)
{
    feed().take(probe_run());
    std::vector<Sample> samples;
    for (std::int64_t step = 10; step <= 50; step += 10)
        for (std::int64_t layer = 0; layer < 3; ++layer)
            samples.push_back({{Metric::LayerLatentRank, layer},
                               step,
                               10.0 * static_cast<double>(layer) + 0.1 * static_cast<double>(step)});
    feed().append(samples);
    feed().setProbe(frame({5, 15, 25}));
    selection().setLayer(1);
    steps().refreshNow();
    EXPECT_EQ(steps().valuesAsText(), "step\tlayer.1.latent_rank\n10\t11\n20\t12\n30\t13\n40\t14\n50\t15\n");
    feed().append({{{Metric::LayerLatentRank, 1}, 60, 17}});
    steps().refreshNow();
    EXPECT_TRUE(steps().valuesAsText().endsWith("60\t17\n")) << "it follows the run";
}

TEST_F(LatentPanelTest, TablesHaveRanksTheCurveAndNorms)
{
    feed().take(probe_run());
    feed().append({{{Metric::LayerLatentRank, 1}, 10, 11}, {{Metric::LayerLatentRank, 1}, 20, 16}});
    feed().setProbe(frame({32, 16, 64}));
    selection().setLayer(1);
    panel().hide(); // for its tables
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 3U);
    const auto cell = [&](std::size_t table, int row, int column) {
        return exactValue(twins[table].model->index(row, column));
    };
    EXPECT_EQ(twins[0].model->rowCount(), 3);
    EXPECT_EQ(cell(0, 1, 1).toFloat(), 16);
    EXPECT_EQ(cell(0, 1, 2), 64);
    ASSERT_EQ(twins[1].model->rowCount(), 2);
    EXPECT_EQ(cell(1, 1, 1).toDouble(), 16);
    ASSERT_EQ(twins[2].model->rowCount(), static_cast<int>(strip().values().size()));
    EXPECT_EQ(cell(2, 4, 2).toFloat(), strip().values()[4]);
    EXPECT_TRUE(twins[2].title.startsWith("Latents of Layer 1")) << twins[2].title.toStdString();
}

TEST_F(LatentPanelTest, ARecordedRunHasThemFromItsSeries)
{
    feed().take(probe_run());
    feed().setProbe(frame({})); // by a checkpoint, which has no data
    EXPECT_TRUE(visible_text().contains("not recorded in this run")) << visible_text().toStdString();
    feed().append({{{Metric::LayerLatentRank, 0}, 100, 21.5}, {{Metric::LayerLatentRank, 1}, 100, 11}});
    feed().showNewestNumbers();
    feed().setProbe(frame({}));
    EXPECT_FALSE(visible_text().contains("not recorded in this run"));
    EXPECT_EQ(said("readout"), QString("uses 21.5 of 64 directions: 34\u202f%"));
}

TEST_F(LatentPanelTest, AMomentThatIsHeldShowsItsOwnRanks)
{
    feed().take(probe_run());
    feed().append({{{Metric::LayerLatentRank, 0}, 40, 9}, {{Metric::LayerLatentRank, 0}, 120, 32}});
    feed().setProbe(frame({32, 16, 64}));
    feed().hold(60, nullptr, frame({9, 8, 7}, 40));
    EXPECT_EQ(bars().ranks()[0], 9);
    feed().hold(60, nullptr, nullptr);
    EXPECT_EQ(bars().ranks()[0], 9) << "no frame was kept: by the series";
    EXPECT_TRUE(said("norms").contains("no probe text was run"));
    feed().release();
    EXPECT_EQ(bars().ranks()[0], 32);
}

} // namespace
} // namespace triptych::test
