// From series to facts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_cost_facts.h"

#include "core/cost/closed_forms.h"
#include "ui/bridge/run_measures.h"
#include "ui/export/provenance.h"

#include <cmath>

namespace triptych {

namespace {

/// The run tells what its machine costs to rent, which is so much for each thread.
double threadsOf(const RunPrices& prices)
{
    return std::max(1.0, std::round(prices.rental.value / RunPrices::this_machine(1).rental.value));
}

} // namespace

std::vector<CostFact> costFactsOf(RunFeed& feed)
{
    const event::RunStarted* run = feed.run();
    if (!run) return {};
    const double seconds = feed.value(Metric::TrainSeconds);
    if (!(seconds > 0)) return {};
    const auto& measured = RunMeasures::of(feed).facts();
    const std::string day =
        measured ? measured->day : exportTime().toString(QStringLiteral("yyyy-MM-dd")).toStdString();
    const double threads = measured ? measured->threads : threadsOf(run->prices);
    std::vector<CostFact> facts = {{"machine.threads", threads, "the run's settings", day},
                                   {"run.device_hours", seconds / kSecondsPerHour, "counted by the run", day}};
    double flop = feed.value(Metric::Flops);
    const bool counted = std::isfinite(flop);
    if (!counted) flop = run->flops_per_token * feed.value(Metric::Tokens); // recorded before they were
    if (flop > 0) facts.push_back({"run.flop", flop, flops_source(counted), day});
    const double mfu = feed.series().calm(Metric::Mfu, feed.shownStep(), kLastSteps);
    if (mfu > 0) facts.push_back({"run.mfu", mfu, "measured by the run, against the matrix peak of its machine", day});
    if (!measured) return facts;
    for (CostFact& fact : facts_of(*measured))
        if (fact.from == "run.goodput" || fact.from == "machine.watts") facts.push_back(std::move(fact));
    return facts;
}

std::vector<CostFact> costFactsOrMachine(RunFeed& feed)
{
    std::vector<CostFact> facts = costFactsOf(feed);
    return facts.empty() ? facts_of_this_machine() : facts;
}

} // namespace triptych
