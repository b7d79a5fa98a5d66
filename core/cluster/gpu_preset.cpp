// Reads a GPU's figures: every figure is required, with its unit, source and date.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_preset.h"

#include "core/config/no_preset.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"
#include "core/util/quote.h"
#include "core/util/resources.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <filesystem>

namespace triptych {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMaxFileBytes = 1 << 20;
constexpr double kMostGpusInDomain = 1'000'000;

/// A key of the file, where its number goes, and what it is multiplied with to be in base units.
struct FigureRow {
    const char* key;
    double Gpu::*member;
    double scale;
};
constexpr std::array kRows = {
    FigureRow{"bf16_tflops", &Gpu::bf16_flops, 1e12},
    FigureRow{"fp8_tflops", &Gpu::fp8_flops, 1e12},
    FigureRow{"multiprocessors", &Gpu::multiprocessors, 1},
    FigureRow{"memory_gb", &Gpu::memory_bytes, 1e9},
    FigureRow{"memory_gb_per_second", &Gpu::memory_bandwidth, 1e9},
    FigureRow{"nvlink_gb_per_second", &Gpu::nvlink_bandwidth, 1e9},
    FigureRow{"network_gb_per_second", &Gpu::network_bandwidth, 1e9},
    FigureRow{"gpus_per_nvlink_domain", nullptr, 1},
    FigureRow{"usd_per_gpu_hour", &Gpu::usd_per_hour, 1},
};

Error broken(const std::string& name, const std::string& key, const std::string& what)
{
    return {fmt::format("GPU preset {}: {} {}", name, key, what),
            "A figure looks like {\"value\": 80, \"unit\": \"GB\", \"source\": \"data sheet\", \"date\": \"2024\"}."};
}

Result<GpuFigure> figure_of(const std::string& name, const std::string& key, const Json& json)
{
    if (!json.contains(key)) return broken(name, key, "is missing");
    const Json& row = json[key];
    if (!row.is_object() || !row.contains("value") || !row["value"].is_number())
        return broken(name, key, "has no number as its value");
    GpuFigure figure;
    figure.value = row["value"].get<double>();
    if (!std::isfinite(figure.value) || figure.value <= 0 || figure.value > 1e9)
        return broken(name, key, "is out of range, expected more than 0 and at most 1e9");
    for (const auto& [part, text] :
         {std::pair{"unit", &figure.unit}, {"source", &figure.source}, {"date", &figure.date}}) {
        if (!row.contains(part) || !row[part].is_string() || row[part].get<std::string>().empty())
            return broken(name, key, fmt::format("has no {}", part));
        *text = row[part].get<std::string>();
    }
    return figure;
}

} // namespace

std::vector<std::string> list_gpu_presets()
{
    return list_json_resources("gpu_presets");
}

Result<Gpu> load_gpu(const std::string& name)
{
    const std::vector<std::string> names = list_gpu_presets();
    for (const std::string& known : names) {
        if (known != name) continue;
        const auto path = find_resource(fs::path("gpu_presets") / (name + ".json"));
        if (!path) break;
        const auto text = read_whole_file(*path, kMaxFileBytes);
        return text ? parse_gpu(name, *text) : Result<Gpu>(text.error());
    }
    return no_preset("there is no GPU " + in_quotes(name), {"gpu_presets", "Choose"}, name, names);
}

Result<Gpu> parse_gpu(const std::string& name, std::string_view text)
{
    if (const Status valid = check_json_object(text, "GPU preset " + name); !valid) return valid.error();
    const Json json = Json::parse(text);
    Gpu gpu;
    gpu.name = name;
    gpu.title = json.contains("title") && json["title"].is_string() ? json["title"].get<std::string>() : name;
    for (const FigureRow& row : kRows) {
        auto figure = figure_of(name, row.key, json);
        if (!figure) return figure.error();
        if (row.member != nullptr)
            gpu.*row.member = figure->value * row.scale;
        else if (figure->value < 1 || figure->value > kMostGpusInDomain || figure->value != std::floor(figure->value))
            return broken(name, row.key, "is no whole number of GPUs");
        else
            gpu.domain = static_cast<std::int64_t>(figure->value);
        gpu.figures.emplace_back(row.key, figure.take());
    }
    return gpu;
}

} // namespace triptych
