// Structure alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model_structure.h"

#include <fmt/format.h>

namespace triptych {

namespace {

constexpr std::int64_t kMostExperts = 4'000'000; // in all layers

} // namespace

Result<std::unique_ptr<Model>> model_structure(const ModelConfig& config, const RouterInfo& router, Precision precision)
{
    const std::int64_t layers = config.num_hidden_layers + config.num_nextn_predict_layers;
    if (config.n_routed_experts * layers > kMostExperts)
        return Error{
            fmt::format("{} experts in {} layers are more than Triptych can lay out", config.n_routed_experts, layers),
            "Choose fewer experts (n_routed_experts) or layers (num_hidden_layers)."};
    return std::make_unique<Model>(config, router, precision, 1);
}

} // namespace triptych
