// triptych train: a training run, or the rest of one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/commands/train_output.h"
#include "app/console/stop_signal.h"
#include "core/config/settings.h"
#include "core/config/train_config.h"
#include "core/session/run_setup.h"
#include "core/session/training_run.h"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <ctime>
#include <utility>

namespace triptych {

namespace {

struct TrainOptions {
    RunRequest request;
    std::string precision;
    std::string fork; ///< "RUN@STEP"
    Format format = Format::Text;
};

/// "runs/tiny-20250301-120000": of a config.json the name of its folder.
std::string default_run_folder(const std::string& model)
{
    std::filesystem::path path = model;
    std::string name = path.stem().string();
    if (path.filename() == "config.json" && path.has_parent_path()) name = path.parent_path().filename().string();
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 32> stamp{};
    std::strftime(stamp.data(), stamp.size(), "%Y%m%d-%H%M%S", &local);
    return "runs/" + name + "-" + stamp.data();
}

/// A setting that no model could make right was typed wrongly.
Status check_settings(const std::vector<std::string>& settings)
{
    ModelConfig model;
    TrainConfig train;
    for (const std::string& setting : settings)
        if (const Status applied = apply_setting(model, train, setting); !applied) return applied;
    return {};
}

/// Steps until a limit or until somebody stops it; returns the reason.
std::string train_to_the_end(TrainingRun& run, const StopSignal& stop)
{
    for (;;) {
        if (stop.requested()) return "stopped";
        if (!print_now("")) return "stopped: nobody reads the output any more";
        if (std::string reason = run.finish_reason(); !reason.empty()) return reason;
        run.step();
    }
}

ExitCode train(const TrainOptions& options)
{
    RunRequest request = options.request;
    if (!options.fork.empty())
        if (const Status read = read_fork(options.fork, request); !read) return report_usage(read.error());
    if (const Status valid = check_settings(request.settings); !valid) return report_usage(valid.error());
    if (!options.precision.empty()) request.settings.push_back("precision=" + options.precision);
    const bool fork = !request.fork.empty();
    if (request.resume.empty() && request.run_folder.empty())
        request.run_folder = default_run_folder(fork ? request.fork + "-fork" : request.model);

    if (fork || !request.resume.empty()) request.moved_data = std::exchange(request.data, {});

    const StopSignal stop;
    // `triptych train | head`: the run is saved when its reader has gone.
    std::signal(SIGPIPE, SIG_IGN);
    const auto output = make_train_output(options.format, request);
    auto run = TrainingRun::open(request, *output);
    if (!run) return report(run.error());
    std::string reason = "failed";
    std::optional<Error> failure;
    try {
        reason = train_to_the_end(**run, stop);
        (*run)->finish(reason);
    } catch (const std::exception& e) {
        failure = failure_of(e);
        (*run)->abandon(*failure);
    }
    output->end(reason);
    if (failure) report(*failure);
    if (const auto unsaved = output->unsaved()) report({"not everything could be saved: " + *unsaved, ""});
    if (failure || output->unsaved()) return ExitCode::Failed;
    if (!reason.starts_with("stopped")) return ExitCode::Done;
    if (options.format == Format::Text)
        print("Everything is saved. Go on by: triptych train --resume " + output->started().run_folder + "\n");
    return ExitCode::Stopped;
}

std::string settings_help()
{
    std::string text = "Settings of a training (--set key=value), with their defaults:\n";
    const TrainConfig defaults;
    for (const auto& field : train_config_fields())
        text += fmt::format("  {:<28} {:<14} {}\n", field.key, to_string(get(field, defaults)), field.doc);
    return text + "The keys of config.json are settings too, and change the model: --set num_hidden_layers=6\n\n"
                  "Examples:\n"
                  "  triptych train --model tiny --data builtin:mixed --run runs/first --minutes 2\n"
                  "  triptych train --model small --data novel.txt notes/ --steps 2000 --set learning_rate=0.0005\n"
                  "  triptych train --resume runs/first --minutes 10\n"
                  "  triptych train --fork runs/first@500 --run runs/slower --set learning_rate=0.0003\n\n"
                  "Ctrl-C finishes the step, saves and exits with 130; a second Ctrl-C ends at once.\n";
}

} // namespace

Action add_train(CLI::App& command)
{
    auto options = std::make_shared<TrainOptions>();
    RunRequest& request = options->request;
    request.model.clear(); // both must be given, unless a run is resumed
    request.data.clear();
    auto* model = command.add_option("--model", request.model, "Preset, config.json, or folder with one")
                      ->option_text("NAME|FILE");
    auto* data =
        command
            .add_option(
                "--data", request.data,
                "Text files, folders, builtin:mixed or builtin:DOMAIN, each with @SHARE if you like; with --resume "
                "and --fork: where moved data lie now")
            ->option_text("SPEC...");
    auto* run =
        command.add_option("--run", request.run_folder, "New folder of the run; without it runs/MODEL-DATE-TIME")
            ->option_text("DIR");
    auto* resume =
        command.add_option("--resume", request.resume, "Go on with this run, bit for bit as if it had never stopped")
            ->option_text("RUN");
    auto* fork = command
                     .add_option("--fork", options->fork,
                                 "A new run that begins with a checkpoint of this one, the latest without @STEP; --set "
                                 "changes settings of the training")
                     ->option_text("RUN@STEP");
    command.add_option("--steps", request.max_steps, "Stop after this step of the run; without a limit Ctrl-C stops")
        ->option_text("N")
        ->check(whole_number(1));
    command.add_option("--tokens", request.max_tokens, "Stop after so many tokens of the run")
        ->option_text("N")
        ->check(whole_number(1));
    command.add_option("--minutes", request.max_minutes, "Stop after so many minutes from now")
        ->option_text("M")
        ->check(number_above(0));
    auto* precision = add_precision(command, options->precision);
    command.add_option("--device", request.device, "Where to train; cpu where not given")
        ->option_text("cpu,cuda")
        ->check(one_of({"cpu", "cuda"}));
    auto* settings = command.add_option("--set", request.settings, "A setting of model or training, again and again")
                         ->option_text("KEY=VALUE")
                         ->expected(1)
                         ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command.add_option("--checkpoint-every", request.checkpoint_every, "Save every N steps too, not only at the end")
        ->option_text("N")
        ->check(whole_number(1));
    add_json(command, options->format);
    for (CLI::Option* own : {model, run, precision, settings, fork}) resume->excludes(own);
    fork->excludes(model);
    command.footer(settings_help());
    return [options, model, data, resume, fork] {
        if (resume->empty() && fork->empty())
            for (const CLI::Option* needed : {model, data})
                if (needed->empty())
                    return report_usage({needed->get_name() + " is required", "See triptych train --help"});
        return train(*options);
    };
}

} // namespace triptych
