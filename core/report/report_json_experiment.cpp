// The JSON of what was learnt, and how.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_json_parts.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of_json(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The number with the fewest digits that is this float: 0.1 and not 0.10000000149.
double shortest(float value)
{
    if (!std::isfinite(value)) return static_cast<double>(value);
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    double number = 0;
    std::from_chars(text.data(), end, number);
    return number;
}

Json row_json(const std::vector<float>& row)
{
    Json json = Json::array();
    for (const float value : row) json.push_back(shortest(value));
    return json;
}

Json matrix_json(const std::vector<std::vector<float>>& rows)
{
    Json json = Json::array();
    for (const auto& row : rows) json.push_back(row_json(row));
    return json;
}

template <class T>
Json column(const std::vector<CurvePoint>& points, T CurvePoint::*member)
{
    Json json = Json::array();
    for (const CurvePoint& point : points) json.push_back(point.*member);
    return json;
}

Json curves_json(const std::vector<ReportCurve>& curves)
{
    Json json = Json::array();
    for (const ReportCurve& c : curves)
        json.push_back({{"metric", c.name},
                        {"unit", c.unit},
                        {"samples", c.samples},
                        {"first_step", column(c.points, &CurvePoint::first_step)},
                        {"last_step", column(c.points, &CurvePoint::last_step)},
                        {"count", column(c.points, &CurvePoint::samples)},
                        {"gaps", column(c.points, &CurvePoint::gaps)},
                        {"low", column(c.points, &CurvePoint::low)},
                        {"mean", column(c.points, &CurvePoint::mean)},
                        {"high", column(c.points, &CurvePoint::high)}});
    return json;
}

Json loads_json(const ReportLoads& loads)
{
    Json maps = Json::array();
    for (const LoadMap& map : loads.maps)
        maps.push_back({{"step", map.step}, {"ratio", matrix_json(map.ratio)}, {"max_vio", map.max_vio}});
    return {{"experts", loads.experts},
            {"main_layers", loads.main_layers},
            {"layers", loads.layers},
            {"maps", std::move(maps)}};
}

Json balance_json(const std::vector<BalanceRow>& rows)
{
    Json json = Json::array();
    for (const BalanceRow& row : rows) {
        Json one = {{"layer", row.layer},
                    {"last_max_vio", Json()},
                    {"recent_max_vio", Json()},
                    {"worst_max_vio", Json()},
                    {"worst_max_vio_step", Json()},
                    {"diversity", Json()},
                    {"dead", row.dead},
                    {"hot", row.hot},
                    {"hottest_expert", row.hottest_expert},
                    {"hottest_ratio", shortest(row.hottest_ratio)}};
        if (row.last_max_vio) one["last_max_vio"] = *row.last_max_vio;
        if (row.recent_max_vio) one["recent_max_vio"] = *row.recent_max_vio;
        if (row.worst_max_vio) one["worst_max_vio"] = row.worst_max_vio->value;
        if (row.worst_max_vio) one["worst_max_vio_step"] = row.worst_max_vio->step;
        if (row.diversity) one["diversity"] = *row.diversity;
        json.push_back(std::move(one));
    }
    return json;
}

Json specialisation_json(const ReportSpecialisation& s)
{
    Json share = Json::array();
    for (const auto& layer : s.share) share.push_back(matrix_json(layer));
    return {{"step", s.step},
            {"domains", s.domains},
            {"layers", s.layers},
            {"distance", s.distance},
            {"share", std::move(share)}};
}

std::string_view name_of(Habit habit)
{
    switch (habit) {
    case Habit::Self: return "self";
    case Habit::Previous: return "previous";
    case Habit::First: return "first";
    case Habit::Spread: return "spread";
    }
    return "spread";
}

/// Rows of the lower triangle: a token sees none behind it.
Json triangle_json(const std::vector<float>& weights)
{
    const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(weights.size()))));
    Json json = Json::array();
    for (std::size_t row = 0; row < side; ++row) {
        const auto begin = weights.begin() + static_cast<std::ptrdiff_t>(row * side);
        json.push_back(row_json({begin, begin + static_cast<std::ptrdiff_t>(row + 1)}));
    }
    return json;
}

Json attention_json(const ReportAttention& attention)
{
    Json examples = Json::array();
    for (const AttentionExample& e : attention.examples)
        examples.push_back({{"layer", e.layer},
                            {"head", e.head},
                            {"habit", name_of(e.habit)},
                            {"share", e.habits.of(e.habit)},
                            {"weights", triangle_json(e.weights)}});
    return {{"source", attention.source == AttentionSource::Recorded ? "recorded" : "checkpoint"},
            {"step", attention.step},
            {"tokens", attention.token_texts},
            {"pool", attention.pool},
            {"loss", attention.loss},
            {"examples", std::move(examples)}};
}

Json counts_json(const std::vector<AcceptanceFrame::Count>& counts)
{
    Json json = Json::array();
    for (const auto& count : counts) json.push_back({count.drafts, count.accepted});
    return json;
}

Json acceptance_json(const ReportAcceptance& acceptance)
{
    const AcceptanceFrame& frame = acceptance.frame;
    Json depths = Json::array();
    for (std::size_t d = 0; d < frame.by_position.size(); ++d) {
        Json depth = {{"depth", d + 1},
                      {"rate", d < acceptance.rate.size() ? Json(acceptance.rate[d]) : Json()},
                      {"by_position", counts_json(frame.by_position[d])},
                      {"by_domain", Json::array()},
                      {"reached", Json()}};
        if (d < frame.by_domain.size()) depth["by_domain"] = counts_json(frame.by_domain[d]);
        if (d < frame.reached.size()) depth["reached"] = {frame.reached[d].drafts, frame.reached[d].accepted};
        depths.push_back(std::move(depth));
    }
    return {{"step", frame.step},
            {"domains", frame.domains},
            {"tokens_per_step", acceptance.tokens_per_step},
            {"depths", std::move(depths)}};
}

} // namespace

JsonParts experiment_parts(const RunReport& run)
{
    const auto optional = [](const auto& part, auto to_json) { return text_of_json(part ? to_json(*part) : Json()); };
    return {{"curves", text_of_json(curves_json(run.curves))},
            {"loads", optional(run.loads, loads_json)},
            {"balance", text_of_json(balance_json(run.balance))},
            {"specialisation", optional(run.specialisation, specialisation_json)},
            {"attention", optional(run.attention, attention_json)},
            {"acceptance", optional(run.acceptance, acceptance_json)}};
}

} // namespace triptych
