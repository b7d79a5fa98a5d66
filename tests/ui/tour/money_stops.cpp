// Pages of money under the hand: planner and cost, each by one of its controls.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/widgets/cost_detail.h"
#include "ui/widgets/cost_input_row.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/step_timeline_view.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/waterfall_view.h"

#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

namespace triptych::test {
namespace {

class TourMoney : public testing::Test {
protected:
    TourMoney() { t.home(); }
    Tour& t = tour();
};

TEST_F(TourMoney, APlanFollowsTheNumberOfGpus)
{
    t.stop(
        "planner", [&] { t.tab("planner"); }, [&] { return t.panel("planner").isVisible(); });
    t.key(Qt::Key_5);
    auto& summary = t.part<ElidedLabel>("planner", "planSummary");
    auto& gpus = t.part<QLineEdit>("planner", "plan-Number of GPUs");
    ASSERT_TRUE(t.waits([&] { return summary.text().contains(" a step and pipeline"); })) << "a first plan";
    const QString before = summary.text();
    t.stop(
        "planner-gpus",
        [&] {
            t.write(gpus, gpus.text() == QLatin1String("64") ? "128" : "64");
            t.key(Qt::Key_Return);
        },
        [&] {
            return summary.text() != before && !summary.text().contains(QString::fromUtf8("…")) &&
                   !summary.text().contains("Number of GPUs");
        });
    const QString planned = summary.text();
    t.stop(
        "planner-nonsense", [&] { t.write(gpus, "many"); },
        [&] {
            return summary.text().contains("Number of GPUs") && t.part<QLabel>("planner", "planFault").isVisible();
        });
    t.write(gpus, "64");
    EXPECT_TRUE(t.waits([&] { return !summary.text().contains("Number of GPUs"); }));
    auto& pages = t.part<Stepper>("planner", "planView");
    t.stop(
        "planner-schedule", [&] { t.wheel(pages, pages.rect().center(), -1); },
        [&] {
            return pages.currentText() == QLatin1String("Schedule") && t.part<StepTimelineView>("planner").isVisible();
        });
    t.stop(
        "planner-checks", [&] { t.wheel(pages, pages.rect().center(), -2); },
        [&] {
            auto& checks = t.part<QTableView>("planner", "planChecks");
            return checks.isVisible() && checks.model() && checks.model()->rowCount() > 3;
        });
    t.wheel(pages, pages.rect().center(), 3);
}

TEST_F(TourMoney, AStepOfTheGapIsOpenedChangedAndTakenBack)
{
    t.stop(
        "cost", [&] { t.tab("cost"); }, [&] { return t.panel("cost").isVisible(); });
    t.key(Qt::Key_5);
    auto& view = t.part<WaterfallView>("cost", "costSteps");
    auto& detail = t.part<CostDetail>("cost");
    ASSERT_TRUE(t.waits([&] { return view.isVisible() && view.rows().size() > 3; }));
    const double total = view.total().value;
    t.stop(
        "cost-step", [&] { t.click(view, view.row(2).center()); },
        [&] { return detail.isVisible() && view.opened() == 2 && !detail.inputs().empty(); });
    QLineEdit& field = *detail.inputs().front()->field();
    t.stop(
        "cost-changed",
        [&] {
            t.write(field, QString::number(field.text().toDouble() / 2));
            t.key(Qt::Key_Return);
        },
        [&] { return view.total().value != total; });
    t.stop(
        "cost-undone", [&] { t.click(t.part<QToolButton>("cost", "costUndo")); },
        [&] { return view.total().value == total; });
    t.stop(
        "cost-linear", [&] { t.click(t.part<QToolButton>("cost", "costLog")); },
        [&] { return view.scale() == MoneyScale::Linear; });
    t.click(t.part<QToolButton>("cost", "costLog"));
    t.click(view, view.row(2).center());
    EXPECT_TRUE(t.waits([&] { return view.opened() < 0; }));
}

} // namespace
} // namespace triptych::test
