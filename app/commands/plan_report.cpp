// A plan and the planner's checks, as text and as JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/plan_report.h"

#include "app/console/json_line.h"
#include "app/console/numbers.h"
#include "app/console/table.h"
#include "core/cluster/calibration.h"
#include "core/cluster/plan_checks.h"
#include "core/config/parameter_count.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const PlanRequest& request, const ClusterPlan& p)
{
    const PlanMemory& m = p.memory;
    return {{"gpu_hours_per_trillion_tokens", p.gpu_hours_per_trillion_tokens},
            {"days", p.days},
            {"mfu", p.mfu},
            {"step_seconds", p.step_seconds},
            {"memory_per_gpu_bytes", std::llround(m.total())},
            {"usd", p.usd},
            {"layout", {{"pp", p.layout.pp}, {"ep", p.layout.ep}, {"dp", p.layout.dp}}},
            {"schedule", name_of(p.layout.schedule)},
            {"micro_batch", p.layout.micro_batch},
            {"micro_batches", p.micro_batches},
            {"gpus", p.layout.gpus()},
            {"gpu", request.gpu.name},
            {"tokens", request.tokens},
            {"tokens_per_step", p.sequences * request.sequence_length},
            {"tokens_per_second", p.tokens_per_second},
            {"mfu_noncausal", p.mfu_noncausal},
            {"gpu_hours", p.gpu_hours},
            {"work_seconds", p.work_seconds},
            {"bubble_seconds", p.bubble_seconds},
            {"update_seconds", p.update_seconds},
            {"exchange_seconds", p.exchange_seconds},
            {"exposed_exchange_seconds", p.exposed_seconds},
            {"memory_bytes",
             {{"weights", std::llround(m.weights)},
              {"gradients", std::llround(m.gradients)},
              {"optimizer", std::llround(m.optimizer)},
              {"activations", std::llround(m.activations)},
              {"buffers", std::llround(m.buffers)},
              {"capacity", std::llround(p.memory_capacity)}}}};
}

std::string price_source(const PlanRequest& request)
{
    if (request.usd_per_gpu_hour) return "as given";
    for (const auto& [key, figure] : request.gpu.figures)
        if (key == "usd_per_gpu_hour") return fmt::format("{}, {}", figure.source, figure.date);
    return "unknown";
}

std::string time_text(double days)
{
    if (days >= 2) return fmt::format("{:.1f} days", days);
    return fmt::format("{:.{}f} hours", 24 * days, 24 * days < 0.1 ? 6 : 1);
}

/// What would be measured if the planner erred here as it did for trainings that were published.
void print_error(const ClusterPlan& p)
{
    const auto checks = plan_checks();
    if (!checks) return; // says nothing where its figures are missing; --checks says why
    const TrainingErrors errors = training_errors(*checks);
    if (errors.of.empty()) return;
    print(fmt::format("how far off    {:+.1f} % and {:+.1f} % for {}; corrected by that {} to {}, {} to {}\n",
                      100 * errors.least, 100 * errors.largest, errors.of, time_text(p.days / (1 + errors.least)),
                      time_text(p.days / (1 + errors.largest)), grouped(usd_text(p.usd / (1 + errors.least))),
                      grouped(usd_text(p.usd / (1 + errors.largest)))));
}

void print_text(const std::string& model, const PlanRequest& request, const ClusterPlan& p)
{
    const ParameterCount count = count_parameters(request.model);
    const PlanMemory& m = p.memory;
    const double price = request.usd_per_gpu_hour.value_or(request.gpu.usd_per_hour);
    print(fmt::format("{}: {} parameters, {} active, on {} x {}\n", printable(model),
                      count_text(static_cast<double>(count.total)), count_text(static_cast<double>(count.active)),
                      p.layout.gpus(), printable(request.gpu.title)));
    print(fmt::format("layout         PP {} x EP {} x DP {}, {}; {} micro-batches of {} x {} tokens\n", p.layout.pp,
                      p.layout.ep, p.layout.dp, name_of(p.layout.schedule), p.micro_batches, p.layout.micro_batch,
                      request.sequence_length));
    print(fmt::format("step           {:.2f} s for {} tokens: work {:.2f} s, bubble {:.2f} s, update {:.2f} s\n",
                      p.step_seconds, count_text(static_cast<double>(p.sequences * request.sequence_length)),
                      p.work_seconds, p.bubble_seconds, p.update_seconds));
    print(fmt::format("all-to-all     {:.2f} s of a step, of which {:.2f} s stand between kernels\n",
                      p.exchange_seconds, p.exposed_seconds));
    print(
        fmt::format("speed          {} tokens/s; MFU {:.1f} % causal, {:.1f} % with full attention, of the BF16 peak\n",
                    count_text(p.tokens_per_second), 100 * p.mfu, 100 * p.mfu_noncausal));
    print(fmt::format(
        "memory         {} of {} on the fullest GPU: weights {}, gradients {}, optimizer {}, activations {}, "
        "buffers {}\n",
        gigabytes(m.total()), gigabytes(p.memory_capacity), gigabytes(m.weights), gigabytes(m.gradients),
        gigabytes(m.optimizer), gigabytes(m.activations), gigabytes(m.buffers)));
    print(fmt::format("time           {} for {} tokens; {} GPU-hours, {} for 1T tokens\n", time_text(p.days),
                      count_text(request.tokens), count_text(p.gpu_hours),
                      count_text(p.gpu_hours_per_trillion_tokens)));
    print(fmt::format("money          {} at ${:.2f} a GPU-hour ({}); this run only, no failed runs, no people\n",
                      grouped(usd_text(p.usd)), price, printable(price_source(request))));
    print_error(p);
}

const char* name_of(CheckUse use)
{
    return use == CheckUse::Calibrated ? "calibrated" : "checked";
}

void print_table(const std::vector<PlanCheck>& checks)
{
    using enum Table::Align;
    Table table({Left, Right, Right, Left, Right, Left, Left});
    table.add({"figure", "predicted", "published", "unit", "error", "use", "source"});
    for (const PlanCheck& c : checks)
        table.add({c.name, fmt::format("{:.4g}", c.predicted), fmt::format("{:.5g}", c.published), c.unit,
                   fmt::format("{:+.1f}%", 100 * c.error()), name_of(c.use), c.source});
    table.print_all();
}

} // namespace

void show_plan(const std::string& model, const PlanRequest& request, const ClusterPlan& plan, Format format)
{
    if (format == Format::Json)
        print_json(json_of(request, plan));
    else
        print_text(model, request, plan);
}

ExitCode show_plan_checks(Format format)
{
    const auto checks = plan_checks();
    if (!checks) return report(checks.error());
    if (format == Format::Text) {
        print_table(*checks);
        print(fmt::format(
            "Kernels fill {:.1f} % of the time between exchanges: the one number that is calibrated on a whole "
            "training.\n",
            100 * kernel_share()));
        return ExitCode::Done;
    }
    Json rows = Json::array();
    for (const PlanCheck& c : *checks)
        rows.push_back({{"name", c.name},
                        {"unit", c.unit},
                        {"predicted", c.predicted},
                        {"published", c.published},
                        {"error", c.error()},
                        {"use", name_of(c.use)},
                        {"source", c.source}});
    print_json(rows);
    return ExitCode::Done;
}

} // namespace triptych
