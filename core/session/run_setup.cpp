// Resolving a run request.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_setup.h"

#include "core/config/preset.h"
#include "core/config/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace triptych {

namespace {

/// A router is part of the model too: its scores and its bias are in config.json.
Status choose_router(const std::string& id, ModelConfig& model, TrainConfig& train)
{
    const auto info = find_router(id);
    if (!info) return info.error();
    train.router = id;
    train.balance_loss_alpha = (*info)->balance_loss_alpha;
    train.bias_update_speed = (*info)->bias_update_speed;
    model.scoring_func = (*info)->scoring_func;
    model.topk_method = (*info)->topk_method;
    return {};
}

Status apply_in_order(const std::vector<std::string>& settings, ModelConfig& model, TrainConfig& train)
{
    constexpr std::string_view kRouter = "router=";
    for (const std::string& setting : settings) {
        const bool router = setting.starts_with(kRouter);
        const Status applied = router ? choose_router(setting.substr(kRouter.size()), model, train)
                                      : apply_setting(model, train, setting);
        if (!applied) return applied;
    }
    return {};
}

/// Steps that the limits of the request amount to; 0 where only time limits it.
std::int64_t planned_steps(const RunRequest& request, const TrainConfig& train)
{
    if (train.schedule_steps > 0) return train.schedule_steps;
    if (request.max_steps > 0) return request.max_steps;
    if (request.max_tokens > 0) return (request.max_tokens + train.tokens_per_step() - 1) / train.tokens_per_step();
    return 0;
}

} // namespace

Result<RunSetup> resolve_setup(const RunRequest& request)
{
    RunSetup setup;
    setup.request = request;
    if (request.device != "cpu")
        return Error{fmt::format("training on \"{}\" is not possible in this version", request.device),
                     "Use --device cpu; the CUDA kernels of this version are for selftest."};
    auto model = load_model_config(request.model);
    if (!model) return model.error();
    setup.model = model.take();
    const auto implied = router_of(setup.model);
    if (!implied) return implied.error();
    if (const Status chosen = choose_router(std::string((*implied)->id), setup.model, setup.train); !chosen)
        return chosen.error();
    if (const Status applied = apply_in_order(request.settings, setup.model, setup.train); !applied)
        return applied.error();
    if (setup.train.threads == 0) setup.train.threads = std::max(1U, std::thread::hardware_concurrency());
    for (const Status& valid :
         {validate(setup.model), validate(setup.train), validate(setup.train, setup.model)})
        if (!valid) return valid.error();
    if (setup.train.precision != "f32" && setup.train.precision != "f64")
        return Error{fmt::format("precision \"{}\" is not possible on the CPU in this version", setup.train.precision),
                     "Use f32, or f64 for reference results."};
    setup.dtype = setup.train.precision == "f64" ? DType::F64 : DType::F32;
    const auto router = find_router(setup.train.router);
    if (!router) return router.error();
    setup.router = *router;
    setup.schedule_steps = planned_steps(request, setup.train);
    return setup;
}

} // namespace triptych
