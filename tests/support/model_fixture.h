// A model with its parameters, plan and memory on the CPU, for tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/routing/router_catalog.h"
#include "kernels/base/rng.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

struct ModelFixture {
    ModelFixture(const ModelConfig& config, const std::string& router, Precision precision, const TokenShape& shape,
                 PlanFor purpose, int threads = 1, Recompute recompute = Recompute::None)
        : stream(Device{}, threads),
          model(config, *find_router(router).value(), precision, config.max_position_embeddings),
          params(Device{}, precision.wide, precision.narrow, model.declare(),
                 purpose == PlanFor::Training ? StoreFor::Training : StoreFor::Inference),
          plan(purpose, recompute)
    {
        // Larger than in training, so that every path carries weight in the finite differences.
        params.initialize(7, 0.25);
        set_biases();
        model.plan(plan, shape);
        workspace = std::make_unique<Workspace>(Device{}, plan);
    }

    /// Of the weights as they are now.
    Pass pass(Phase phase)
    {
        params.pack(stream);
        Pass p{.stream = stream, .workspace = *workspace, .params = params};
        p.phase = phase;
        p.stats = &stats;
        p.weights = {.mtp = 0.3, .balance_alpha = 0.02, .gradient_scale = 1};
        return p;
    }

    /// Expert biases that matter: some of them strongly negative.
    void set_biases()
    {
        const View<1> buffers = params.buffers();
        const Philox random(11, 5);
        for (std::int64_t i = 0; i < buffers.size(0); ++i) {
            const double b = 0.3 * random.normal(static_cast<std::uint64_t>(i)) - 1.0;
            if (buffers.dtype() == DType::F64)
                buffers.as<double>()[i] = b;
            else
                buffers.as<float>()[i] = static_cast<float>(b);
        }
    }

    Stream stream;
    Model model;
    ParamStore params;
    Planner plan;
    std::unique_ptr<Workspace> workspace;
    RoutingStats stats;
};

/// Random tokens [B * (T + 1 + depth)].
inline std::vector<std::int32_t> random_tokens(std::int64_t count, std::int64_t vocab, std::uint64_t seed)
{
    std::vector<std::int32_t> tokens;
    const Philox random(seed, 1);
    for (std::int64_t i = 0; i < count; ++i)
        tokens.push_back(static_cast<std::int32_t>(
            random.below(static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(vocab))));
    return tokens;
}

inline TokenBatch random_batch(const ModelConfig& config, std::int64_t batch, std::int64_t length, std::uint64_t seed = 3)
{
    const std::int64_t depth = config.num_nextn_predict_layers;
    return make_batch(random_tokens(batch * (length + 1 + depth), config.vocab_size, seed), batch, length, depth);
}

/// Remembers the chosen experts of every layer.
class RouteProbe : public Probe {
public:
    bool wants(const Tap& tap) const override { return tap.point == TapPoint::RouterExperts; }
    void take(const Tap& tap, ConstView<2> view) override
    {
        const auto* e = view.as<std::int32_t>();
        routes[tap.layer].assign(e, e + view.count());
    }
    std::map<std::int64_t, std::vector<std::int32_t>> routes;
};

} // namespace triptych::test
