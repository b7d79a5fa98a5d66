// The pages of money over one feed: what is set on one of them holds on all, and each takes back what it shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/priced_run.h"
#include "ui/bridge/assumption_book.h"
#include "ui/bridge/run_pricing.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QToolButton>

namespace triptych::test {
namespace {

class MoneyPagesTest : public testing::Test {
protected:
    MoneyPagesTest()
    {
        make_priced_run(m_temp / "run");
        event::RunStarted run;
        run.run_folder = (m_temp / "run").string();
        m_rig.feed.apply(run);
        m_rig.feed.append(std::vector<Sample>{{.metric = Metric::TrainSeconds, .step = 300, .value = 300}});
        m_rig.feed.showNewestNumbers();
        for (Panel* page : {m_gap.get(), m_slider.get(), m_meter.get()}) {
            page->resize(1240, 520);
            page->show();
        }
        EXPECT_TRUE(QTest::qWaitFor([&] { return pricing().facts().has_value(); }));
    }

    std::unique_ptr<Panel> page(const char* id)
    {
        return std::unique_ptr<Panel>(panel_info(id).create(m_rig.context(), nullptr));
    }
    void show_preset(const char* name)
    {
        auto* presets = m_gap->findChild<QComboBox*>("costPreset");
        presets->setCurrentIndex(presets->findData(name));
        emit presets->activated(presets->currentIndex());
    }
    double slider_cell(int row) { return exactValue(m_slider->twins().at(0).model->index(row, 2)).toDouble(); }
    QToolButton& button(const std::unique_ptr<Panel>& of, const char* name)
    {
        return *of->findChild<QToolButton*>(QLatin1String(name));
    }
    QString set() { return m_slider->findChild<ElidedLabel*>("assumedSet")->text(); }
    RunPricing& pricing() { return RunPricing::of(m_rig.feed); }
    AssumptionBook& book() { return AssumptionBook::of(m_rig.feed); }
    const std::map<std::string, double>& values() { return book().shared()->values(); }

    TempFolder m_temp;
    PanelRig m_rig{ThemeChoice::Dark};
    std::unique_ptr<Panel> m_gap = page("cost");
    std::unique_ptr<Panel> m_slider = page("cost-run");
    std::unique_ptr<Panel> m_meter = page("meter");
};

TEST_F(MoneyPagesTest, APriceOfTheMeterIsThatOfTheSliderAndOfTheGap)
{
    show_preset("this-machine");
    const double rented = slider_cell(0);
    const double gap = exactValue(m_gap->twins().at(0).model->index(0, 2)).toDouble();
    EXPECT_NEAR(gap, rented, 1e-6);
    EXPECT_EQ(set(), QString());
    ASSERT_TRUE(pricing().edit("rental_per_thread", 0.48).ok());
    EXPECT_NEAR(slider_cell(0), 10 * rented, 2e-5);
    EXPECT_NEAR(exactValue(m_gap->twins().at(0).model->index(0, 2)).toDouble(), 10 * gap, 2e-5);
    EXPECT_TRUE(set().contains("Rent of a thread in the cloud 0.48")) << set().toStdString();
    EXPECT_TRUE(button(m_gap, "costReset").isEnabled());
}

TEST_F(MoneyPagesTest, AQuantityOfBothSidesOfTheSliderIsOne)
{
    const double machine = slider_cell(2);
    const double v3 = slider_cell(3);
    ASSERT_TRUE(pricing().edit("tariff", 0.771).ok());
    EXPECT_GT(slider_cell(2), machine) << "electricity of this run";
    EXPECT_GT(slider_cell(3), v3 + 1e6) << "electricity of V3: 0.257 million, ten times";
    EXPECT_EQ(set().count("Electricity price"), 1) << set().toStdString();
    button(m_slider, "assumedReset").click();
    EXPECT_EQ(slider_cell(3), v3);
    EXPECT_TRUE(pricing().isRecorded());
    button(m_slider, "assumedUndo").click();
    EXPECT_TRUE(pricing().isEdited("tariff"));
}

TEST_F(MoneyPagesTest, AChangeOfThePresetOfTheGapIsSeenOnTheSlider)
{
    show_preset("deepseek-v3-waterfall"); // rents the same H800s as V3's side of the slider
    const double headline = slider_cell(1);
    pricing().choose("h800");
    ASSERT_TRUE(pricing().edit("rental", 3).ok());
    EXPECT_NEAR(slider_cell(1), headline * 1.5, 1e-6);
    EXPECT_NEAR(exactValue(m_gap->twins().at(0).model->index(0, 2)).toDouble(), headline * 1.5, 1e-6);
    pricing().choose("h100");
    EXPECT_FALSE(pricing().isEdited()) << "another GPU has another price";
    pricing().choose("h800");
    EXPECT_TRUE(pricing().isEdited("rental")) << "and what was set stays set";
    button(m_gap, "costUndo").click();
    EXPECT_EQ(slider_cell(1), headline);
    EXPECT_FALSE(pricing().isEdited());
}

TEST_F(MoneyPagesTest, EachTakesBackWhatItShows)
{
    show_preset("gpt-4-epoch");
    ASSERT_TRUE(pricing().edit("tariff", 0.4).ok());
    EXPECT_FALSE(button(m_gap, "costUndo").isEnabled()) << "that preset has no tariff";
    show_preset("deepseek-v3-owned");
    EXPECT_TRUE(button(m_gap, "costUndo").isEnabled());
    button(m_gap, "costUndo").click();
    EXPECT_TRUE(values().empty());
    button(m_slider, "assumedRedo").click();
    EXPECT_EQ(values(), (std::map<std::string, double>{{"tariff", 0.4}}));
    EXPECT_FALSE(button(m_slider, "assumedRedo").isEnabled());
}

TEST_F(MoneyPagesTest, AStepThatIsLeftOutIsLeftOutOfTheMeterAndSaidToBe)
{
    CostSheet sheet(pricing().sheet()->source(), book().shared());
    const double full = pricing().usdPerHour(CostMeter::FullCost);
    ASSERT_TRUE(sheet.leave_out("full", "people", true).ok());
    book().tell(this->m_gap.get());
    EXPECT_NEAR(pricing().usdPerHour(CostMeter::FullCost), full * 0.61, 1e-6);
    EXPECT_TRUE(pricing().isEdited());
    EXPECT_TRUE(set().contains("without People")) << set().toStdString();
    EXPECT_TRUE(m_meter->findChild<ElidedLabel*>("meterLeftOut")->text().contains("People"));
    pricing().resetAll();
    EXPECT_TRUE(pricing().isRecorded());
    EXPECT_TRUE(m_meter->findChild<ElidedLabel*>("meterLeftOut")->isHidden());
}

TEST_F(MoneyPagesTest, GoodputSetByHandIsSaidToBeAndIsNoPriceOfAnHour)
{
    CostSheet sheet(pricing().sheet()->source(), book().shared());
    ASSERT_TRUE(sheet.set("goodput", 0.5).ok());
    book().tell(this->m_gap.get());
    EXPECT_TRUE(pricing().isRecorded());
    EXPECT_NEAR(slider_cell(4) / slider_cell(2), 2, 1e-3);
    const QString said = m_slider->findChild<ElidedLabel*>("costGoodput")->text();
    EXPECT_TRUE(said.contains("set by you") && said.contains("75.0")) << said.toStdString();
}

TEST_F(MoneyPagesTest, AssumptionsAreKeptAndNonsenseIsLeftOut)
{
    ASSERT_TRUE(pricing().edit("tariff", 0.4).ok());
    const QVariantMap kept = book().save();
    EXPECT_EQ(kept, (QVariantMap{{"tariff", 0.4}}));
    book().restore({});
    EXPECT_TRUE(pricing().isRecorded());
    book().restore(kept);
    EXPECT_TRUE(pricing().isEdited("tariff"));
    EXPECT_FALSE(pricing().canUndo());
    book().restore({{"tariff", "much"}, {"this-machine#pue", -3}, {"run_share", QVariantList{1}}});
    EXPECT_TRUE(pricing().isRecorded());
    EXPECT_EQ(set(), QString());
}

} // namespace
} // namespace triptych::test
