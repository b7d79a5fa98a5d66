// Writing a ledger as JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/ledger_json.h"

#include <nlohmann/json.hpp>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

Json line_json(const LedgerLine& line, Money running)
{
    Json json = {{"name", line.key},
                 {"title", line.title},
                 {"ledger", std::string(1, letter_of(line.part))},
                 {"usd", line.usd.usd()},
                 {"low_usd", line.low.usd()},
                 {"high_usd", line.high.usd()},
                 {"running_usd", running.usd()},
                 {"unit", "USD"},
                 {"source", line.source},
                 {"date", line.date},
                 {"formula", line.formula},
                 {"inputs", line.inputs},
                 {"edited", line.edited},
                 {"incomplete", line.unknown}};
    if (line.axis) json["axis"] = *line.axis == CostAxis::Price ? "price" : "scope";
    if (!line.note.empty()) json["note"] = line.note;
    return json;
}

Json lines_json(const Ledger& ledger)
{
    Json lines = Json::array();
    const auto steps = waterfall(ledger);
    for (std::size_t i = 0; i < ledger.lines.size(); ++i)
        lines.push_back(line_json(ledger.lines[i], steps ? (*steps)[i].to : Money()));
    return lines;
}

Json inputs_json(const CostPreset& preset)
{
    Json inputs = Json::array();
    for (const CostInput& input : preset.inputs) {
        const PriceInput& in = input.input;
        inputs.push_back({{"key", input.key},
                          {"title", input.title},
                          {"value", in.value},
                          {"unit", in.unit},
                          {"low", in.low},
                          {"high", in.high},
                          {"source", in.source},
                          {"date", in.date},
                          {"basis", name_of(in.basis)},
                          {"edited", in.edited}});
    }
    return inputs;
}

Json quantities_json(const Ledger& ledger)
{
    Json quantities = Json::array();
    for (const LedgerQuantity& q : ledger.quantities)
        quantities.push_back({{"key", q.key},
                              {"title", q.title},
                              {"value", q.value},
                              {"low", q.low},
                              {"high", q.high},
                              {"unit", q.unit},
                              {"formula", q.formula}});
    return quantities;
}

Json tornado_json(std::span<const TornadoBar> bars)
{
    Json json = Json::array();
    for (const TornadoBar& bar : bars)
        json.push_back({{"input", bar.key}, {"at_low_usd", bar.at_low.usd()}, {"at_high_usd", bar.at_high.usd()}});
    return json;
}

} // namespace

std::string ledger_json(const CostPreset& preset, const Ledger& ledger, std::span<const TornadoBar> tornado)
{
    Json json = {{"preset", ledger.preset},
                 {"lens", ledger.lens},
                 {"scope", ledger.scope},
                 {"gpu_hours", ledger.gpu_hours ? Json(*ledger.gpu_hours) : Json()},
                 {"total_usd", ledger.total.usd()},
                 {"low_usd", ledger.low.usd()},
                 {"high_usd", ledger.high.usd()},
                 {"lines", lines_json(ledger)},
                 {"title", ledger.title},
                 {"lens_title", ledger.lens_title},
                 {"basis", name_of(preset.basis)},
                 {"source", preset.source},
                 {"date", preset.date},
                 {"note", preset.note},
                 {"defects", preset.defects},
                 {"inputs", inputs_json(preset)},
                 {"quantities", quantities_json(ledger)},
                 {"tornado", tornado_json(tornado)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace triptych
