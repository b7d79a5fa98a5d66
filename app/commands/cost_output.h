// How a priced preset is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/currency.h"
#include "core/cost/ledger.h"
#include "core/cost/live_cost.h"
#include "core/cost/run_facts.h"

#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// What a run pays for while it trains, at the price of an hour under the lens that is shown.
struct RunCost {
    std::string folder;
    RunFacts facts;
    double usd_per_hour = 0; ///< 0: the lens prices other hours than the run's
    CostRates rates;
    std::optional<CostProjection> projection; ///< nothing where the run has no end
    std::vector<PricedTime> time;             ///< empty where an older version trained it
};

/// All that `triptych cost` has to say.
struct CostReport {
    CostPreset preset; ///< with the user's edits
    Ledger ledger;     ///< with its band
    RunningTornado tornado;
    std::vector<Ledger> other_lenses; ///< without bands
    Currency currency;
    std::optional<RunCost> run;
};

/// Lines for people; of a run that was never trained for a second nothing.
void print_run_cost_text(const RunCost& run, const Currency& currency);

void print_cost_text(const CostReport& report);
void print_cost_json(const CostReport& report);

/// "EUR 5,576,000", "-$0.096".
std::string amount_text(const Currency& currency, Money money);

struct CostListRow {
    std::string name;
    std::string title;
    std::string source;
};
void print_cost_list_text(const std::vector<CostListRow>& rows);
void print_cost_list_json(const std::vector<CostListRow>& rows);

} // namespace triptych
