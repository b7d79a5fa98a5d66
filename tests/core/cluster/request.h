// The request that most tests of the planner begin with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/planner.h"
#include "core/config/preset.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych::test {

inline Gpu gpu_named(const std::string& name)
{
    auto gpu = load_gpu(name);
    EXPECT_TRUE(gpu.ok()) << gpu.error().what;
    return gpu.ok() ? gpu.take() : Gpu{};
}

inline PlanRequest request_for(const std::string& model, const std::string& gpu, std::int64_t gpus)
{
    PlanRequest request;
    auto config = load_model_config(model);
    EXPECT_TRUE(config.ok()) << config.error().what;
    if (config.ok()) request.model = config.take();
    request.gpu = gpu_named(gpu);
    request.gpus = gpus;
    request.sequence_length = std::min<std::int64_t>(4096, request.model.max_position_embeddings);
    return request;
}

/// As the paper's cluster was used.
constexpr PlanLayout kPublishedLayout{
    .pp = 16, .ep = 64, .dp = 128, .micro_batch = 1, .schedule = PipelineSchedule::DualPipe};

inline ClusterPlan evaluated(const PlanRequest& request, const PlanLayout& layout)
{
    const auto plan = evaluate_layout(request, layout);
    EXPECT_TRUE(plan.ok()) << plan.error().what;
    return plan.ok() ? *plan : ClusterPlan{};
}

} // namespace triptych::test
