// Resolving a run request.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_setup.h"

#include "core/config/model_config_fields.h"
#include "core/config/preset.h"
#include "core/config/settings.h"
#include "core/data/data_spec.h"
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"
#include "kernels/base/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <thread>

namespace triptych {

namespace fs = std::filesystem;

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
        const Status applied =
            router ? choose_router(setting.substr(kRouter.size()), model, train) : apply_setting(model, train, setting);
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
        return Error{
            fmt::format("--data names {} of the {} data that the run was started on", given.size(), recorded.size()),
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

/// What is left to this machine.
void choose_for_machine(TrainConfig& train)
{
    if (train.precision == "auto") train.precision = has_bfloat16_products() ? "bf16" : "f32";
    if (train.threads == 0) train.threads = std::max(1U, std::thread::hardware_concurrency());
}

/// "key=value" of those that differ.
std::vector<std::string> changed_settings(const TrainConfig& before, const TrainConfig& after)
{
    std::vector<std::string> changed;
    for (const auto& field : train_config_fields())
        if (get(field, before) != get(field, after))
            changed.push_back(field.key + ("=" + to_string(get(field, after))));
    return changed;
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
    choose_for_machine(setup.train);
    for (const Status& valid : {validate(setup.model), validate(setup.train), validate(setup.train, setup.model)})
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

namespace {

struct Continued {
    RunSetup setup;
    HfCheckpoint checkpoint;
    TrainState state; ///< of the checkpoint
};

/// The run of this manifest from one of its checkpoints on, with the limits and the settings of the request.
Result<Continued> go_on_from(const fs::path& folder, const Manifest& manifest, const RunRequest& request,
                             const std::string& run_folder)
{
    auto checkpoint = HfCheckpoint::open(folder);
    if (!checkpoint) return checkpoint.error();
    auto state = read_train_state(*checkpoint);
    if (!state) return state.error();
    if (checkpoint->config() != manifest.model)
        return Error{folder.string() + " is a checkpoint of another model than run.json describes",
                     "Put back the run's own checkpoints."};
    auto described = setup_from_manifest(manifest, run_folder);
    if (!described) return described.error();
    RunSetup setup = described.take();
    RunRequest continued = request;
    continued.run_folder = setup.request.run_folder;
    continued.model = setup.request.model;
    continued.data = setup.request.data;
    if (!request.moved_data.empty()) {
        auto moved = moved_specs(manifest.data, request.moved_data);
        if (!moved) return moved.error();
        continued.data = moved.take();
    }
    setup.train = state->config; // with what was changed while it ran
    if (const Status applied = apply_settings(setup.model, setup.train, request.settings); !applied)
        return applied.error();
    choose_for_machine(setup.train);
    setup.precision = precision_of(setup.train.precision);
    const bool planned_anew = setup.train.schedule_steps != state->config.schedule_steps;
    setup.schedule_steps = planned_anew ? planned_steps(request, setup.train)
                                        : plan_again(request, setup.train, manifest.schedule_steps, state->progress);
    if (request.max_steps == 0 && request.max_tokens == 0 && request.max_minutes == 0)
        continued.max_steps = planned_anew ? setup.schedule_steps : manifest.schedule_steps;
    setup.request = std::move(continued);
    if (const Status possible = check_possible(setup); !possible) return possible.error();
    if (const Status fits = validate(setup.train, setup.model); !fits) return fits.error();
    return Continued{std::move(setup), checkpoint.take(), state.take()};
}

/// The one that the request names, or the latest.
Result<fs::path> checkpoint_to_fork(const RunRequest& request)
{
    if (request.fork_step < 0) {
        if (const auto latest = latest_checkpoint(request.fork)) return *latest;
        return Error{request.fork + " has no checkpoint to fork",
                     "A run saves when it ends; --checkpoint-every N saves on "
                     "the way."};
    }
    std::string others;
    for (const StoredCheckpoint& stored : list_checkpoints(request.fork)) {
        if (stored.step == request.fork_step) return stored.path;
        others += (others.empty() ? "" : ", ") + std::to_string(stored.step);
    }
    return Error{fmt::format("{} has no checkpoint of step {}", request.fork, request.fork_step),
                 others.empty() ? "It has none at all: train it further, a run saves when it ends."
                                : "It has those of the steps " + others + "."};
}

} // namespace

Result<ResumedRun> resume_setup(const RunRequest& request)
{
    if (const Status limits = check_limits(request); !limits) return limits.error();
    if (!request.settings.empty())
        return Error{"a resumed run keeps its settings, but " + request.settings.front() + " was given anew",
                     "Resume without --set, fork the run, or start a new one."};
    auto manifest = read_manifest(request.resume);
    if (!manifest) return manifest.error();
    auto session = SessionFile::take(request.resume); // before anything is read that its holder may still change
    if (!session) return session.error();
    const auto latest = latest_checkpoint(request.resume);
    if (!latest)
        return Error{request.resume + " has no checkpoint to go on from",
                     "Start the run anew; --checkpoint-every N saves on the way."};
    auto continued = go_on_from(*latest, *manifest, request, request.resume);
    if (!continued) return continued.error();
    return ResumedRun{std::move(continued->setup), session.take(), std::move(continued->checkpoint),
                      std::move(manifest->data), manifest->schedule_steps};
}

Status read_fork(const std::string& text, RunRequest& request)
{
    const std::size_t at = text.rfind('@');
    request.fork = text.substr(0, at);
    request.fork_step = -1;
    if (at == text.npos) return {};
    const std::string step = text.substr(at + 1);
    const char* end = step.data() + step.size();
    const auto read = std::from_chars(step.data(), end, request.fork_step);
    if (read.ec == std::errc() && read.ptr == end && request.fork_step >= 0) return {};
    return Error{"the step of --fork is \"" + step + "\", expected a whole number",
                 "Write the folder of a run and the step of one of its checkpoints: runs/first@500."};
}

Status check_fork_settings(const Manifest& parent, const std::vector<std::string>& settings)
{
    for (const std::string& setting : settings) {
        const std::string key = setting.substr(0, setting.find('='));
        if (key == "validation_fraction")
            return Error{
                "validation_fraction says which texts are held out: a fork would be tested on texts that it was "
                "trained on",
                "Leave it as it is, or start a new run."};
        const bool of_model = find_field(model_config_fields(), key) || key.starts_with("rope_scaling");
        if (of_model || key == "router")
            return Error{
                key + " belongs to the model, whose weights come from the checkpoint",
                "Change settings of the training in a fork (learning_rate, batch_size, ...), or start a new run "
                "with --set " +
                    setting + "."};
    }
    ModelConfig model = parent.model;
    TrainConfig train = parent.train;
    return apply_settings(model, train, settings);
}

Result<ForkedRun> fork_setup(const RunRequest& request)
{
    if (const Status limits = check_limits(request); !limits) return limits.error();
    auto manifest = read_manifest(request.fork);
    if (!manifest) return manifest.error();
    if (const Status possible = check_fork_settings(*manifest, request.settings); !possible) return possible.error();
    const auto from = checkpoint_to_fork(request);
    if (!from) return from.error();
    auto continued = go_on_from(*from, *manifest, request, request.run_folder);
    if (!continued) return continued.error();
    RunSetup& setup = continued->setup;
    const TrainState& state = continued->state;
    std::error_code failed;
    const fs::path parent = fs::absolute(request.fork, failed).lexically_normal();
    setup.forked_from = ForkOrigin{(failed ? fs::path(request.fork) : parent).string(), state.progress.step,
                                   changed_settings(state.config, setup.train)};
    const std::int64_t end = setup.request.max_steps;
    if (end > 0 && end <= state.progress.step)
        return Error{
            fmt::format("the fork would end at step {}, where its checkpoint is ({})", end, state.progress.step),
            "Train further by --steps N, or fork an earlier step."};
    return ForkedRun{std::move(setup), std::move(continued->checkpoint), std::move(manifest->data),
                     manifest->schedule_steps};
}

} // namespace triptych
