// What a run would have cost: its own device-seconds under each lens, as the core prices them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "core/cost/run_meter.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/priced_run.h"
#include "ui/models/run_cost_facts.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/lens_ladder.h"
#include "ui/widgets/money_text.h"

#include <gtest/gtest.h>

#include <QSlider>

namespace triptych::test {
namespace {

class CostRunPanelTest : public PanelFixture {
protected:
    CostRunPanelTest() : PanelFixture("cost-run") { panel().resize(1240, 520); }

    double cell(int row, int column) { return exactValue(panel().twins().at(0).model->index(row, column)).toDouble(); }
    QString text(const char* name) { return panel().findChild<ElidedLabel*>(QLatin1String(name))->text(); }
};

TEST_F(CostRunPanelTest, SaysWhatWillAppearWithoutARun)
{
    EXPECT_TRUE(visible_text().contains("Here you will see"));
    EXPECT_TRUE(panel().twins().empty());
}

TEST_F(CostRunPanelTest, PricesTheDeviceSecondsOfTheRunByEveryLens)
{
    fill_feed(feed());
    feed().showNewestNumbers();
    QTest::qWait(600);
    CostPreset preset = *load_cost_preset("this-machine");
    ASSERT_TRUE(fill(preset, costFactsOf(feed())).ok());
    int row = 0;
    double before = 0;
    for (const char* lens : {"rental", "owned", "with_goodput", "with_programme", "with_people"}) {
        const double usd = evaluate(preset, lens)->total.usd();
        EXPECT_EQ(cell(row, 2), usd) << lens;
        EXPECT_TRUE(row <= 2 || usd >= before) << lens << " counts more than the lens before";
        before = usd;
        row += 2;
    }
    EXPECT_EQ(cell(1, 2), 5'576'000) << "V3 at the lens of its headline";
    // The same rent as the meter of the window shows.
    const RunMeter meter(feed().run()->prices);
    EXPECT_NEAR(cell(0, 2), meter.headline_usd(feed().value(Metric::TrainSeconds)), 2e-6);
}

TEST_F(CostRunPanelTest, TheSliderGoesFromRentedHoursToPeople)
{
    fill_feed(feed());
    QTest::qWait(600);
    auto* ladder = panel().findChild<LensLadder*>();
    const QString rented = text("costMineTotal");
    EXPECT_TRUE(text("costV3Total").startsWith("$5.576")) << text("costV3Total").toStdString();
    ladder->slider()->setFocus();
    QTest::keyClick(ladder->slider(), Qt::Key_End);
    EXPECT_EQ(ladder->current(), 4);
    EXPECT_NE(text("costMineTotal"), rented);
    EXPECT_TRUE(text("costV3Total").startsWith("$49.83")) << text("costV3Total").toStdString();
    EXPECT_TRUE(visible_text().contains("people")) << "the scope in words";
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"rung", 9}, {"currency", 4}});
    EXPECT_EQ(panel().saveState(), saved);
}

TEST_F(CostRunPanelTest, TakesTheGoodputThatTheRunHasCountedAndSaysSo)
{
    const TempFolder temp;
    make_priced_run(temp / "run");
    const auto open = [&](const char* folder) {
        event::RunStarted run;
        run.run_folder = (temp / folder).string();
        feed().apply(run);
        feed().append(std::vector<Sample>{{.metric = Metric::TrainSeconds, .step = 300, .value = 300}});
        feed().showNewestNumbers();
    };
    open("run");
    ASSERT_TRUE(QTest::qWaitFor([&] { return text("costGoodput").contains("counted by the run"); }));
    EXPECT_TRUE(text("costGoodput").startsWith("Goodput 75.0")) << text("costGoodput").toStdString();
    EXPECT_TRUE(text("costGoodput").contains("5.0 min of steps that stand in 6.7 min"));
    EXPECT_NEAR(cell(4, 2) / cell(2, 2), 4.0 / 3, 1e-3) << "with goodput, owned";
    EXPECT_TRUE(text("costMineTotal").contains("0.083 machine-hours")) << text("costMineTotal").toStdString();
    panel().restoreState({{"rung", 2}});
    const auto labels = panel().findChildren<ElidedLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const ElidedLabel* label) {
        return label->text().contains("× 1.33 of the lens before");
    }));
    TimeAccount measured = read_time_account(temp / "run")->value();
    measured.joules = 6000;
    measured.joules_seconds = 100;
    ASSERT_TRUE(write_time_account(temp / "run", measured).ok());
    feed().apply(event::CheckpointSaved{300, {}});
    const auto watts = [&] {
        for (const CostFact& fact : costFactsOf(feed()))
            if (fact.from == "machine.watts") return fact.value;
        return 0.0;
    };
    EXPECT_TRUE(QTest::qWaitFor([&] { return watts() == 60; })) << watts();
    TimeAccount young;
    young.set(TimeUse::Restart, 2);
    ASSERT_TRUE(write_time_account(temp / "run", young).ok());
    feed().apply(event::CheckpointSaved{300, {}});
    EXPECT_TRUE(QTest::qWaitFor([&] { return text("costGoodput").contains("no step of this run stands yet"); }));
    std::filesystem::copy(temp / "run", temp / "old", std::filesystem::copy_options::recursive);
    std::filesystem::remove(temp / "old" / "time.json");
    open("old");
    ASSERT_TRUE(QTest::qWaitFor([&] { return text("costGoodput").contains("not known"); }));
    EXPECT_EQ(cell(4, 2), cell(2, 2)) << "nothing of the run before is left";
}

TEST_F(CostRunPanelTest, AnExtrapolationSaysThatItIsOne)
{
    fill_feed(feed());
    QTest::qWait(600);
    EXPECT_TRUE(text("costExtrapolation").contains("xtrapolation")) << text("costExtrapolation").toStdString();
    auto preset = load_cost_preset("v3-extrapolation");
    ASSERT_TRUE(preset.ok());
    if (fill(*preset, costFactsOf(feed())).value() < 4) return; // it has not counted all that is needed
    const QString flops = moneyText(evaluate(*preset, "by_flops")->total, {});
    const QString mfu = moneyText(evaluate(*preset, "by_mfu")->total, {});
    EXPECT_TRUE(text("costExtrapolation").contains("FLOPs " + flops)) << text("costExtrapolation").toStdString();
    EXPECT_TRUE(text("costExtrapolation").contains("MFU " + mfu)) << text("costExtrapolation").toStdString();
}

TEST_F(CostRunPanelTest, FollowsTheRunWhileItTrains)
{
    fill_feed(feed());
    QTest::qWait(600);
    const double before = cell(0, 2);
    const std::int64_t step = feed().series().latestStep() + 1;
    const double seconds = feed().value(Metric::TrainSeconds) + 3600;
    feed().append(std::vector<Sample>{{.metric = Metric::TrainSeconds, .step = step, .value = seconds}});
    feed().showNewestNumbers();
    QTest::qWait(700);
    EXPECT_NEAR(cell(0, 2) - before, feed().run()->prices.rental.value, 1e-6) << "an hour more";
}

} // namespace
} // namespace triptych::test
