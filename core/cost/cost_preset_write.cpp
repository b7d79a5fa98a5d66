// From a preset to JSON, and the files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/no_preset.h"
#include "core/cost/cost_preset_file.h"
#include "core/util/atomic_file.h"
#include "core/util/quote.h"
#include "core/util/resources.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace triptych {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxFileBytes = 1 << 20;

Json json_of(const CostInput& input)
{
    const PriceInput& in = input.input;
    Json json = {{"title", input.title}, {"value", in.value}, {"unit", in.unit},
                 {"low", in.low},        {"high", in.high},   {"kind", name_of(input.kind)},
                 {"source", in.source},  {"date", in.date},   {"basis", name_of(in.basis)}};
    if (in.edited) json["edited"] = true;
    if (!input.from.empty()) json["from"] = input.from;
    if (!input.means.empty()) json["means"] = input.means;
    return json;
}

Json json_of(const CostLine& line)
{
    Json json = {{"title", line.title}, {"ledger", std::string(1, letter_of(line.part))}};
    json["formula"] = line.formula.text();
    if (line.axis) json["axis"] = *line.axis == CostAxis::Price ? "price" : "scope";
    if (!line.note.empty()) json["note"] = line.note;
    if (line.left_out) json["left_out"] = true;
    return json;
}

Json json_of(const CostLens& lens)
{
    Json json = {{"title", lens.title}, {"scope", lens.scope}};
    if (!lens.gpu_hours.empty()) json["gpu_hours"] = lens.gpu_hours;
    if (!lens.note.empty()) json["note"] = lens.note;
    if (!lens.widens.empty()) json["widens"] = lens.widens;
    json["lines"] = Json::object();
    for (const CostLine& line : lens.lines) json["lines"][line.key] = json_of(line);
    return json;
}

bool is_edited(const CostPreset& preset)
{
    const auto left_out = [](const CostLens& lens) {
        return std::any_of(lens.lines.begin(), lens.lines.end(), [](const CostLine& line) { return line.left_out; });
    };
    return std::any_of(preset.inputs.begin(), preset.inputs.end(), [](const CostInput& i) { return i.input.edited; }) ||
           std::any_of(preset.lenses.begin(), preset.lenses.end(), left_out);
}

Json json_of(const std::vector<CostExpectation::Number>& numbers)
{
    Json json = Json::object();
    for (const auto& number : numbers)
        json[number.key] = number.tolerance > 0 ? Json::array({number.value, number.tolerance}) : Json(number.value);
    return json;
}

Json json_of(const CostExpectation& expectation)
{
    Json json = {{"lens", expectation.lens}, {"source", expectation.source}};
    if (!expectation.settings.empty()) json["set"] = json_of(expectation.settings);
    if (expectation.total) json["total_usd"] = json_of(std::vector{*expectation.total})["total"];
    if (!expectation.lines.empty()) json["lines"] = json_of(expectation.lines);
    if (!expectation.quantities.empty()) json["quantities"] = json_of(expectation.quantities);
    return json;
}

} // namespace

std::string cost_preset_json(const CostPreset& preset)
{
    Json json = {{"title", preset.title}, {"source", preset.source}};
    if (!preset.url.empty()) json["url"] = preset.url;
    json["date"] = preset.date;
    json["basis"] = name_of(preset.basis);
    if (!preset.note.empty()) json["note"] = preset.note;
    if (!preset.defects.empty()) json["defects"] = preset.defects;
    json["inputs"] = Json::object();
    for (const CostInput& input : preset.inputs) json["inputs"][input.key] = json_of(input);
    if (!preset.quantities.empty()) json["quantities"] = Json::object();
    for (const CostQuantity& quantity : preset.quantities)
        json["quantities"][quantity.key] = {
            {"title", quantity.title}, {"unit", quantity.unit}, {"formula", quantity.formula.text()}};
    json["lenses"] = Json::object();
    for (const CostLens& lens : preset.lenses) json["lenses"][lens.key] = json_of(lens);
    if (!is_edited(preset) && !preset.expectations.empty()) {
        json["expect"] = Json::array();
        for (const CostExpectation& expectation : preset.expectations) json["expect"].push_back(json_of(expectation));
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status write_cost_preset(const fs::path& file, const CostPreset& preset)
{
    return write_file_atomically(file, cost_preset_json(preset));
}

Result<CostPreset> read_cost_preset(const fs::path& file)
{
    const auto text = read_whole_file(file, kMaxFileBytes);
    if (!text) return text.error();
    return parse_cost_preset(*text, file.filename().string());
}

std::vector<std::string> list_cost_presets()
{
    return list_json_resources("cost_presets");
}

Result<CostPreset> load_cost_preset(const std::string& name_or_path)
{
    if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".json"))
        return read_cost_preset(name_or_path);
    if (!name_or_path.empty())
        if (const auto found = find_resource(fs::path("cost_presets") / (name_or_path + ".json")))
            return read_cost_preset(*found);
    return no_preset("there is no cost preset " + in_quotes(name_or_path),
                     {"cost_presets", "Give the path of a JSON file, or"}, name_or_path, list_cost_presets());
}

} // namespace triptych
