// Memory and time by op, as tables that can be read and chosen in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/models/kernel_model.h"
#include "ui/models/memory_models.h"
#include "ui/models/twin_table.h"
#include "ui/shell/text_scale.h"
#include "ui/widgets/bar_delegate.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"

#include <QAbstractItemModelTester>
#include <QTableView>

namespace triptych::test {
namespace {

using Region = PlanEntry::Region;

class MemoryPanelTest : public PanelFixture {
protected:
    MemoryPanelTest() : PanelFixture("memory") { panel().resize(1200, 300); }

    QTableView& table(const char* name) { return *panel().findChild<QTableView*>(name); }
    QString cell(const char* name, int row, int column)
    {
        return table(name).model()->index(row, column).data().toString();
    }
    BarSpan bar(const char* name, int row, int column)
    {
        return table(name).model()->index(row, column).data(BarDelegate::kSpanRole).value<BarSpan>();
    }
};

TEST_F(MemoryPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("Start or open a run"));
    EXPECT_TRUE(visible_text().contains("while a run trains, and kept in its history"));
}

TEST_F(MemoryPanelTest, NamesOfRegionsAreReadWholeInEveryType)
{
    fill_feed(feed());
    const auto whole = [this] {
        const QTableView& regions = table("regionTable");
        for (int row = 0; row < regions.model()->rowCount(); ++row) {
            const QString name = cell("regionTable", row, RegionModel::NameColumn);
            EXPECT_LE(regions.fontMetrics().horizontalAdvance(name) + 6, regions.columnWidth(RegionModel::NameColumn))
                << name.toStdString();
        }
        EXPECT_GT(regions.columnWidth(RegionModel::BarColumn), 24);
    };
    whole();
    TextScale type(theme(), panel());
    type.fix(1.4);
    whole();
}

TEST_F(MemoryPanelTest, WhatTheWindowCostsIsToldOfARunThatGoesOn)
{
    const auto& cost = *panel().findChild<ElidedLabel*>("windowCost");
    EXPECT_FALSE(cost.isVisible()) << "nothing trains";
    fill_feed(feed());
    ASSERT_TRUE(feed().isLive());
    EXPECT_TRUE(cost.isVisible());
    feed().take(event::StateChanged{SessionState::Finished, "max steps reached"});
    EXPECT_FALSE(cost.isVisible()) << "it was not measured";
}

TEST_F(MemoryPanelTest, RegionsAddUpToWhatIsPlannedAndTheLargestIsFirst)
{
    fill_feed(feed());
    const auto& plan = *feed().plan();
    std::int64_t sum = 0;
    for (const std::int64_t bytes : region_bytes(*plan.rows)) sum += bytes;
    const QString caption = panel().findChild<ElidedLabel*>("memoryCaption")->text();
    EXPECT_TRUE(caption.contains("held")) << caption.toStdString();
    EXPECT_EQ(table("regionTable").model()->rowCount(), PlanEntry::kRegions);
    const auto* regions = qobject_cast<const RegionModel*>(table("regionTable").model());
    EXPECT_EQ(regions->totalBytes(), sum);
    double before = 2;
    for (int row = 0; row < PlanEntry::kRegions; ++row) {
        const double to = bar("regionTable", row, RegionModel::BarColumn).to;
        EXPECT_LE(to, before);
        EXPECT_GT(to, 0);
        before = to;
    }
    EXPECT_EQ(bar("regionTable", 0, RegionModel::BarColumn).to, 1);
}

TEST_F(MemoryPanelTest, OfARecordedRunItIsThePlanAndSaysSo)
{
    fill_feed(feed());
    feed().apply(event::MemoryPlanned{feed().plan()->rows, 0});
    const auto* caption = panel().findChild<ElidedLabel*>("memoryCaption");
    EXPECT_TRUE(caption->text().startsWith("planned")) << caption->text().toStdString();
    EXPECT_FALSE(caption->text().contains("held"));
    EXPECT_TRUE(caption->toolTip().contains("Nothing of it is held here")) << caption->toolTip().toStdString();
    EXPECT_EQ(table("regionTable").model()->rowCount(), PlanEntry::kRegions);
}

TEST_F(MemoryPanelTest, ChoosingARegionShowsItsPartsWhereTheyLie)
{
    fill_feed(feed());
    const auto* regions = qobject_cast<const RegionModel*>(table("regionTable").model());
    table("regionTable").selectRow(regions->rowOf(Region::Kept));
    ASSERT_EQ(table("partTable").model()->rowCount(), 4);
    EXPECT_EQ(cell("partTable", 0, PlanModel::NameColumn), "layers.0.part");
    EXPECT_EQ(bar("partTable", 0, PlanModel::PlaceColumn).from, 0);
    for (int row = 1; row < 4; ++row)
        EXPECT_DOUBLE_EQ(bar("partTable", row, PlanModel::PlaceColumn).from,
                         bar("partTable", row - 1, PlanModel::PlaceColumn).to);
    EXPECT_DOUBLE_EQ(bar("partTable", 3, PlanModel::PlaceColumn).to, 1);
    table("regionTable").selectRow(regions->rowOf(Region::Scratch));
    for (int row = 0; row < 4; ++row) EXPECT_EQ(bar("partTable", row, PlanModel::PlaceColumn).from, 0);
}

TEST_F(MemoryPanelTest, TheChosenRegionStaysOverARunThatStartsAndIsRemembered)
{
    fill_feed(feed());
    const auto* regions = qobject_cast<const RegionModel*>(table("regionTable").model());
    table("regionTable").selectRow(regions->rowOf(Region::Moments));
    const QVariantMap saved = panel().saveState();
    fill_feed(feed());
    EXPECT_EQ(regions->regionOf(table("regionTable").currentIndex().row()), Region::Moments);
    table("regionTable").selectRow(regions->rowOf(Region::Kept));
    panel().restoreState(saved);
    EXPECT_EQ(regions->regionOf(table("regionTable").currentIndex().row()), Region::Moments);
    panel().restoreState({{"region", 99}});
    EXPECT_EQ(regions->regionOf(table("regionTable").currentIndex().row()), Region::Moments);
}

TEST_F(MemoryPanelTest, TimesOfOpsAreSharesOfAStepAndOfThePeak)
{
    fill_feed(feed());
    EXPECT_EQ(table("kernelTable").model()->rowCount(), 3);
    EXPECT_EQ(cell("kernelTable", 0, KernelModel::NameColumn), "grouped_linear");
    EXPECT_EQ(cell("kernelTable", 0, KernelModel::TimeColumn), "60.00");
    EXPECT_TRUE(cell("kernelTable", 0, KernelModel::ShareColumn).startsWith("60.0"));
    EXPECT_EQ(cell("kernelTable", 0, KernelModel::FlopsColumn), "100.0");
    EXPECT_TRUE(cell("kernelTable", 0, KernelModel::PeakColumn).startsWith("50.0"));
    EXPECT_EQ(cell("kernelTable", 1, KernelModel::BytesColumn), "20.0");
    EXPECT_EQ(cell("kernelTable", 1, KernelModel::FlopsColumn), noNumber()) << "it multiplies nothing";
    EXPECT_TRUE(cell("kernelTable", 2, KernelModel::ShareColumn).startsWith("10.0")) << "between the ops";
    EXPECT_DOUBLE_EQ(bar("kernelTable", 1, KernelModel::BarColumn).to, 0.5);
    table("kernelTable").selectRow(1);
    feed().setKernels(synthetic_kernels(10));
    EXPECT_EQ(table("kernelTable").currentIndex().row(), 1) << "a new frame chooses nothing else";
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("kernelCaption")->text().contains("step 10"));
}

TEST_F(MemoryPanelTest, AStepThatIsHeldHasTheTimesThatWereKeptBeforeItAndSaysOfWhichStep)
{
    fill_feed(feed());
    auto later = std::make_shared<KernelFrame>(*synthetic_kernels(800));
    later->ops[0].seconds = 0.045;
    later->peak_bytes_per_second = 0; // nobody looked
    feed().setKernels(later);
    const auto caption = [this] { return panel().findChild<ElidedLabel*>("kernelCaption")->text(); };
    EXPECT_TRUE(caption().startsWith("step 800:")) << caption().toStdString();
    EXPECT_FALSE(caption().contains("GB/s")) << "it was not measured";
    EXPECT_EQ(cell("kernelTable", 0, KernelModel::TimeColumn), "45.00");
    feed().hold(500, nullptr, nullptr);
    EXPECT_TRUE(caption().startsWith("as at step 5:")) << caption().toStdString();
    EXPECT_TRUE(caption().contains("20.0 GB/s"));
    EXPECT_EQ(cell("kernelTable", 0, KernelModel::TimeColumn), "60.00");
    feed().hold(900, nullptr, nullptr);
    EXPECT_TRUE(caption().startsWith("as at step 800:")) << caption().toStdString();
    feed().hold(2, nullptr, nullptr);
    EXPECT_TRUE(visible_text().contains("before step 2")) << visible_text().toStdString();
    feed().release();
    EXPECT_TRUE(caption().startsWith("step 800:")) << "the same frame, live: " << caption().toStdString();
    feed().take(event::StateChanged{SessionState::Finished, ""});
    EXPECT_TRUE(caption().startsWith("as at step 800:")) << "of a run that ended";
}

TEST_F(MemoryPanelTest, TheTableOfOpsHasTheShareOfThePeakAndWhatLiesBetweenThem)
{
    fill_feed(feed());
    const auto frame = feed().kernels();
    const auto twins = panel().twins();
    const QAbstractItemModel& ops = *twins.back().model;
    ASSERT_EQ(ops.rowCount(), static_cast<int>(frame->ops.size()) + 1);
    const auto exact = [&ops](int row, int column) { return exactValue(ops.index(row, column)); };
    const KernelFrame::Row& first = frame->ops.front();
    ASSERT_GT(first.flops, 0);
    EXPECT_DOUBLE_EQ(exact(0, 5).toDouble(), first.flops / first.seconds / frame->peak_flops);
    const int last = ops.rowCount() - 1;
    EXPECT_EQ(exact(last, 0).toString(), QString("between the ops"));
    EXPECT_DOUBLE_EQ(exact(last, 2).toDouble(), frame->outside_seconds * 1e3);
    EXPECT_FALSE(ops.index(last, 5).data(TwinTable::kExactRole).isValid()) << "nothing is computed there";
    double seconds = 0;
    for (int row = 0; row < ops.rowCount(); ++row) seconds += exact(row, 2).toDouble() / 1e3;
    EXPECT_NEAR(seconds, frame->seconds, 1e-9);
}

TEST_F(MemoryPanelTest, ModelsKeepTheRulesOfModels)
{
    for (const char* name : {"regionTable", "partTable", "kernelTable"})
        new QAbstractItemModelTester(table(name).model(), QAbstractItemModelTester::FailureReportingMode::Fatal,
                                     &panel());
    fill_feed(feed());
    feed().take(synthetic_start());
    fill_feed(feed());
    EXPECT_EQ(panel().twins().size(), 2U);
}

} // namespace
} // namespace triptych::test
