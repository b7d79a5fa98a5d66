// A plan in figures and words: headline numbers with what they rest on, the parts of memory and time, what a token
// sends, all layouts of a search.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/plan_worker.h"
#include "ui/plots/scatter_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/figure_grid.h"
#include "ui/widgets/stacked_bar.h"

namespace triptych {

/// "PP 16 × EP 64 × DP 128, DualPipe, micro-batches of 1".
QString layoutText(const PlanLayout& layout);
/// What was planned and found, in a sentence.
QString planSummary(const PlanAnswer& answer);

/// Days, money, GPU-hours, MFU, step and memory. errors: of published trainings, for the ranges.
std::vector<FigureCell> planCells(const PlanAnswer& answer, const TrainingErrors& errors);
std::vector<BarPart> memoryParts(const ClusterPlan& plan);
std::vector<BarPart> stepParts(const PlanRequest& request, const ClusterPlan& plan);
/// What a token of a MoE layer sends over both networks, with the model's node limit and without one.
std::vector<BarRow> exchangeRows(const PlanRequest& request, const ClusterPlan& plan);

/// What the scatter of layouts has on its axes.
enum class PlanAxes : std::uint8_t {
    DaysAndMemory = 0,
    DaysAndMoney,
};
inline constexpr int kPlanAxes = 2;
/// One for each plan of the search, in its order; then the cheapest, and the plan that is shown, once more.
std::vector<ScatterPoint> layoutPoints(const PlanAnswer& answer, PlanAxes axes);
/// The layout of such a point.
const ClusterPlan& planOf(const PlanAnswer& answer, int point);

/// The price of a GPU-hour, and where it comes from.
double priceOf(const PlanRequest& request);
QString priceSource(const PlanRequest& request);

/// "42.1 days", "3.2 hours".
QString planTimeText(double days);
/// "$5.10M", "$5,096": three digits that count above a million.
QString planMoneyText(double usd);
/// "+2.4 %".
QString errorText(double share);

} // namespace triptych
