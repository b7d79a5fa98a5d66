// triptych plan: what would a training take on that cluster, and what is the cheapest way to lay it out?
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/commands/plan_report.h"
#include "core/cluster/planner.h"
#include "core/config/preset.h"

#include <algorithm>
#include <memory>

namespace triptych {

namespace {

constexpr std::int64_t kPublishedLength = 4096;

struct PlanOptions {
    std::string model;
    std::string gpu = "h800";
    std::string format = "fp8";
    std::optional<std::string> schedule;
    std::optional<std::int64_t> sequence_length;
    PlanRequest request;
    bool checks = false;
    Format output = Format::Text;
};

ExitCode plan(PlanOptions& options)
{
    if (options.checks) return show_plan_checks(options.output);
    if (options.model.empty())
        return report_usage({"plan needs a --model", "Give a preset, as in: triptych plan --model deepseek-v3"});
    auto model = load_model_config(options.model);
    if (!model) return report(model.error());
    auto gpu = load_gpu(options.gpu);
    if (!gpu) return report(gpu.error());
    PlanRequest& request = options.request;
    request.model = model.take();
    request.gpu = gpu.take();
    request.format = options.format == "bf16" ? TrainFormat::Bf16 : TrainFormat::Fp8;
    if (options.schedule) request.schedule = schedule_from_name(*options.schedule);
    request.sequence_length =
        options.sequence_length.value_or(std::min(kPublishedLength, request.model.max_position_embeddings));
    const auto found = plan_cluster(request);
    if (!found) return report(found.error());
    show_plan(options.model, request, *found, options.output);
    return ExitCode::Done;
}

void add_layout_options(CLI::App& command, PlanOptions& options)
{
    PlanRequest& request = options.request;
    const auto whole = [&](const char* name, std::optional<std::int64_t>& target, const char* text) {
        command.add_option(name, target, text)->option_text("N")->check(whole_number(1));
    };
    whole("--pp", request.pp, "Pipeline stages; where not given the cheapest");
    whole("--ep", request.ep, "GPUs that share the experts of a layer; likewise");
    whole("--dp", request.dp, "Pipelines side by side; pp x dp GPUs in all");
    whole("--micro-batch", request.micro_batch, "Sequences of a micro-batch; likewise");
    command.add_option("--schedule", options.schedule, "Of the pipeline; likewise")
        ->option_text("1f1b,zb1p,dualpipe")
        ->check(one_of({"1f1b", "zb1p", "dualpipe"}));
}

} // namespace

Action add_plan(CLI::App& command)
{
    auto options = std::make_shared<PlanOptions>();
    PlanRequest& request = options->request;
    command.add_option("--model", options->model, "Preset, config.json, or folder with one")->option_text("NAME|FILE");
    command.add_option("--gpu", options->gpu, "Preset of a GPU; h800 where not given")->option_text("NAME");
    command.add_option("--gpus", request.gpus, "How many; 2048 where not given")
        ->option_text("N")
        ->check(whole_number(1, 1'000'000));
    add_layout_options(command, *options);
    command.add_option("--tokens", request.tokens, "To train on; 14.8e12 where not given")
        ->option_text("N")
        ->check(number(1, 1e18));
    command.add_option("--seq", options->sequence_length, "Tokens of a sequence; else 4096 or the model's positions")
        ->option_text("N")
        ->check(whole_number(2));
    command.add_option("--batch", request.batch, "Sequences of a step; 15360 where not given")
        ->option_text("N")
        ->check(whole_number(1, 1'000'000'000));
    command.add_option("--precision", options->format, "Of the linear layers; fp8 where not given")
        ->option_text("fp8,bf16")
        ->check(one_of({"fp8", "bf16"}));
    command
        .add_option("--deadline-days", request.deadline_days, "Be done by then, on that many GPUs or a divisor of it")
        ->option_text("X")
        ->check(number_above(0));
    command.add_option("--price", request.usd_per_gpu_hour, "USD for a GPU-hour; else that of the GPU's preset")
        ->option_text("X")
        ->check(number(0, kMostUsdPerGpuHour));
    command.add_flag("--checks", options->checks, "Instead: what the planner says against published figures");
    add_json(command, options->output);
    command.footer("What is not given of the layout is searched for: the cheapest that fits into memory and deadline.\n"
                   "How it computes, and how far it is off, is in docs/planner.md.\n\n"
                   "Examples:\n"
                   "  triptych plan --model deepseek-v3 --gpu h800 --gpus 2048 --pp 16 --ep 64 --dp 128\n"
                   "  triptych plan --model deepseek-v3 --gpu b200 --gpus 4096 --deadline-days 30\n"
                   "  triptych plan --checks\n");
    return [options] { return plan(*options); };
}

} // namespace triptych
