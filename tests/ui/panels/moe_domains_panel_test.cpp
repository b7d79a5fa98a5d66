// Specialists by domain: what the map has, what is said of it, and what is said where there is nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"

namespace triptych::test {
namespace {

class MoeDomainsPanelTest : public PanelFixture {
protected:
    MoeDomainsPanelTest() : PanelFixture("moe-domains") {}

    HeatmapPlot& map() { return *panel().findChild<HeatmapPlot*>("domainMap"); }
    Stepper& layers() { return *panel().findChild<Stepper*>("layers"); }
    QString readout() { return panel().findChild<ElidedLabel*>("readout")->text(); }
};

TEST_F(MoeDomainsPanelTest, HasARowForEachDomainOfTheChosenLayer)
{
    fill_feed(feed());
    EXPECT_EQ(map().data().rowLabels, (QStringList{"english", "german", "arithmetic", "code"}));
    EXPECT_EQ(layers().currentText(), QString("Layer 1"));
    selection().setLayer(3);
    EXPECT_EQ(layers().currentText(), QString("Layer 3"));
    EXPECT_EQ(map().data().values[7], 16 * feed().loads()->domain_share[2][0][7]);
}

TEST_F(MoeDomainsPanelTest, AChosenCellIsAnExpertOfTheLayerForAllWings)
{
    fill_feed(feed());
    layers().step(2);
    EXPECT_EQ(selection().layer(), 3);
    emit map().cellChosen(1, 5);
    EXPECT_EQ(selection().expert(), 5);
    EXPECT_EQ(map().selectedColumn(), 5);
    EXPECT_TRUE(readout().startsWith("german goes most to experts")) << readout().toStdString();
}

TEST_F(MoeDomainsPanelTest, ACellUnderTheMouseIsToldInNumbers)
{
    fill_feed(feed());
    emit map().cellHovered(2, 4);
    const double ratio = static_cast<double>(map().data().values[2 * 16 + 4]);
    EXPECT_EQ(readout(), QString("arithmetic sends %1 of its choices to expert 4: %2 × an even share")
                             .arg(percentText(ratio / 16), fixedText(ratio, 2)));
}

TEST_F(MoeDomainsPanelTest, SaysWhyThereIsNothing)
{
    EXPECT_TRUE(visible_text().contains("appears here with the first training steps"));
    auto started = synthetic_start();
    started.experts = 0;
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("no experts"));
    SyntheticRun run;
    run.domains.clear();
    fill_feed(feed(), run);
    EXPECT_FALSE(map().isVisible());
    EXPECT_TRUE(visible_text().contains("one domain only"));
}

TEST_F(MoeDomainsPanelTest, OfARunThatKeptNoneSaysHowToGetThem)
{
    feed().take(synthetic_start());
    feed().apply(event::StateChanged{SessionState::Finished, ""});
    auto loads = std::make_shared<LoadFrame>(*synthetic_loads({}, 7));
    loads->domain_share.clear();
    feed().setLoads(loads);
    EXPECT_TRUE(visible_text().contains("has no domains at this step")) << visible_text().toStdString();
}

TEST_F(MoeDomainsPanelTest, TheSpecialistsOfEachDomainAreListedWhereThereIsRoom)
{
    fill_feed(feed());
    BarRows& list = *panel().findChild<BarRows*>("specialists");
    EXPECT_TRUE(list.isVisible());
    ASSERT_EQ(list.rows().size(), 4U);
    const auto& share = feed().loads()->domain_share[0][2];
    const auto best = std::max_element(share.begin(), share.end()) - share.begin();
    EXPECT_EQ(list.rows()[2].name, QString("arithmetic"));
    EXPECT_FLOAT_EQ(static_cast<float>(list.rows()[2].value), 16 * share[static_cast<std::size_t>(best)]);
    QTest::mouseClick(&list, Qt::LeftButton, {}, list.row(2).center());
    EXPECT_EQ(selection().expert(), best);
    EXPECT_TRUE(readout().startsWith("arithmetic goes most to experts"));
    QTest::keyClick(&list, Qt::Key_Down);
    EXPECT_TRUE(readout().startsWith("code goes most to experts"));
    panel().resize(410, 200);
    EXPECT_FALSE(list.isVisible()) << "the map comes first";
    panel().resize(900, 300);
    EXPECT_TRUE(list.isVisible());
}

} // namespace
} // namespace triptych::test
