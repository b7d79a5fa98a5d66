// The JSON of what a run took: speed, memory, time, money.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/ledger_json.h"
#include "core/report/report_json_parts.h"

#include <nlohmann/json.hpp>

#include <array>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of_json(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
Json or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

Json usd_or_null(const std::optional<Money>& money)
{
    return money ? Json(money->usd()) : Json();
}

Json throughput_json(const ReportThroughput& t)
{
    return {{"tokens_per_second", t.tokens_per_second},
            {"median_tokens_per_second", or_null(t.median_tokens_per_second)},
            {"median_step_seconds", or_null(t.median_step_seconds)},
            {"mfu", or_null(t.mfu)},
            {"best_mfu", or_null(t.best_mfu)},
            {"flops_per_token", t.flops_per_token},
            {"flops_per_second", or_null(t.flops_per_second)},
            {"peak_flops", or_null(t.peak_flops)}};
}

constexpr std::array kRegionNames = {"weights", "gradients", "moments", "packed", "sums", "kept", "layer", "scratch"};
static_assert(kRegionNames.size() == PlanEntry::kRegions);

Json memory_json(const ReportMemory& memory)
{
    Json regions = Json::object();
    for (std::size_t i = 0; i < kRegionNames.size(); ++i) regions[kRegionNames[i]] = memory.regions[i];
    Json largest = Json::array();
    for (const PlanEntry& part : memory.largest)
        largest.push_back({{"name", part.name},
                           {"region", kRegionNames.at(static_cast<std::size_t>(part.region) - 1)},
                           {"bytes", part.bytes}});
    return {{"total_bytes", memory.total}, {"regions", std::move(regions)}, {"largest", std::move(largest)}};
}

Json time_json(const TimeAccount& account)
{
    Json seconds = Json::object();
    for (const TimeUseInfo& info : time_uses()) seconds[std::string(info.name)] = account.seconds(info.use);
    return {{"seconds", std::move(seconds)}, {"total_seconds", account.total()},
            {"goodput", account.goodput()},  {"watts", or_null(account.watts())},
            {"joules", account.joules},      {"joules_seconds", account.joules_seconds}};
}

Json lens_json(const PricedLens& lens)
{
    return Json::parse(ledger_json(lens.preset, lens.ledger, lens.tornado));
}

Json run_ledger_json(const RunLedger& ledger)
{
    Json json = lens_json(ledger.lens);
    Json time = Json::array();
    for (const PricedTime& row : ledger.time)
        time.push_back({{"use", time_uses()[static_cast<std::size_t>(row.use) - 1].name},
                        {"seconds", row.seconds},
                        {"usd", row.usd.usd()}});
    json["usd_per_device_hour"] = ledger.usd_per_device_hour;
    json["usd_per_mtoken"] = usd_or_null(ledger.rates.per_mtoken);
    json["usd_per_mtoken_overall"] = usd_or_null(ledger.per_mtoken_overall);
    json["usd_per_centinat"] = usd_or_null(ledger.rates.per_centinat);
    json["projection"] = Json();
    if (ledger.projection)
        json["projection"] = {{"usd", ledger.projection->total.usd()},
                              {"low_usd", ledger.projection->low.usd()},
                              {"high_usd", ledger.projection->high.usd()},
                              {"device_seconds", ledger.projection->device_seconds}};
    json["time"] = std::move(time);
    return json;
}

Json money_json(const RunMoney& money)
{
    Json extrapolations = Json::array();
    for (const PricedLens& lens : money.extrapolations) {
        extrapolations.push_back(lens_json(lens));
        extrapolations.back()["extrapolation"] = true;
    }
    return {{"device_hours", money.device_hours},
            {"tokens", money.tokens},
            {"headline", run_ledger_json(money.headline)},
            {"full", run_ledger_json(money.full)},
            {"energy",
             {{"kwh", money.kwh},
              {"usd", money.energy_usd.usd()},
              {"measured_watts", or_null(money.measured_watts)},
              {"measured_kwh", or_null(money.measured_kwh)}}},
            {"extrapolations", std::move(extrapolations)}};
}

} // namespace

JsonParts machine_parts(const RunReport& run)
{
    const auto optional = [](const auto& part, auto to_json) { return text_of_json(part ? to_json(*part) : Json()); };
    return {{"throughput", optional(run.throughput, throughput_json)},
            {"memory", optional(run.memory, memory_json)},
            {"time", optional(run.time, time_json)},
            {"money", optional(run.money, money_json)}};
}

std::string context_json(const CostContext& context)
{
    Json rows = Json::array();
    for (const CostContextRow& row : context.rows)
        rows.push_back({{"preset", row.preset},
                        {"title", row.title},
                        {"lens", row.lens_title},
                        {"scope", row.scope},
                        {"gpu_hours", or_null(row.gpu_hours)},
                        {"total_usd", row.total.usd()},
                        {"low_usd", row.low.usd()},
                        {"high_usd", row.high.usd()},
                        {"source", row.source},
                        {"date", row.date},
                        {"basis", name_of(row.basis)}});
    return text_of_json(
        {{"rows", std::move(rows)}, {"waterfall", context.waterfall ? lens_json(*context.waterfall) : Json()}});
}

} // namespace triptych
