// What a run costs, at prices that can be chosen and edited, and what follows them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dollars_after.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/priced_run.h"
#include "ui/bridge/run_pricing.h"
#include "ui/bridge/series_source.h"
#include "ui/models/price_model.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/number_text.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QTableView>

#include <cmath>

namespace triptych::test {
namespace {

class MeterPanelTest : public PanelFixture {
protected:
    MeterPanelTest() : PanelFixture("meter") { panel().resize(1200, 360); }

    void show_run()
    {
        make_priced_run(m_temp / "run");
        event::RunStarted run;
        run.run_folder = (m_temp / "run").string();
        feed().apply(run);
        std::vector<Sample> samples;
        for (const std::int64_t step : {100, 300})
            for (const Metric metric : {Metric::TrainSeconds, Metric::HeadlineUsd, Metric::TcoUsd})
                samples.push_back({metric, step, metric == Metric::TrainSeconds ? static_cast<double>(step) : 0.5});
        feed().append(samples);
        feed().showNewestNumbers();
        ASSERT_TRUE(QTest::qWaitFor([&] { return pricing().facts().has_value() && !rates().rows().empty(); }));
    }
    RunPricing& pricing() { return RunPricing::of(feed()); }
    const FigureRows& rates() { return *panel().findChild<FigureRows*>("meterRates"); }
    const FigureRows& time() { return *panel().findChild<FigureRows*>("meterTime"); }
    QAbstractItemModel& prices() { return *panel().findChild<QTableView*>("meterPrices")->model(); }
    QModelIndex price(const QString& key)
    {
        const auto& model = static_cast<PriceModel&>(prices());
        for (int row = 0; row < model.rowCount(); ++row)
            if (const QModelIndex at = model.index(row, PriceModel::ValueColumn); model.key(at) == key) return at;
        return {};
    }

    TempFolder m_temp;
};

TEST_F(MeterPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start or open a run"));
}

TEST_F(MeterPanelTest, ShowsRatesProjectionAndTimeOfARun)
{
    show_run();
    constexpr double kHour = 2 * 0.048; // two threads
    const auto number = [&](int row) { return rates().rows()[static_cast<std::size_t>(row)].numbers[0]; };
    ASSERT_EQ(rates().rows().size(), 7U);
    EXPECT_EQ(number(0), usdText(300 * kHour / 3600));
    EXPECT_EQ(number(1), usdText(kHour));
    EXPECT_EQ(number(2), usdText(1000 * kHour / 3600));
    EXPECT_EQ(number(3), usdText(kHour / 3600));
    for (const int row : {4, 5, 6}) EXPECT_EQ(number(row), usdText(400 * kHour / 3600)) << row;
    ASSERT_EQ(time().rows().size(), kTimeUses);
    EXPECT_DOUBLE_EQ(time().rows()[0].shares.at(0), 0.75);
    const double full = pricing().usdPerHour(CostMeter::FullCost);
    EXPECT_EQ(time().rows()[0].numbers, (QStringList{"5.0 min", percentText(0.75), usdText(300 * full / 3600)}));
    EXPECT_EQ(time().rows()[1].numbers[2], usdText(100 * full / 3600));
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("meterGoodput")->text().contains("75.0"));
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("meterPower")->text().contains("estimated"));
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 3U);
    const QAbstractItemModel& uses = *twins[2].model;
    double share = 0, usd = 0;
    for (int row = 0; row < uses.rowCount(); ++row) {
        share += exactValue(uses.index(row, 2)).toDouble();
        usd += exactValue(uses.index(row, 3)).toDouble();
    }
    EXPECT_DOUBLE_EQ(share, 1);
    EXPECT_NEAR(usd, pricing().facts()->time->total() / 3600 * pricing().usdPerHour(CostMeter::Headline), 1e-12);
}

TEST_F(MeterPanelTest, ARunWithoutAStepYetHasNoGoodputYet)
{
    show_run();
    TimeAccount account;
    account.set(TimeUse::Restart, 2);
    ASSERT_TRUE(write_time_account(m_temp / "run", account).ok());
    feed().apply(event::CheckpointSaved{300, {}});
    const auto said = [&] { return panel().findChild<ElidedLabel*>("meterGoodput")->text(); };
    EXPECT_TRUE(QTest::qWaitFor([&] { return said().startsWith("Goodput " + noNumber()); })) << said().toStdString();
    account.set(TimeUse::Lost, 2);
    ASSERT_TRUE(write_time_account(m_temp / "run", account).ok());
    feed().apply(event::CheckpointSaved{301, {}});
    EXPECT_TRUE(QTest::qWaitFor([&] { return said().startsWith("Goodput " + percentText(0)); }))
        << "steps that were lost are counted";
}

TEST_F(MeterPanelTest, PausesArePricedAndAreNoPartOfGoodput)
{
    show_run();
    TimeAccount account = read_time_account(m_temp / "run")->value();
    account.set(TimeUse::Idle, 1000);
    ASSERT_TRUE(write_time_account(m_temp / "run", account).ok());
    feed().apply(event::CheckpointSaved{300, {}});
    ASSERT_TRUE(QTest::qWaitFor([&] { return time().rows()[6].numbers[0] == "16.7 min"; }));
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("meterGoodput")->text().contains("75.0"));
    EXPECT_EQ(time().rows()[6].numbers[2], usdText(1000 * pricing().usdPerHour(CostMeter::FullCost) / 3600));
}

TEST_F(MeterPanelTest, ARunWithoutAnEndHasNoWayToIt)
{
    show_run();
    Manifest manifest = *read_manifest(m_temp / "run");
    manifest.schedule_steps = 0;
    ASSERT_TRUE(write_manifest(m_temp / "run", manifest).ok());
    feed().apply(event::CheckpointSaved{300, {}});
    EXPECT_TRUE(QTest::qWaitFor([&] { return rates().rows().size() == 4; }));
}

TEST_F(MeterPanelTest, AnEditedPriceIsMarkedCountsEverywhereAndCanBeReset)
{
    show_run();
    const QAbstractItemModelTester tester(&prices(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_TRUE(pricing().isRecorded());
    EXPECT_EQ(pricing().usd(feed(), CostMeter::Headline), 0.5);
    EXPECT_FALSE(prices().setData(price("rental_per_thread"), "much"));
    EXPECT_FALSE(prices().setData(price("utilisation"), "0"));
    EXPECT_TRUE(pricing().isRecorded());
    ASSERT_TRUE(prices().setData(price("rental_per_thread"), "1.8"));
    EXPECT_TRUE(price("rental_per_thread").data(Qt::FontRole).value<QFont>().bold());
    EXPECT_EQ(price("rental_per_thread").siblingAtColumn(PriceModel::SourceColumn).data(), "set by you");
    EXPECT_DOUBLE_EQ(pricing().usd(feed(), CostMeter::Headline), 300 * 3.6 / 3600);
    EXPECT_EQ(rates().rows()[1].numbers[0], usdText(3.6));
    auto* table = panel().findChild<QTableView*>("meterPrices");
    table->setCurrentIndex(price("rental_per_thread"));
    for (QPushButton* button : panel().findChildren<QPushButton*>()) EXPECT_TRUE(button->isEnabled());
    panel().findChildren<QPushButton*>().front()->click();
    EXPECT_TRUE(pricing().isRecorded());
}

TEST_F(MeterPanelTest, AGpuHasARentalPriceAndNoFullCost)
{
    show_run();
    auto* presets = panel().findChild<QComboBox*>("meterPreset");
    presets->setCurrentIndex(presets->findData("h100"));
    emit presets->activated(presets->currentIndex());
    EXPECT_EQ(rates().rows()[1].numbers, (QStringList{usdText(2.95), noNumber()}));
    EXPECT_EQ(prices().rowCount(), 1);
    EXPECT_TRUE(std::isnan(pricing().usd(feed(), CostMeter::FullCost)));
}

TEST_F(MeterPanelTest, AmountsAreInTheMoneyThatIsShownAndTablesInDollars)
{
    show_run();
    const DollarsAfter after;
    ASSERT_TRUE(ShownCurrency::get().choose("EUR=0.5").ok());
    EXPECT_EQ(rates().rows()[1].numbers[0], QString("EUR\u202f0.048000"));
    EXPECT_EQ(time().rows()[0].numbers[2].left(4), QString("EUR\u202f"));
    const auto twins = panel().twins();
    EXPECT_TRUE(twins[1].model->headerData(1, Qt::Horizontal).toString().contains("USD"));
    EXPECT_EQ(exactValue(twins[1].model->index(1, 1)).toDouble(), 0.096);
    ASSERT_TRUE(pricing().edit("rental_per_thread", 0.48).ok());
    EXPECT_EQ(rates().rows()[1].numbers[0], QString("EUR\u202f0.480000")) << "prices are typed in dollars";
}

TEST_F(MeterPanelTest, RemembersWhichPricesAndTakesNoNonsense)
{
    pricing().choose("h200");
    const QVariantMap state = panel().saveState();
    pricing().choose("this-machine");
    panel().restoreState(state);
    EXPECT_EQ(pricing().name(), "h200");
    panel().restoreState({{"prices", "a castle"}});
    EXPECT_EQ(pricing().name(), "h200");
}

TEST_F(MeterPanelTest, CtrlZTakesAPriceBackAndIsTheWindowsElse)
{
    show_run();
    auto* table = panel().findChild<QTableView*>("meterPrices");
    table->setFocus();
    ASSERT_TRUE(prices().setData(price("tariff"), "0.4"));
    ASSERT_TRUE(prices().setData(price("pue"), "1.3"));
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(pricing().sheet()->changes().values, (std::map<std::string, double>{{"tariff", 0.4}}));
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(pricing().isRecorded());
    QTest::keyClick(table, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(table, Qt::Key_Escape); // no modifier is held in the tests after this one
    EXPECT_TRUE(pricing().isEdited("tariff"));
    EXPECT_FALSE(pricing().isEdited("pue"));
}

TEST_F(MeterPanelTest, CurvesAndAxesFollowThePricesWithoutARerun)
{
    show_run();
    SeriesHub& hub = rig().series;
    hub.price(HourPrices{3.6, std::nan("")});
    const SeriesSource* headline = hub.find({}, Metric::HeadlineUsd);
    ASSERT_TRUE(headline);
    EXPECT_DOUBLE_EQ(headline->at(100)->value, 0.1);
    EXPECT_DOUBLE_EQ(headline->summary().last, 0.3);
    EXPECT_DOUBLE_EQ(headline->envelope(0, 400, 100).values.back(), 0.3);
    EXPECT_DOUBLE_EQ(headline->neighbour(100, 1)->value, 0.3);
    EXPECT_EQ(hub.find({}, Metric::TcoUsd), nullptr);
    const auto metrics = hub.metrics({});
    EXPECT_EQ(std::count(metrics.begin(), metrics.end(), MetricId(Metric::TcoUsd)), 0);
    const std::uint64_t generation = headline->generation();
    hub.price(HourPrices{7.2, 36});
    EXPECT_DOUBLE_EQ(hub.find({}, Metric::HeadlineUsd)->at(100)->value, 0.2);
    EXPECT_DOUBLE_EQ(hub.find({}, Metric::TcoUsd)->at(100)->value, 1);
    EXPECT_NE(hub.find({}, Metric::HeadlineUsd)->generation(), generation);
    hub.price(std::nullopt);
    EXPECT_EQ(hub.find({}, Metric::HeadlineUsd)->at(100)->value, 0.5);
}

} // namespace
} // namespace triptych::test
