// Written as a file of a preset would be, so that it is checked as one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_rental.h"

#include "core/cost/cost_preset_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace triptych {

Result<CostPreset> rental_preset(const Gpu& gpu)
{
    const auto figure = std::find_if(gpu.figures.begin(), gpu.figures.end(),
                                     [](const auto& row) { return row.first == "usd_per_gpu_hour"; });
    if (figure == gpu.figures.end())
        return Error{gpu.name + " has no price of an hour", "Add usd_per_gpu_hour to its file."};
    const GpuFigure& price = figure->second;
    using Json = nlohmann::ordered_json;
    std::string means = "rental_" + gpu.name; // "rental_h800" in presets of what was trained on them, too
    std::replace_if(
        means.begin(), means.end(), [](char c) { return c == '-' || c == '.'; }, '_');
    const Json hours = {{"title", "Hours of the GPU"}, {"value", 1},
                        {"unit", "GPU-hours"},         {"source", "one hour; those of a run"},
                        {"date", price.date},          {"basis", "assumed"},
                        {"from", "run.device_hours"}};
    const Json rental = {{"title", "Rental price"}, {"value", price.value}, {"unit", "USD/GPU-hour"},
                         {"source", price.source},  {"date", price.date},   {"means", means}};
    const Json rent = {{"title", "Rent"}, {"ledger", "A"}, {"formula", "gpu_hours * rental"}};
    const Json lens = {{"title", "Hours times a rental price"},
                       {"scope", "This run alone, as if each of its device-hours had been one of this GPU."},
                       {"gpu_hours", "gpu_hours"},
                       {"lines", {{"rent", rent}}}};
    const Json preset = {{"title", gpu.title},
                         {"source", price.source},
                         {"date", price.date},
                         {"inputs", {{"gpu_hours", hours}, {"rental", rental}}},
                         {"lenses", {{"rental", lens}}}};
    return parse_cost_preset(preset.dump(), gpu.name);
}

} // namespace triptych
