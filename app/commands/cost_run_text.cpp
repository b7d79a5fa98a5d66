// What a run pays for, for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/cost_output.h"
#include "app/console/console.h"
#include "app/console/numbers.h"
#include "app/console/table.h"

#include <fmt/format.h>

namespace triptych {

void print_run_cost_text(const RunCost& run, const Currency& currency)
{
    if (!(run.usd_per_hour > 0)) return;
    print("\nthe run, at this price of an hour\n");
    Table table({Table::Align::Left, Table::Align::Right, Table::Align::Left});
    table.add({"an hour of training", amount_text(currency, run.rates.per_device_hour), ""});
    if (run.rates.per_mtoken) table.add({"a million tokens", amount_text(currency, *run.rates.per_mtoken), ""});
    if (run.rates.per_centinat)
        table.add({"0.01 nat less of loss", amount_text(currency, *run.rates.per_centinat), "over the last 200 steps"});
    if (run.projection)
        table.add({fmt::format("until step {}", run.facts.planned_steps), amount_text(currency, run.projection->total),
                   fmt::format("{} to {}", amount_text(currency, run.projection->low),
                               amount_text(currency, run.projection->high))});
    table.print_all();
    if (run.time.empty()) return;
    print(fmt::format("\nwhere its time went (goodput {:.1f} %)\n", 100 * run.facts.time->goodput()));
    Table uses({Table::Align::Left, Table::Align::Right, Table::Align::Right, Table::Align::Left});
    for (const PricedTime& row : run.time) {
        const TimeUseInfo& info = time_uses()[static_cast<std::size_t>(row.use) - 1];
        uses.add({std::string(info.name),
                  row.seconds < 60 ? fmt::format("{:.2f} s", row.seconds) : duration_text(row.seconds),
                  amount_text(currency, row.usd), std::string(info.doc)});
    }
    uses.print_all();
}

} // namespace triptych
