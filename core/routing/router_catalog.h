// The one list of routing strategies: menus, the command line, config files and the contract tests read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/router.h"
#include "core/util/result.h"

#include <memory>
#include <span>
#include <string_view>

namespace triptych {

struct RouterInfo {
    std::string_view id;           ///< value of the training setting "router"
    std::string_view title;
    std::string_view doc;          ///< one sentence and the source
    std::string_view scoring_func; ///< as in config.json
    std::string_view topk_method;  ///< as in config.json
    double balance_loss_alpha;     ///< what its paper used; the default when this strategy is chosen
    double bias_update_speed;      ///< likewise
    std::unique_ptr<Router> (*create)(const ModelConfig& config, std::int64_t layer);
};

/// In the order menus show them; the first is the default.
std::span<const RouterInfo> router_catalog();

/// By id. The error lists what there is.
Result<const RouterInfo*> find_router(std::string_view id);

/// The strategy that a model's config.json implies (scoring_func, topk_method), for evaluation and generation.
Result<const RouterInfo*> router_of(const ModelConfig& config);

} // namespace triptych
