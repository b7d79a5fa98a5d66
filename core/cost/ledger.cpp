// Amounts at the values of the inputs, with the sources that stand behind each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/ledger.h"

#include "core/cost/lens_program.h"

#include <algorithm>

namespace triptych {

namespace {

void add_provenance(const CostPreset& preset, const std::vector<std::size_t>& inputs, LedgerLine& line)
{
    std::vector<std::string> sources;
    for (const std::size_t number : inputs) {
        const CostInput& input = preset.inputs[number];
        line.inputs.push_back(input.key);
        line.edited = line.edited || input.input.edited;
        line.unknown = line.unknown || (input.input.basis == PriceBasis::Unknown && !input.input.edited);
        line.date = std::max(line.date, input.input.date); // ISO dates sort as text
        const std::string source = input.input.edited ? "edited by the user" : input.input.source;
        if (std::find(sources.begin(), sources.end(), source) == sources.end()) sources.push_back(source);
    }
    for (const std::string& source : sources) line.source += (line.source.empty() ? "" : "; ") + source;
    if (line.source.empty()) line.source = preset.source; // a line of constants
    if (line.date.empty()) line.date = preset.date;
}

} // namespace

Result<Ledger> evaluate(const CostPreset& preset, std::string_view lens_key)
{
    const auto found = find_lens(preset, lens_key);
    if (!found) return found.error();
    const CostLens& lens = **found;
    LensProgram program(preset, lens);
    if (Status status = program.run(); !status) return status.error();

    Ledger ledger;
    ledger.preset = preset.name;
    ledger.title = preset.title;
    ledger.lens = lens.key;
    ledger.lens_title = lens.title;
    ledger.scope = lens.scope;
    ledger.note = lens.note;
    ledger.gpu_hours = program.gpu_hours();
    ledger.total = ledger.low = ledger.high = program.total();
    for (std::size_t i = 0; i < lens.lines.size(); ++i) {
        const CostLine& from = lens.lines[i];
        LedgerLine line;
        line.key = from.key;
        line.title = from.title;
        line.part = from.part;
        line.axis = from.axis;
        line.usd = line.low = line.high = program.amounts()[i];
        line.formula = from.formula.text();
        line.note = from.note;
        line.left_out = from.left_out;
        add_provenance(preset, program.inputs_of_line(i), line);
        ledger.lines.push_back(std::move(line));
    }
    for (std::size_t i = 0; i < preset.quantities.size(); ++i) {
        const CostQuantity& from = preset.quantities[i];
        const double value = program.quantity(i);
        ledger.quantities.push_back({from.key, from.title, from.unit, from.formula.text(), value, value, value});
    }
    return ledger;
}

Result<std::vector<WaterfallStep>> waterfall(const Ledger& ledger)
{
    std::vector<WaterfallStep> steps;
    Money at;
    for (const LedgerLine& line : ledger.lines) {
        const auto next = add(at, line.left_out ? Money() : line.usd);
        if (!next) return next.error();
        steps.push_back({&line, at, *next});
        at = *next;
    }
    return steps;
}

} // namespace triptych
