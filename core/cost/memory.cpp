// Plans without allocating.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/memory.h"

#include "core/config/parameter_count.h"
#include "core/infer/generator.h"
#include "core/model/model_structure.h"
#include "core/routing/router_catalog.h"
#include "core/util/system_memory.h"

#include <fmt/format.h>

#include <array>

namespace triptych {

namespace {

/// The router of the settings where it fits the model, else the one that the model implies.
Result<const RouterInfo*> router_for(const ModelConfig& config, const TrainConfig& train)
{
    const auto chosen = find_router(train.router);
    return chosen && (*chosen)->scoring_func == config.scoring_func ? chosen : router_of(config);
}

std::int64_t bytes_of(const ParamRows& rows, ParamRole role, DType dtype)
{
    return rows.elements(role) * static_cast<std::int64_t>(size_of(dtype));
}

} // namespace

Result<ModelMemory> training_memory(const ModelConfig& model, const TrainConfig& train)
{
    const Precision precision = precision_of(train.precision);
    const DType dtype = precision.wide;
    const auto router = router_for(model, train);
    if (!router) return router.error();
    const auto structure = model_structure(model, **router, precision);
    if (!structure) return structure.error();
    const ParamRows rows = (*structure)->declare();
    Planner plan(PlanFor::Training, recompute_of(train.recompute));
    (*structure)->plan(plan, {.batch = train.batch_size, .length = train.sequence_length});
    ModelMemory need;
    need.gradients = bytes_of(rows, ParamRole::Trained, dtype);
    need.moments = 2 * need.gradients;
    need.weights = need.gradients + bytes_of(rows, ParamRole::Buffer, dtype) +
                   static_cast<std::int64_t>(ParamStore::packed_bytes_of(rows, precision.narrow, StoreFor::Training));
    need.gradients += static_cast<std::int64_t>(ParamStore::squares_bytes_of(rows));
    need.activations = static_cast<std::int64_t>(plan.bytes());
    return need;
}

Result<ModelMemory> decoding_memory(const ModelConfig& model, std::int64_t positions)
{
    const auto router = router_of(model);
    if (!router) return router.error();
    const auto structure = model_structure(model, **router, DType::F32);
    if (!structure) return structure.error();
    const ParamRows rows = (*structure)->declare();
    Planner plan(PlanFor::Inference);
    Generator::plan(plan, **structure, positions);
    ModelMemory need;
    need.weights = bytes_of(rows, ParamRole::Trained, DType::F32) + bytes_of(rows, ParamRole::Buffer, DType::F32);
    need.activations = static_cast<std::int64_t>(plan.bytes());
    need.cache = positions * cache_bytes_per_token(model, static_cast<std::int64_t>(size_of(DType::F32))).mla;
    return need;
}

Status check_weights_fit(const ModelConfig& model, DType weights)
{
    const double parameters = estimated_parameters(model);
    const auto bytes = static_cast<std::int64_t>(parameters) * static_cast<std::int64_t>(size_of(weights));
    const std::int64_t there = system_memory_bytes();
    if (there == 0 || bytes <= there) return {};
    return Error{fmt::format("a model of {:.3g} parameters takes {} of memory in {}, and this machine has {}",
                             parameters, bytes_text(bytes), weights == DType::BF16 ? "bf16" : "f32", bytes_text(there)),
                 "Choose a smaller model, or a machine with more memory."};
}

std::string bytes_text(std::int64_t bytes)
{
    constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB", "PB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    return value < 9.95 && unit > 0 ? fmt::format("{:.1f} {}", value, kUnits[unit])
                                    : fmt::format("{:.0f} {}", value, kUnits[unit]);
}

} // namespace triptych
