// The price of an hour.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/hour_price.h"

#include <vector>

namespace triptych {

std::optional<double> price_of_an_hour(const CostPreset& preset, const Ledger& ledger, double run_hours)
{
    if (ledger.gpu_hours != run_hours) return std::nullopt;
    // A million of them over a million, since a short run's total is a few micro-dollars.
    constexpr double kMany = 1e6;
    CostPreset many = preset;
    if (!fill(many, std::vector<CostFact>{{"run.device_hours", kMany, "", ""}})) return std::nullopt;
    const auto all = evaluate(many, ledger.lens);
    if (!all || all->gpu_hours != kMany) return std::nullopt;
    return all->total.usd() / kMany;
}

} // namespace triptych
