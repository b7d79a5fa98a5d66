// The planner's page: the core's numbers, faults at their fields, pictures, hands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/all_to_all.h"
#include "core/config/preset.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/models/twin_table.h"
#include "ui/panels/plan_figures.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/plan_form.h"
#include "ui/widgets/step_timeline_view.h"
#include "ui/widgets/stepper.h"

#include <QComboBox>
#include <QGraphicsEffect>
#include <QLineEdit>
#include <QTableView>

namespace triptych::test {
namespace {

using enum PlanInputField;

class PlannerPanelTest : public PanelFixture {
protected:
    PlannerPanelTest() : PanelFixture("planner")
    {
        panel().resize(1280, 760);
        settle();
    }

    void settle()
    {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !panel().isLoading(); }, 20'000));
    }
    PlanForm& form() { return *panel().findChild<PlanForm*>(); }
    void type(PlanInputField field, const char* text)
    {
        auto* line = qobject_cast<QLineEdit*>(form().field(field));
        ASSERT_NE(line, nullptr);
        line->selectAll();
        line->del();
        QTest::keyClicks(line, QString::fromUtf8(text));
        if (*text == '\0') QTest::keyClick(line, Qt::Key_Backspace);
        settle();
    }
    QString summary() { return panel().findChild<ElidedLabel*>("planSummary")->text(); }
    QLabel& fault() { return *panel().findChild<QLabel*>("planFault"); }
    FigureGrid& cells() { return *panel().findChild<FigureGrid*>(); }
    StackedBar& memory() { return *panel().findChildren<StackedBar*>().at(0); }
    StackedBar& step() { return *panel().findChildren<StackedBar*>().at(1); }
    ScatterPlot& scatter() { return *panel().findChild<ScatterPlot*>(); }
    StepTimelineView& timeline() { return *panel().findChild<StepTimelineView*>(); }
    Stepper& view() { return *panel().findChild<Stepper*>("planView"); }
    static ClusterPlan published()
    {
        PlanRequest request;
        request.model = load_model_config("deepseek-v3").take();
        request.gpu = load_gpu("h800").take();
        return plan_cluster(request).take();
    }
    QVariant twinValue(const char* title, int row, int column)
    {
        for (const Twin& twin : panel().twins())
            if (twin.title == QLatin1String(title)) return exactValue(twin.model->index(row, column));
        return {};
    }
};

TEST_F(PlannerPanelTest, ShowsTheCoresPlanAtOnce)
{
    const ClusterPlan plan = published();
    EXPECT_EQ(summary(),
              "PP 16 × EP 64 × DP 128 · DualPipe · micro-batches of 1 · 120 a step and pipeline · on 2,048 H800");
    ASSERT_EQ(cells().cells().size(), 6U);
    EXPECT_EQ(cells().cells()[0].value, planTimeText(plan.days));
    EXPECT_EQ(cells().cells()[0].note, "corrected 54.2–57.3 days");
    EXPECT_EQ(cells().cells()[1].value, planMoneyText(plan.usd));
    EXPECT_TRUE(cells().cells()[1].explanation.contains("arXiv 2412.19437, table 1: assumed rental price, 2024-12"))
        << cells().cells()[1].explanation.toStdString();
    EXPECT_EQ(twinValue("The plan", 0, 1).toDouble(), plan.days);
    EXPECT_EQ(twinValue("The plan", 1, 1).toDouble(), plan.usd);
    EXPECT_EQ(twinValue("The plan", 8, 1).toDouble(), plan.bubble_seconds);
}

TEST_F(PlannerPanelTest, PartsOfMemoryAndStepAddUpToTheWhole)
{
    const ClusterPlan plan = published();
    double bytes = 0, seconds = 0;
    for (const BarPart& part : memory().parts()) bytes += part.value;
    for (const BarPart& part : step().parts()) seconds += part.value;
    EXPECT_NEAR(bytes, plan.memory_capacity, 1);
    EXPECT_NEAR(seconds, plan.step_seconds, 1e-9);
    EXPECT_NEAR(memory().partRect(5).right(), memory().width(), 0.5) << "free, up to the end";
    EXPECT_TRUE(step().parts()[1].name.contains("InfiniBand")) << "64 GPUs are eight nodes";
}

TEST_F(PlannerPanelTest, ALayoutThatDoesNotFitIsShownBeyondItsMemory)
{
    type(MicroBatch, "2");
    type(Pp, "16");
    type(Ep, "64");
    qobject_cast<QComboBox*>(form().field(Schedule))->setCurrentIndex(1);
    settle();
    EXPECT_TRUE(summary().startsWith("Does not fit: PP 16 × EP 64")) << summary().toStdString();
    EXPECT_EQ(memory().parts().size(), 5U) << "nothing is free";
    EXPECT_GT(memory().partRect(4).right(), 0);
    EXPECT_FALSE(fault().isVisible()) << "the form is right, the cluster too small";
}

TEST_F(PlannerPanelTest, AFaultStandsBelowItsFieldAndTheLastPlanStays)
{
    const auto is_faint = [this] {
        for (QWidget* part = &cells(); part; part = part->parentWidget())
            if (part->graphicsEffect()) return part->graphicsEffect()->isEnabled();
        return false;
    };
    const QString days = cells().cells()[0].value;
    EXPECT_FALSE(is_faint());
    type(Pp, "62");
    EXPECT_TRUE(fault().isVisible());
    EXPECT_TRUE(is_faint()) << "it is not the plan of what is typed";
    EXPECT_TRUE(fault().text().startsWith("PP: PP 62 cuts a model of 61 layers into more stages than it has layers. "
                                          "Choose PP 61 or less"))
        << fault().text().toStdString();
    EXPECT_EQ(summary(), fault().text());
    EXPECT_EQ(form().field(Pp)->accessibleDescription(), fault().text());
    EXPECT_TRUE(form().field(Pp)->styleSheet().contains("border"));
    EXPECT_TRUE(form().field(Ep)->styleSheet().isEmpty());
    EXPECT_EQ(cells().cells()[0].value, days);
    type(Pp, "8");
    EXPECT_FALSE(fault().isVisible());
    EXPECT_TRUE(summary().startsWith("PP 8 × ")) << summary().toStdString();
    EXPECT_FALSE(is_faint());
}

TEST_F(PlannerPanelTest, AbsurdNumbersAreRefusedInWords)
{
    for (const auto& [field, text] : {std::pair{Gpus, "0"},
                                      {Gpus, "1000000000"},
                                      {Gpus, "-4"},
                                      {Pp, "9999999"},
                                      {Ep, "3"},
                                      {Dp, "0"},
                                      {MicroBatch, "1e300"},
                                      {Tokens, "0"},
                                      {Batch, "-1"},
                                      {NodeLimit, "99"},
                                      {Memory, "1e9"},
                                      {Deadline, "-1"},
                                      {Price, "-2"},
                                      {Price, "x"}}) {
        const QString before = form().input()[field];
        type(field, text);
        EXPECT_TRUE(fault().isVisible()) << text;
        EXPECT_TRUE(fault().text().startsWith(planFieldTitle(field))) << fault().text().toStdString();
        type(field, before.toUtf8().constData());
        EXPECT_FALSE(fault().isVisible()) << "after " << text;
    }
}

TEST_F(PlannerPanelTest, APriceOfOnesOwnMultipliesAndSaysThatItWasTyped)
{
    const double usd = twinValue("The plan", 1, 1).toDouble();
    type(Price, "4");
    EXPECT_NEAR(twinValue("The plan", 1, 1).toDouble(), 2 * usd, 1e-6 * usd);
    EXPECT_EQ(twinValue("The plan", 1, 3).toString(), "as typed");
    type(Price, "0");
    EXPECT_EQ(cells().cells()[1].value, "$0.000000");
}

TEST_F(PlannerPanelTest, AClickOnALayoutTakesItIntoTheForm)
{
    QTest::qWait(60); // the plot is laid out
    int target = -1;
    for (int i = 0; i < static_cast<int>(scatter().points().size()) && target < 0; ++i)
        if (scatter().points()[static_cast<std::size_t>(i)].reading.startsWith("PP 8 × ") &&
            scatter().pointAt(scatter().placeOf(i)) == i)
            target = i;
    ASSERT_GE(target, 0);
    const QString reading = scatter().points()[static_cast<std::size_t>(target)].reading;
    QTest::mouseClick(scatter().surface(), Qt::LeftButton, {}, scatter().placeOf(target).toPoint());
    settle();
    EXPECT_EQ(form().input()[Pp], "8");
    EXPECT_TRUE(summary().contains(reading.section(" on ", 0, 0))) << summary().toStdString();
    EXPECT_GT(scatter().points().size(), 10U) << "all the others are still there";
}

TEST_F(PlannerPanelTest, KeysGoThroughTheLayoutsAndEnterTakesOne)
{
    QTest::keyClick(scatter().surface(), Qt::Key_Home);
    ASSERT_GE(scatter().cursor(), 0);
    const double fastest = scatter().points()[static_cast<std::size_t>(scatter().cursor())].x;
    for (const ScatterPoint& point : scatter().points()) EXPECT_GE(point.x, fastest);
    QTest::keyClick(scatter().surface(), Qt::Key_Return);
    settle();
    EXPECT_FALSE(form().input()[Pp].isEmpty());
    EXPECT_NEAR(twinValue("The plan", 0, 1).toDouble(), fastest, 1e-9);
}

TEST_F(PlannerPanelTest, MarksTheCheapestAndTheShownLayout)
{
    const auto& points = scatter().points();
    ASSERT_GT(points.size(), 2U);
    EXPECT_EQ(points[points.size() - 2].sign, ScatterSign::Diamond);
    EXPECT_EQ(points.back().sign, ScatterSign::Ring);
    EXPECT_NEAR(points.back().x, published().days, 1e-9);
    EXPECT_NEAR(points.back().y, published().memory.total() / 1e9, 1e-9);
    type(Deadline, "60");
    for (std::size_t i = 0; i + 2 < scatter().points().size(); ++i)
        EXPECT_TRUE(scatter().points()[i].x <= 60 || scatter().points()[i].sign == ScatterSign::Cross);
}

TEST_F(PlannerPanelTest, TheTwoSchedulesAreDrawnToOneScale)
{
    EXPECT_TRUE(timeline().titleOf(0).startsWith("DualPipe: waits 1.03 s of 19.04 s, 5.4"))
        << timeline().titleOf(0).toStdString();
    EXPECT_TRUE(timeline().titleOf(1).startsWith("1F1B: ")) << timeline().titleOf(1).toStdString();
    const QRectF first = timeline().chunkRect({0, 0, 0});
    const QRectF other = timeline().chunkRect({1, 0, 0});
    EXPECT_GT(other.top(), first.bottom());
    EXPECT_EQ(timeline().placeAt(first.center()), (StepTimelineView::Place{0, 0, 0}));
    EXPECT_TRUE(
        timeline().readingOf({0, 15, 0}).startsWith("DualPipe, GPU 15: forward of micro-batch 0↑, from 0.000 to "))
        << timeline().readingOf({0, 15, 0}).toStdString();
    // The first chunk of 1F1B's last GPU waits for all others.
    const QRectF late = timeline().chunkRect({1, 15, 0});
    EXPECT_FALSE(timeline().placeAt({late.left() - 5, late.center().y()}).has_value()) << "there is the bubble";
}

TEST_F(PlannerPanelTest, KeysGoFromChunkToChunkAndRowToRow)
{
    timeline().setFocus();
    for (const auto key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Down}) QTest::keyClick(&timeline(), key);
    ASSERT_TRUE(timeline().cursor().has_value());
    EXPECT_EQ(timeline().cursor()->stage, 1U);
    EXPECT_EQ(timeline().accessibleDescription(), timeline().readingOf(*timeline().cursor()));
    for (int i = 0; i < 40; ++i) QTest::keyClick(&timeline(), Qt::Key_Down);
    EXPECT_EQ(timeline().cursor()->block, 1U);
    EXPECT_EQ(timeline().cursor()->stage, 15U) << "the last row of all";
}

TEST_F(PlannerPanelTest, TheNodeLimitKeepsBytesFromTheNetwork)
{
    const double with = twinValue("What a token sends in a MoE layer", 0, 1).toDouble();
    const double without = twinValue("What a token sends in a MoE layer", 1, 1).toDouble();
    EXPECT_NEAR(with / without, 3.5 / (8 * (1 - std::pow(7.0 / 8, 8)) * 7 / 8), 1e-9);
    type(NodeLimit, "2");
    EXPECT_LT(twinValue("What a token sends in a MoE layer", 0, 1).toDouble(), with);
}

TEST_F(PlannerPanelTest, ChecksSayTheErrorOfEachAndWhichItWasFittedTo)
{
    view().step(3);
    auto* table = panel().findChild<QTableView*>("planChecks");
    ASSERT_TRUE(table->isVisible());
    const auto checks = plan_checks();
    ASSERT_TRUE(checks.ok());
    ASSERT_EQ(table->model()->rowCount(), static_cast<int>(checks->size()));
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const PlanCheck& check = (*checks)[static_cast<std::size_t>(row)];
        EXPECT_EQ(table->model()->index(row, 4).data().toString(), errorText(check.error()));
        EXPECT_EQ(table->model()->index(row, 5).data().toString().startsWith("calibrated"),
                  check.use == CheckUse::Calibrated);
    }
}

TEST_F(PlannerPanelTest, OnePageAtATimeWhereItIsLow)
{
    EXPECT_TRUE(cells().isVisible() && timeline().isVisible() && scatter().isVisible()) << "there is room for all";
    panel().resize(1280, 200);
    EXPECT_TRUE(cells().isVisible());
    EXPECT_FALSE(timeline().isVisible() || scatter().isVisible());
    view().step(1);
    EXPECT_TRUE(timeline().isVisible());
    EXPECT_FALSE(cells().isVisible() || scatter().isVisible());
    view().step(1);
    EXPECT_TRUE(scatter().isVisible());
    EXPECT_FALSE(timeline().isVisible());
}

TEST_F(PlannerPanelTest, TheOpenRunsModelCanBePlanned)
{
    auto* box = qobject_cast<QComboBox*>(form().field(Model));
    box->setCurrentIndex(0);
    settle();
    EXPECT_TRUE(fault().text().startsWith("Model: no run is open")) << fault().text().toStdString();
    event::RunStarted run = probe_run();
    run.model = "tiny";
    run.config = load_model_config("tiny").take();
    feed().take(run);
    settle();
    EXPECT_EQ(box->currentText(), "open run: tiny");
    EXPECT_FALSE(fault().text().startsWith("Model"));
    type(Gpus, "8");
    EXPECT_TRUE(summary().contains("on 8 H800")) << summary().toStdString();
}

TEST_F(PlannerPanelTest, StatesThatMakeNoSenseAreIgnored)
{
    const QVariantMap saved = panel().saveState();
    panel().restoreState({{"view", 99}, {"axes", "no"}, {"input", 7}});
    EXPECT_EQ(panel().saveState(), saved);
    panel().restoreState({{"input", QVariantMap{{"gpus", "0"}, {"model", "gone"}, {"schedule", "gpipe"}}}});
    settle();
    EXPECT_TRUE(fault().isVisible()) << "it says what is wrong and goes on";
    panel().restoreState(saved);
    settle();
    EXPECT_EQ(panel().saveState(), saved);
    EXPECT_FALSE(fault().isVisible());
}

TEST_F(PlannerPanelTest, TypingGivesUpWhatIsComputed)
{
    type(Batch, "1000000000");
    auto* line = qobject_cast<QLineEdit*>(form().field(Gpus));
    line->setText("720720");
    emit line->textEdited(line->text());
    QTest::qWait(400);
    line->setText("2048");
    emit line->textEdited(line->text());
    settle();
    EXPECT_TRUE(summary().contains("on 2,048 H800")) << summary().toStdString();
}

} // namespace
} // namespace triptych::test
