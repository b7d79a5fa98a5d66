// From series to facts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_cost_facts.h"

#include "core/cost/closed_forms.h"
#include "core/cost/run_facts.h"
#include "ui/bridge/run_feed.h"
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

std::vector<CostFact> costFactsOf(const RunFeed& feed)
{
    const event::RunStarted* run = feed.run();
    if (!run) return {};
    const double seconds = feed.value(Metric::TrainSeconds);
    if (!(seconds > 0)) return {};
    const std::string day = exportTime().toString(QStringLiteral("yyyy-MM-dd")).toStdString();
    std::vector<CostFact> facts = {{"machine.threads", threadsOf(run->prices), "the run's settings", day},
                                   {"run.device_hours", seconds / kSecondsPerHour, "counted by the run", day}};
    const double flop = run->flops_per_token * feed.value(Metric::Tokens);
    if (flop > 0) facts.push_back({"run.flop", flop, "counted by the run: FLOPs of a token times tokens", day});
    const double mfu = feed.series().calm(Metric::Mfu, feed.shownStep(), kLastSteps);
    if (mfu > 0) facts.push_back({"run.mfu", mfu, "measured by the run, against the matrix peak of its machine", day});
    return facts;
}

std::vector<CostFact> costFactsOrMachine(const RunFeed& feed)
{
    std::vector<CostFact> facts = costFactsOf(feed);
    return facts.empty() ? facts_of_this_machine() : facts;
}

} // namespace triptych
