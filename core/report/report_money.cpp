// The money of a run, and what to hold it against.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/hour_price.h"
#include "core/cost/run_facts.h"
#include "core/report/report_parts.h"
#include "core/util/error_text.h"

#include <algorithm>

namespace triptych {

namespace {

const char* const kMachine = "this-machine";
const char* const kExtrapolation = "v3-extrapolation";
const char* const kWaterfall = "deepseek-v3-waterfall";

Result<PricedLens> priced(CostPreset preset, std::string_view lens)
{
    auto ledger = evaluate(preset, lens);
    if (!ledger) return ledger.error();
    if (const Status band = add_band(preset, *ledger); !band) return band.error();
    auto bars = tornado(preset, lens);
    if (!bars) return bars.error();
    return PricedLens{std::move(preset), ledger.take(), bars.take()};
}

Result<CostPreset> filled(const char* name, const std::vector<CostFact>& facts)
{
    auto preset = load_cost_preset(name);
    if (!preset) return preset;
    if (const auto count = fill(*preset, facts); !count) return count.error();
    return preset;
}

Result<RunLedger> run_ledger(const CostPreset& preset, std::string_view lens, const RunFacts& facts)
{
    auto one = priced(preset, lens);
    if (!one) return one.error();
    RunLedger ledger;
    ledger.lens = one.take();
    const Ledger& sums = ledger.lens.ledger;
    const auto hour = price_of_an_hour(preset, sums, facts.device_seconds / kSecondsPerHour);
    if (hour) {
        ledger.usd_per_device_hour = *hour;
        ledger.rates = cost_rates(facts.last_steps, *hour);
        if (facts.planned_steps > 0) ledger.projection = project_cost(facts.last_steps, facts.planned_steps, *hour);
        if (facts.time) ledger.time = price_time(*facts.time, *hour);
    }
    if (facts.tokens > 0) ledger.per_mtoken_overall = Money::clamped(sums.total.usd() / facts.tokens * 1e6);
    return ledger;
}

void add_energy(const RunFacts& facts, RunMoney& money)
{
    constexpr double kJoulesPerKwh = 3.6e6;
    if (facts.time && facts.time->watts()) {
        money.measured_watts = facts.time->watts();
        money.measured_kwh = facts.time->joules / kJoulesPerKwh;
    }
    for (const LedgerQuantity& quantity : money.full.lens.ledger.quantities)
        if (quantity.key == "energy") money.kwh = quantity.value;
    for (const LedgerLine& line : money.full.lens.ledger.lines)
        if (line.key == "electricity") money.energy_usd = line.usd;
}

/// Nothing where the run has not done what is extrapolated.
void add_extrapolations(const std::vector<CostFact>& facts, RunMoney& money)
{
    const auto preset = filled(kExtrapolation, facts);
    if (!preset) return;
    for (const CostLens& lens : preset->lenses)
        if (auto one = priced(*preset, lens.key)) money.extrapolations.push_back(one.take());
}

/// Of hours that were trained, or whoever served what was trained: a run is held against trainings.
bool is_of_a_training(const CostPreset& preset)
{
    const bool waits = std::any_of(preset.inputs.begin(), preset.inputs.end(),
                                   [](const CostInput& input) { return !input.from.empty(); });
    const auto& lines = preset.lenses.front().lines;
    return !waits && preset.name != kWaterfall && std::none_of(lines.begin(), lines.end(), [](const CostLine& line) {
        return line.part == LedgerPart::Inference;
    });
}

CostContextRow context_row(const CostPreset& preset, const Ledger& ledger)
{
    return {preset.name, preset.title, ledger.lens_title, ledger.scope, ledger.gpu_hours, ledger.total,
            ledger.low,  ledger.high,  preset.source,     preset.date,  preset.basis};
}

} // namespace

Status add_money(const ReportSources& from, RunReport& report)
{
    const auto without = [&](const Error& error) {
        lack(report, ReportPart::Money, without_folder("The run cannot be priced: " + in_words(error), from.folder));
        return Status();
    };
    auto preset = load_cost_preset(kMachine);
    if (preset) // prices are checked whether or not the run can be priced
        for (const std::string& price : from.options.prices)
            if (const Status set = apply_edit(*preset, price); !set) return set.error();
    const auto facts = read_run_facts(from.folder);
    if (!facts) return without(facts.error());
    const std::vector<CostFact> dated = facts_of(*facts);
    preset = filled(kMachine, dated);
    if (!preset) return without(preset.error());
    for (const std::string& price : from.options.prices) // the last word is the user's
        if (const Status set = apply_edit(*preset, price); !set) return set.error();
    RunMoney money;
    money.device_hours = facts->device_seconds / kSecondsPerHour;
    money.tokens = facts->tokens;
    for (const auto& [lens, member] : {std::pair("rental", &RunMoney::headline), {"full", &RunMoney::full}}) {
        auto ledger = run_ledger(*preset, lens, *facts);
        if (!ledger) return without(ledger.error());
        money.*member = ledger.take();
    }
    add_energy(*facts, money);
    add_extrapolations(dated, money);
    report.money = std::move(money);
    return {};
}

CostContext cost_context()
{
    CostContext context;
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        if (!preset || preset->lenses.empty()) continue;
        if (name == kWaterfall) {
            if (auto fall = priced(*preset, {})) context.waterfall = fall.take();
            continue;
        }
        auto ledger = evaluate(*preset);
        if (!ledger || !add_band(*preset, *ledger) || !is_of_a_training(*preset)) continue;
        context.rows.push_back(context_row(*preset, *ledger));
    }
    std::stable_sort(context.rows.begin(), context.rows.end(),
                     [](const CostContextRow& a, const CostContextRow& b) { return a.total < b.total; });
    return context;
}

} // namespace triptych
