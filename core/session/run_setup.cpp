// Resolving a run request.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_setup.h"

#include "kernels/base/device.h"

#include "core/config/preset.h"
#include "core/config/settings.h"
#include "core/data/data_spec.h"
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>

namespace triptych {

namespace {

constexpr std::int64_t kMostSteps = 1'000'000'000'000; // of a plan; more is no end

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

/// The plan of a resumed run; see resume_setup().
std::int64_t plan_again(const RunRequest& request, const TrainConfig& train, std::int64_t planned,
                        const TrainProgress& progress)
{
    if (planned == 0) return planned;
    std::int64_t end = planned_steps(request, train); // where the plan is a setting, that
    // Time does not tell how many steps: as long as the plan lasts it is kept.
    if (end == 0 && progress.step >= planned && progress.device_seconds > 0) {
        const double steps = request.max_minutes * 60 / progress.device_seconds * static_cast<double>(progress.step);
        end = progress.step + static_cast<std::int64_t>(std::min(std::ceil(steps), static_cast<double>(kMostSteps)));
    }
    return end > planned && end <= kMostSteps ? end : planned;
}

/// The specs of a resumed run whose data were moved; each keeps the share that it had in the mixture.
Result<std::vector<std::string>> moved_specs(const std::vector<ManifestData>& recorded,
                                             const std::vector<std::string>& given)
{
    if (given.size() != recorded.size()) {
        std::string all;
        for (const ManifestData& data : recorded) all += " " + data.spec;
        return Error{fmt::format("--data names {} of the {} data that the run was started on", given.size(),
                                 recorded.size()),
                     "Say for each where it lies now, in this order:" + all + "."};
    }
    std::vector<std::string> specs;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto was = DataSpec::parse(recorded[i].spec);
        const auto is = DataSpec::parse(given[i]);
        if (!was) return was.error();
        if (!is) return is.error();
        if (is->weight && is->weight != was->weight)
            return Error{"a resumed run keeps its mixture, but " + given[i] + " has another share than " +
                             recorded[i].spec,
                         "Resume without the share, or start a new run."};
        const bool add = was->weight && !is->weight;
        specs.push_back(given[i] + (add ? recorded[i].spec.substr(recorded[i].spec.rfind('@')) : ""));
    }
    return specs;
}

/// A limit of zero is none; less is a mistake.
Status check_limits(const RunRequest& request)
{
    const auto wrong = [](const char* what, auto value) {
        return Error{fmt::format("the limit of {} is {}, expected 0 (none) or more", what, value),
                     "Give a positive limit, or leave it out to train until you stop."};
    };
    if (request.max_steps < 0) return wrong("steps", request.max_steps);
    if (request.max_tokens < 0) return wrong("tokens", request.max_tokens);
    if (!(request.max_minutes >= 0)) return wrong("minutes", request.max_minutes);
    if (request.checkpoint_every < 0) return wrong("steps between checkpoints", request.checkpoint_every);
    return {};
}

/// Device and precision that this version can train in.
Status check_possible(const RunSetup& setup)
{
    if (setup.request.device != "cpu")
        return Error{fmt::format("training on \"{}\" is not possible in this version", setup.request.device),
                     "Use --device cpu; the CUDA kernels of this version are for selftest."};
    if (setup.train.precision == "fp8-sim")
        return Error{fmt::format("precision \"{}\" is not possible on the CPU in this version", setup.train.precision),
                     "Use bf16 or f32, or f64 for reference results."};
    return {};
}

} // namespace

Result<RunSetup> resolve_setup(const RunRequest& request)
{
    if (const Status limits = check_limits(request); !limits) return limits.error();
    RunSetup setup;
    setup.request = request;
    auto model = load_model_config(request.model);
    if (!model) return model.error();
    setup.model = model.take();
    const auto implied = router_of(setup.model);
    if (!implied) return implied.error();
    if (const Status chosen = choose_router(std::string((*implied)->id), setup.model, setup.train); !chosen)
        return chosen.error();
    if (const Status applied = apply_in_order(request.settings, setup.model, setup.train); !applied)
        return applied.error();
    if (setup.train.precision == "auto") setup.train.precision = has_bfloat16_products() ? "bf16" : "f32";
    if (setup.train.threads == 0) setup.train.threads = std::max(1U, std::thread::hardware_concurrency());
    for (const Status& valid :
         {validate(setup.model), validate(setup.train), validate(setup.train, setup.model)})
        if (!valid) return valid.error();
    if (const Status possible = check_possible(setup); !possible) return possible.error();
    setup.precision = precision_of(setup.train.precision);
    const auto router = find_router(setup.train.router);
    if (!router) return router.error();
    setup.router = *router;
    setup.schedule_steps = planned_steps(request, setup.train);
    return setup;
}

Result<RunSetup> setup_from_manifest(const Manifest& manifest, const std::string& run_folder)
{
    const auto router = find_router(manifest.train.router);
    if (!router) return router.error();
    RunSetup setup;
    setup.request.run_folder = run_folder;
    setup.request.model = manifest.model_name;
    setup.request.data.clear();
    for (const ManifestData& data : manifest.data) setup.request.data.push_back(data.spec);
    setup.model = manifest.model;
    setup.train = manifest.train;
    setup.router = *router;
    setup.schedule_steps = manifest.schedule_steps;
    setup.precision = precision_of(setup.train.precision);
    return setup;
}

Result<ResumedRun> resume_setup(const RunRequest& request)
{
    if (const Status limits = check_limits(request); !limits) return limits.error();
    if (!request.settings.empty())
        return Error{"a resumed run keeps its settings, but " + request.settings.front() + " was given anew",
                     "Resume without --set, or start a new run."};
    auto manifest = read_manifest(request.resume);
    if (!manifest) return manifest.error();
    auto session = SessionFile::take(request.resume); // before anything is read that its holder may still change
    if (!session) return session.error();
    const auto latest = latest_checkpoint(request.resume);
    if (!latest)
        return Error{request.resume + " has no checkpoint to go on from",
                     "Start the run anew; --checkpoint-every N saves on the way."};
    auto checkpoint = HfCheckpoint::open(*latest);
    if (!checkpoint) return checkpoint.error();
    auto state = read_train_state(*checkpoint);
    if (!state) return state.error();
    if (checkpoint->config() != manifest->model)
        return Error{latest->string() + " is a checkpoint of another model than run.json describes",
                     "Put back the run's own checkpoints."};

    auto described = setup_from_manifest(*manifest, request.resume);
    if (!described) return described.error();
    RunSetup setup = described.take();
    RunRequest resumed = request;
    resumed.run_folder = setup.request.run_folder;
    resumed.model = setup.request.model;
    resumed.data = setup.request.data;
    if (!request.moved_data.empty()) {
        auto moved = moved_specs(manifest->data, request.moved_data);
        if (!moved) return moved.error();
        resumed.data = moved.take();
    }
    if (request.max_steps == 0 && request.max_tokens == 0 && request.max_minutes == 0)
        resumed.max_steps = setup.schedule_steps;
    setup.request = std::move(resumed);
    setup.train = state->config; // with what was changed while it ran
    setup.schedule_steps = plan_again(request, setup.train, manifest->schedule_steps, state->progress);
    if (const Status possible = check_possible(setup); !possible) return possible.error();
    if (const Status fits = validate(setup.train, setup.model); !fits) return fits.error();
    return ResumedRun{std::move(setup), session.take(), checkpoint.take(), std::move(manifest->data),
                      manifest->schedule_steps};
}

} // namespace triptych
