// Stages, their seconds and bytes, and the step that the slowest of them makes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/layout_cost.h"

#include "core/cluster/calibration.h"
#include "core/cluster/stage_split.h"
#include "core/config/parameter_count.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// Multiprocessors that all-to-all kernels take (DeepSeek-V3 report section 3.2.2).
constexpr double kExchangeMultiprocessors = 20;
constexpr double kBf16 = 2;
constexpr double kF32 = 4;
/// F32 master copy and two BF16 moments (report section 3.3.3).
constexpr double kOptimizerBytes = kF32 + 2 * kBf16;
/// An update reads gradient, master copy and moments, and writes all but the gradient, and the BF16 weight.
constexpr double kUpdateBytes = kF32 + 2 * kOptimizerBytes + kBf16;
/// Gradients are summed in F32, weights come back in BF16.
constexpr double kSyncBytes = kF32 + kBf16;
/// What driver, libraries and communication buffers hold on each GPU. Assumed.
constexpr double kReservedBytes = 2e9;

/// A stage: sums over its parts.
struct StageLoad {
    PartSeconds alone, beside;
    double exchange = 0;
    double everywhere = 0;   ///< parameters that every GPU of the stage holds
    double spread = 0;       ///< parameters of experts that one GPU holds
    double in_fp8 = 0;       ///< of both, those with a copy in FP8
    double kept_bytes = 0;   ///< of one micro-batch
    double buffer_bytes = 0; ///< of the largest part
};

double buffer_bytes(const PartWork& part, double tokens)
{
    double values = 0;
    for (const LinearWork& linear : part.linears) values += linear.uses * linear.out;
    return tokens * (kBf16 * values + kF32 * part.logits);
}

/// Kernels and an exchange at the same time; or in turn, where the exchange is not worth the multiprocessors it takes.
double overlapped(double kernels, double exchange, double in_turn)
{
    return std::min(std::max(kernels, exchange), in_turn);
}

std::vector<StageLoad> stage_loads(const PlanRequest& request, const std::vector<PartWork>& parts,
                                   const PartCosts& costs, const PlanLayout& layout)
{
    const bool dual = layout.schedule == PipelineSchedule::DualPipe;
    std::vector<double> seconds(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double exchange = 2 * costs.exchange[i];
        const double in_turn = costs.alone[i].sum() / kernel_share() + exchange;
        seconds[i] = dual ? overlapped(costs.beside[i].sum() / kernel_share(), exchange, in_turn) : in_turn;
    }
    const std::vector<std::size_t> begins = split_into_stages(seconds, layout.pp);
    const double tokens = static_cast<double>(layout.micro_batch * request.sequence_length);
    std::vector<StageLoad> stages(static_cast<std::size_t>(layout.pp));
    for (std::size_t s = 0; s < stages.size(); ++s) {
        StageLoad& stage = stages[s];
        for (std::size_t i = begins[s]; i < begins[s + 1]; ++i) {
            stage.alone += costs.alone[i];
            stage.beside += costs.beside[i];
            stage.exchange += costs.exchange[i];
            stage.everywhere += parts[i].parameters(Held::Everywhere);
            stage.spread += parts[i].parameters(Held::Spread) / static_cast<double>(layout.ep);
            for (const LinearWork& linear : parts[i].linears)
                if (linear.format == LinearFormat::OfTraining)
                    stage.in_fp8 +=
                        linear.parameters() / (linear.held == Held::Spread ? static_cast<double>(layout.ep) : 1.0);
            stage.kept_bytes += parts[i].kept_bytes * tokens;
            stage.buffer_bytes = std::max(stage.buffer_bytes, buffer_bytes(parts[i], tokens));
        }
    }
    return stages;
}

/// What one GPU runs and holds: a stage, or, with DualPipe, a stage and its mirror image, each for half of the
/// micro-batches.
struct GpuLoad {
    StageSeconds seconds;
    double exchange = 0; ///< of one micro-batch, forward and backward
    double exposed = 0;  ///< of it, what a micro-batch of the other direction does not hide
    double everywhere = 0, spread = 0, in_fp8 = 0;
    double activations = 0;
    double buffers = 0;
};

GpuLoad single_load(const StageLoad& s, double kept)
{
    const double share = kernel_share();
    GpuLoad load;
    load.seconds.forward = s.alone.forward / share + s.exchange;
    load.seconds.backward = (s.alone.backward_inputs + s.alone.backward_weights) / share + s.exchange;
    load.seconds.weights = s.alone.backward_weights / share;
    load.exchange = load.exposed = 2 * s.exchange;
    load.everywhere = s.everywhere;
    load.spread = s.spread;
    load.in_fp8 = s.in_fp8;
    load.activations = kept * s.kept_bytes;
    load.buffers = s.buffer_bytes;
    return load;
}

GpuLoad pair_load(const StageLoad& a, const StageLoad& b, double kept)
{
    const GpuLoad one = single_load(a, kept / 2);
    const GpuLoad two = single_load(b, kept / 2);
    GpuLoad load;
    load.seconds.forward = (one.seconds.forward + two.seconds.forward) / 2;
    load.seconds.backward = (one.seconds.backward + two.seconds.backward) / 2;
    load.seconds.weights = (one.seconds.weights + two.seconds.weights) / 2;
    load.exchange = (one.exchange + two.exchange) / 2;
    const double kernels = (a.beside.sum() + b.beside.sum()) / 2 / kernel_share();
    const double in_turn = load.seconds.forward + load.seconds.backward;
    load.seconds.both = overlapped(kernels, load.exchange, in_turn);
    load.exposed = load.seconds.both < in_turn ? std::max(0.0, load.exchange - kernels) : load.exchange;
    load.everywhere = one.everywhere + two.everywhere;
    load.spread = one.spread + two.spread;
    load.in_fp8 = one.in_fp8 + two.in_fp8;
    load.activations = one.activations + two.activations;
    load.buffers = std::max(one.buffers, two.buffers);
    return load;
}

std::vector<GpuLoad> gpu_loads(const std::vector<StageLoad>& stages, const PlanLayout& layout,
                               std::int64_t micro_batches)
{
    std::vector<GpuLoad> loads;
    const auto pp = stages.size();
    if (layout.schedule == PipelineSchedule::DualPipe) {
        const double kept = kept_micro_batches(layout.schedule, layout.pp, micro_batches);
        for (std::size_t i = 0; i < pp / 2; ++i) loads.push_back(pair_load(stages[i], stages[pp - 1 - i], kept));
        return loads;
    }
    // The first stage keeps PP micro-batches, the last one.
    for (std::size_t i = 0; i < pp; ++i)
        loads.push_back(single_load(
            stages[i], kept_micro_batches(layout.schedule, layout.pp - static_cast<std::int64_t>(i), micro_batches)));
    return loads;
}

/// What the slowest GPU waits for: the mean of the others, itself where there is no other.
StageSeconds mean_of_others(const std::vector<GpuLoad>& loads, const GpuLoad& slowest)
{
    if (loads.size() == 1) return slowest.seconds;
    const auto count = static_cast<double>(loads.size() - 1);
    StageSeconds mean;
    for (const GpuLoad& load : loads) {
        if (&load == &slowest) continue;
        mean.forward += load.seconds.forward / count;
        mean.backward += load.seconds.backward / count;
        mean.weights += load.seconds.weights / count;
        mean.both += load.seconds.both / count;
    }
    return mean;
}

PlanMemory memory_of(const GpuLoad& load, const PlanRequest& request, const PlanLayout& layout)
{
    const double parameters = load.everywhere + load.spread;
    const double directions = held_stages(layout.schedule);
    PlanMemory memory;
    memory.weights = kBf16 * parameters + (request.format == TrainFormat::Fp8 ? load.in_fp8 : 0);
    memory.gradients = kF32 * parameters;
    memory.optimizer =
        kOptimizerBytes *
        (load.everywhere / static_cast<double>(layout.dp) + load.spread / static_cast<double>(layout.dp / layout.ep)) /
        directions;
    memory.activations = load.activations;
    memory.buffers = load.buffers + kReservedBytes;
    return memory;
}

/// Seconds to sum `bytes` over `replicas` GPUs, or to send them to all: within NVLink domains first, where `local` of
/// them stand together, then each GPU its part over the network.
double sync_seconds(double bytes, double replicas, double local, const Gpu& gpu)
{
    local = std::min(local, replicas);
    const double domains = replicas / local;
    const ReachedBandwidth reached = reached_bandwidth(gpu);
    return bytes * (local - 1) / local / reached.nvlink + bytes / local * (domains - 1) / domains / reached.network;
}

double update_seconds(const GpuLoad& load, const PlanRequest& request, const PlanLayout& layout)
{
    const double directions = held_stages(layout.schedule);
    const auto dp = static_cast<double>(layout.dp);
    const double groups = dp / static_cast<double>(layout.ep);
    const auto domain = static_cast<double>(request.gpu.domain);
    const double local_groups = std::max(1.0, std::floor(domain / static_cast<double>(layout.ep)));
    const double mine = (load.everywhere / dp + load.spread / groups) / directions;
    return sync_seconds(kSyncBytes * load.everywhere, dp * directions, domain, request.gpu) +
           sync_seconds(kSyncBytes * load.spread, groups * directions, local_groups, request.gpu) +
           KernelRates(request.gpu, request.gpu.multiprocessors).memory_seconds(kUpdateBytes * mine);
}

/// Everything that follows from the time of a step.
void fill_totals(ClusterPlan& plan, const PlanRequest& request)
{
    const auto gpus = static_cast<double>(plan.layout.gpus());
    plan.step_seconds = plan.work_seconds + plan.bubble_seconds + plan.update_seconds;
    plan.tokens_per_second =
        static_cast<double>(plan.sequences) * static_cast<double>(request.sequence_length) / plan.step_seconds;
    const double peak = gpus * request.gpu.bf16_flops;
    const auto flops = [&](CountMask mask) {
        return training_flops_per_token(request.model, request.sequence_length, mask);
    };
    plan.mfu = plan.tokens_per_second * flops(CountMask::Causal) / peak;
    plan.mfu_noncausal = plan.tokens_per_second * flops(CountMask::Full) / peak;
    plan.gpu_hours_per_trillion_tokens = 1e12 / plan.tokens_per_second * gpus / 3600;
    plan.gpu_hours = plan.gpu_hours_per_trillion_tokens * request.tokens / 1e12;
    plan.days = request.tokens / plan.tokens_per_second / 86400;
    plan.usd = plan.gpu_hours * request.usd_per_gpu_hour.value_or(request.gpu.usd_per_hour);
}

} // namespace

PartCosts part_costs(const PlanRequest& request, const std::vector<PartWork>& parts, std::int64_t ep,
                     std::int64_t micro_batch)
{
    const double all = request.gpu.multiprocessors;
    const double left = ep > 1 ? std::max(all / 2, all - kExchangeMultiprocessors) : all;
    const KernelRates alone(request.gpu, all);
    const KernelRates beside(request.gpu, left);
    const auto length = static_cast<double>(request.sequence_length);
    const double tokens = static_cast<double>(micro_batch) * length;
    const double exchange = expert_exchange_seconds(request.model, request.gpu, expert_group(ep, request.gpu.domain),
                                                    request.format, tokens);
    PartCosts costs;
    for (const PartWork& part : parts) {
        costs.alone.push_back(part_seconds(part, alone, request.format, tokens, length, ep));
        costs.beside.push_back(ep > 1 ? part_seconds(part, beside, request.format, tokens, length, ep)
                                      : costs.alone.back());
        costs.exchange.push_back(part.all_to_alls * exchange);
    }
    return costs;
}

std::int64_t wanted_micro_batches(const PlanRequest& request, const PlanLayout& layout)
{
    const std::int64_t at_once = layout.dp * layout.micro_batch;
    return (request.batch + at_once - 1) / at_once;
}

ClusterPlan layout_cost(const PlanRequest& request, const std::vector<PartWork>& parts, const PartCosts& costs,
                        const PlanLayout& layout)
{
    ClusterPlan plan;
    plan.layout = layout;
    plan.micro_batches = micro_batches_for(layout.schedule, layout.pp, wanted_micro_batches(request, layout));
    plan.sequences = plan.micro_batches * layout.dp * layout.micro_batch;
    plan.memory_capacity = request.memory_limit.value_or(request.gpu.memory_bytes);
    const std::vector<GpuLoad> loads =
        gpu_loads(stage_loads(request, parts, costs, layout), layout, plan.micro_batches);
    const auto work = [&](const GpuLoad& load) {
        return work_seconds(layout.schedule, layout.pp, plan.micro_batches, load.seconds);
    };
    const GpuLoad* slowest = loads.data();
    for (const GpuLoad& load : loads) {
        if (work(load) > work(*slowest)) slowest = &load;
        plan.exchange_seconds =
            std::max(plan.exchange_seconds, static_cast<double>(plan.micro_batches) * load.exchange);
        const PlanMemory memory = memory_of(load, request, layout);
        if (memory.total() > plan.memory.total()) plan.memory = memory;
        plan.update_seconds = std::max(plan.update_seconds, update_seconds(load, request, layout));
    }
    plan.stage = slowest->seconds;
    plan.work_seconds = work(*slowest);
    plan.others = mean_of_others(loads, *slowest);
    plan.bubble_seconds = bubble_seconds(layout.schedule, layout.pp, plan.others);
    const auto lone = static_cast<double>(lone_micro_batches(layout.schedule, layout.pp, plan.micro_batches));
    plan.exposed_seconds =
        lone * slowest->exchange + (static_cast<double>(plan.micro_batches) - lone) * slowest->exposed;
    fill_totals(plan, request);
    return plan;
}

} // namespace triptych
