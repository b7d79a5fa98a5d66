// Defaults of the benchmarks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_setup.h"

#include "core/config/preset.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <thread>

namespace triptych {

namespace {

struct BatchShape {
    std::string_view model;
    std::int64_t sequence_length;
    std::int64_t batch_size;
};
constexpr std::array kShapes = {BatchShape{"bench-s", 256, 16}, BatchShape{"bench-m", 512, 8},
                                BatchShape{"bench-x", 256, 16}};

BatchShape default_shape(const std::string& model, const ModelConfig& config)
{
    const std::string name = std::filesystem::path(model).stem().string();
    const auto found =
        std::find_if(kShapes.begin(), kShapes.end(), [&](const BatchShape& s) { return s.model == name; });
    BatchShape shape = found != kShapes.end() ? *found : BatchShape{"", 256, 8};
    shape.sequence_length = std::min(shape.sequence_length, config.max_position_embeddings);
    return shape;
}

} // namespace

std::int64_t bench_threads(const BenchRequest& request)
{
    return request.threads > 0 ? request.threads : std::max(1U, std::thread::hardware_concurrency());
}

Result<RunSetup> bench_setup(const BenchRequest& request)
{
    const auto config = load_model_config(request.model);
    if (!config) return config.error();
    const BatchShape shape = default_shape(request.model, *config);
    const auto or_default = [](std::int64_t asked, std::int64_t otherwise) { return asked != 0 ? asked : otherwise; };
    RunRequest run;
    run.model = request.model;
    run.settings = {
        "sequence_length=" + std::to_string(or_default(request.sequence_length, shape.sequence_length)),
        "batch_size=" + std::to_string(or_default(request.batch_size, shape.batch_size)),
        "threads=" + std::to_string(bench_threads(request)),
        "precision=" + request.precision,
    };
    return resolve_setup(run);
}

} // namespace triptych
