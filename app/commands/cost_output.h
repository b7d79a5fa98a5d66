// How a priced preset is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/currency.h"
#include "core/cost/ledger.h"

#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

/// All that `triptych cost` has to say.
struct CostReport {
    CostPreset preset; ///< with the user's edits
    Ledger ledger;     ///< with its band
    std::vector<TornadoBar> tornado;
    std::vector<Ledger> other_lenses; ///< without bands
    Currency currency;
    std::string run; ///< folder; empty where none was given
};

void print_cost_text(const CostReport& report);
void print_cost_json(const CostReport& report);

struct CostListRow {
    std::string name;
    std::string title;
    std::string source;
};
void print_cost_list_text(const std::vector<CostListRow>& rows);
void print_cost_list_json(const std::vector<CostListRow>& rows);

} // namespace triptych
