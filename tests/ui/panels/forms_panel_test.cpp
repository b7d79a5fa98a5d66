// Both forms of attention by formula and by measurement.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/attention_forms.h"
#include "core/infer/form_timing.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/export/export_sheet.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/form_page.h"
#include "ui/widgets/stepper.h"

#include <QPushButton>

#include <cmath>

namespace triptych::test {
namespace {

class FormsPanelTest : public PanelFixture {
protected:
    FormsPanelTest() : PanelFixture("forms") { panel().resize(1000, 460); }

    /// FLOPs, bytes, time.
    FormPage& page(int number) { return *panel().findChildren<FormPage*>().at(number); }
    QPushButton& button() { return *panel().findChild<QPushButton*>("measure"); }
    /// The shape of "tiny", and as much beside it as blocks of attention need.
    static event::RunStarted run()
    {
        event::RunStarted started = probe_run();
        started.config.hidden_size = 128;
        started.config.q_lora_rank = 0;
        return started;
    }
};

TEST_F(FormsPanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("start or open a run"));
}

TEST_F(FormsPanelTest, CurvesAreTheClosedFormsOfTheRunsShape)
{
    feed().take(run());
    const ModelConfig c = run().config;
    ASSERT_EQ(page(0).rows().size(), 6U);
    for (const FormRow& row : page(0).rows()) {
        EXPECT_EQ(row.absorbed, form_cost(c, AttentionForm::Absorbed, row.context).flops);
        EXPECT_EQ(row.expanded, form_cost(c, AttentionForm::Materialized, row.context).flops);
    }
    EXPECT_EQ(page(1).rows()[2].absorbed, form_cost(c, AttentionForm::Absorbed, 2048).bytes);
    const QString text = page(0).chart().readingAt(page(0).chart().placeOf(2048, 1e8).toPoint());
    EXPECT_TRUE(text.startsWith("context S 2k\n")) << text.toStdString();
}

TEST_F(FormsPanelTest, TablesHaveTheExactNumbersOfTheCurves)
{
    EXPECT_TRUE(panel().twins().empty());
    feed().take(run());
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 2U) << "times were not measured";
    for (int row = 0; row < 6; ++row) {
        const FormRow& shown = page(1).rows()[static_cast<std::size_t>(row)];
        EXPECT_EQ(exactValue(twins[1].model->index(row, 0)), static_cast<qlonglong>(shown.context));
        EXPECT_EQ(exactValue(twins[1].model->index(row, 1)).toDouble(), shown.absorbed);
        EXPECT_EQ(exactValue(twins[1].model->index(row, 2)).toDouble(), shown.expanded);
    }
}

TEST_F(FormsPanelTest, NamesWhereTheFormsCostTheSame)
{
    feed().take(run());
    // c (n + v) / (2 c - n - v) = 64 * 48 / 80 = 38.4
    EXPECT_EQ(panel().findChild<QLabel*>("formWords")->text(),
              "One new token: absorbed takes fewer FLOPs from 2 positions on. A prompt: expanded does, from 39 tokens "
              "at once.");
}

TEST_F(FormsPanelTest, WhereThereIsLittleRoomOneQuantityIsShownAtATime)
{
    feed().take(run());
    EXPECT_TRUE(page(0).isVisible() && page(1).isVisible() && page(2).isVisible());
    panel().resize(400, 400);
    EXPECT_TRUE(page(0).isVisible());
    EXPECT_FALSE(page(1).isVisible());
    panel().findChild<Stepper*>()->step(1);
    EXPECT_FALSE(page(0).isVisible());
    EXPECT_TRUE(page(1).isVisible());
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"quantity", 99}});
    EXPECT_EQ(panel().saveState(), saved);
}

TEST_F(FormsPanelTest, MeasuresOnRequestAloneAndShowsWhatItMeasured)
{
    feed().take(run());
    EXPECT_TRUE(page(2).rows().empty());
    EXPECT_EQ(button().text(), "Measure on this machine");
    button().click();
    EXPECT_EQ(button().text(), "Stop measuring");
    ASSERT_TRUE(QTest::qWaitFor([&] { return button().text() == "Measure on this machine"; }, 60'000));
    ASSERT_EQ(page(2).rows().size(), std::size(kTimedContexts));
    EXPECT_GT(page(2).rows()[0].absorbed, 0);
    EXPECT_EQ(page(2).rows()[3].context, kTimedContexts[3]);
    feed().take(run()); // another run, another shape
    EXPECT_TRUE(page(2).rows().empty());
}

TEST_F(FormsPanelTest, AFigureHasTheTimesThatWereMeasured)
{
    feed().take(run());
    button().click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return button().text() == "Measure on this machine"; }, 60'000));
    ExportSheet sheet(panel_info("forms"), rig().context(), ExportForm(), &panel());
    ASSERT_EQ(sheet.panel().findChildren<FormPage*>().at(2)->rows().size(), page(2).rows().size());
    EXPECT_EQ(sheet.panel().findChildren<FormPage*>().at(2)->rows()[1].absorbed, page(2).rows()[1].absorbed);
    EXPECT_EQ(sheet.panel().twins().size(), 3U);
}

TEST_F(FormsPanelTest, TheButtonSaysWhatItTakesFromATraining)
{
    feed().take(run());
    feed().take(event::StateChanged{SessionState::Running, ""});
    EXPECT_EQ(button().text(), "Measure: takes seconds from the training");
    feed().take(event::StateChanged{SessionState::Paused, ""});
    EXPECT_EQ(button().text(), "Measure on this machine");
}

TEST_F(FormsPanelTest, CanBeClosedWhileItMeasures)
{
    feed().take(run());
    button().click();
    EXPECT_EQ(button().text(), "Stop measuring");
}

} // namespace
} // namespace triptych::test
