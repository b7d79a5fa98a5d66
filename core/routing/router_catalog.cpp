// The routing strategies, a row each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/router_catalog.h"

#include "core/routing/topk_router.h"

#include <array>

namespace triptych {

namespace {

std::unique_ptr<Router> create_sigmoid_noaux(const ModelConfig& config, std::int64_t layer)
{
    return std::make_unique<TopkRouter>(config, layer, TopkRouterOptions{});
}

std::unique_ptr<Router> create_softmax_aux(const ModelConfig& config, std::int64_t layer)
{
    return std::make_unique<TopkRouter>(
        config, layer, TopkRouterOptions{.score_function = ScoreFunction::Softmax, .has_bias = false, .updates_bias = false});
}

std::unique_ptr<Router> create_unbalanced(const ModelConfig& config, std::int64_t layer)
{
    return std::make_unique<TopkRouter>(config, layer,
                                        TopkRouterOptions{.updates_bias = false, .has_balance_loss = false});
}

constexpr std::array kCatalog = {
    RouterInfo{"sigmoid_noaux", "Sigmoid, loss-free balancing",
               "Sigmoid affinities; an expert bias steers the selection towards balance. DeepSeek-V3 report section 2.1.2.",
               "sigmoid", "noaux_tc", 1e-4, 1e-3, create_sigmoid_noaux},
    RouterInfo{"softmax_aux", "Softmax, auxiliary loss",
               "Softmax affinities balanced by an auxiliary loss alone. DeepSeek-V2 report section 2.2.3.", "softmax",
               "greedy", 3e-3, 0, create_softmax_aux},
    RouterInfo{"none", "Sigmoid, no balancing",
               "Sigmoid affinities and nothing against collapse: what the balancing is for.", "sigmoid", "noaux_tc", 0, 0,
               create_unbalanced},
};

std::string known_ids()
{
    std::string text;
    for (const RouterInfo& row : kCatalog) text += (text.empty() ? "" : ", ") + std::string(row.id);
    return text;
}

} // namespace

std::span<const RouterInfo> router_catalog()
{
    return kCatalog;
}

Result<const RouterInfo*> find_router(std::string_view id)
{
    for (const RouterInfo& row : kCatalog)
        if (row.id == id) return &row;
    return Error{"there is no router named \"" + std::string(id) + "\"", "Choose one of: " + known_ids() + "."};
}

Result<const RouterInfo*> router_of(const ModelConfig& config)
{
    for (const RouterInfo& row : kCatalog) {
        if (row.scoring_func != config.scoring_func || row.topk_method != config.topk_method) continue;
        if (row.scoring_func == "softmax" && config.n_group != 1)
            return Error{"softmax routing is supported with n_group 1, this model has " + std::to_string(config.n_group),
                         "Set n_group and topk_group to 1, or use scoring_func sigmoid with topk_method noaux_tc."};
        return &row;
    }
    return Error{"no router for scoring_func \"" + config.scoring_func + "\" with topk_method \"" + config.topk_method + "\"",
                 "Supported are sigmoid with noaux_tc (DeepSeek-V3) and softmax with greedy (DeepSeek-V2-Lite)."};
}

} // namespace triptych
