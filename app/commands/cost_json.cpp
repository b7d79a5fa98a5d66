// Costs for scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/cost_output.h"
#include "app/console/json_line.h"

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

Json tornado_json(const std::vector<TornadoBar>& bars)
{
    Json json = Json::array();
    for (const TornadoBar& bar : bars)
        json.push_back({{"input", bar.key}, {"at_low_usd", bar.at_low.usd()}, {"at_high_usd", bar.at_high.usd()}});
    return json;
}

Json usd_or_null(const std::optional<Money>& money)
{
    return money ? Json(money->usd()) : Json();
}

Json live_json(const RunCost& run)
{
    Json json = {{"device_seconds", run.facts.device_seconds},
                 {"usd_per_device_hour", run.usd_per_hour > 0 ? Json(run.usd_per_hour) : Json()},
                 {"usd_per_mtoken", usd_or_null(run.rates.per_mtoken)},
                 {"usd_per_centinat", usd_or_null(run.rates.per_centinat)},
                 {"projection", Json()},
                 {"goodput", run.facts.time ? Json(run.facts.time->goodput()) : Json()},
                 {"time", Json::array()},
                 {"watts", Json()}};
    if (run.projection)
        json["projection"] = {{"step", run.facts.planned_steps},
                              {"usd", run.projection->total.usd()},
                              {"low_usd", run.projection->low.usd()},
                              {"high_usd", run.projection->high.usd()}};
    for (const PricedTime& row : run.time)
        json["time"].push_back({{"use", time_uses()[static_cast<std::size_t>(row.use) - 1].name},
                                {"seconds", row.seconds},
                                {"usd", row.usd.usd()}});
    if (run.facts.time && run.facts.time->watts()) json["watts"] = *run.facts.time->watts();
    return json;
}

} // namespace

void print_cost_json(const CostReport& report)
{
    const Ledger& ledger = report.ledger;
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
                 {"basis", name_of(report.preset.basis)},
                 {"source", report.preset.source},
                 {"date", report.preset.date},
                 {"note", report.preset.note},
                 {"defects", report.preset.defects},
                 {"inputs", inputs_json(report.preset)},
                 {"quantities", quantities_json(ledger)},
                 {"tornado", tornado_json(report.tornado)}};
    json["other_lenses"] = Json::array();
    for (const Ledger& other : report.other_lenses)
        json["other_lenses"].push_back(
            {{"lens", other.lens}, {"scope", other.scope}, {"total_usd", other.total.usd()}});
    json["currency"] = {{"code", report.currency.code},
                        {"per_usd", report.currency.per_usd},
                        {"total", report.currency.from(ledger.total)}};
    json["run"] = report.run ? Json(report.run->folder) : Json();
    if (report.run) json["live"] = live_json(*report.run);
    print_json(json);
}

void print_cost_list_json(const std::vector<CostListRow>& rows)
{
    Json json = Json::array();
    for (const CostListRow& row : rows)
        json.push_back({{"preset", row.name}, {"title", row.title}, {"source", row.source}});
    print_json(json);
}

} // namespace triptych
