// Costs for scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/cost_output.h"
#include "app/console/json_line.h"
#include "core/cost/ledger_json.h"

#include <nlohmann/json.hpp>

#include <span>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

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

Json tornado_json(const std::vector<TornadoBar>& bars)
{
    Json json = Json::array();
    for (const TornadoBar& bar : bars)
        json.push_back({{"input", bar.key}, {"at_low_usd", bar.at_low.usd()}, {"at_high_usd", bar.at_high.usd()}});
    return json;
}

} // namespace

void print_cost_json(const CostReport& report)
{
    const RunningTornado& running = report.tornado;
    const bool whole = running.line + 1 == report.ledger.lines.size();
    Json json = Json::parse(
        ledger_json(report.preset, report.ledger, whole ? std::span(running.bars) : std::span<const TornadoBar>()));
    json["running_tornado"] = Json();
    if (!whole)
        json["running_tornado"] = {{"after", report.ledger.lines[running.line].key},
                                   {"total_usd", running.total.usd()},
                                   {"bars", tornado_json(running.bars)}};
    json["other_lenses"] = Json::array();
    for (const Ledger& other : report.other_lenses)
        json["other_lenses"].push_back(
            {{"lens", other.lens}, {"scope", other.scope}, {"total_usd", other.total.usd()}});
    json["currency"] = {{"code", report.currency.code},
                        {"per_usd", report.currency.per_usd},
                        {"total", report.currency.from(report.ledger.total)}};
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
