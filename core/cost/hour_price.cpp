// A long run in the place of a short one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/hour_price.h"

#include <vector>

namespace triptych {

Result<double> usd_per_run_hour(const CostPreset& preset, std::string_view lens)
{
    // A million of them over a million, since a short run's total is a few micro-dollars.
    constexpr double kMany = 1e6;
    CostPreset many = preset;
    const auto filled = fill(many, std::vector<CostFact>{{"run.device_hours", kMany, "", ""}});
    if (!filled) return filled.error();
    const auto ledger = evaluate(many, lens);
    if (!ledger) return ledger.error();
    if (*filled == 0 || ledger->gpu_hours != kMany)
        return Error{preset.name + ": no price of a run's hour: it counts other hours",
                     "Price a run by this-machine, or by a preset with an input from run.device_hours."};
    return ledger->total.usd() / kMany;
}

std::optional<double> price_of_an_hour(const CostPreset& preset, const Ledger& ledger, double run_hours)
{
    if (ledger.gpu_hours != run_hours) return std::nullopt;
    const auto hour = usd_per_run_hour(preset, ledger.lens);
    return hour ? std::optional(*hour) : std::nullopt;
}

} // namespace triptych
