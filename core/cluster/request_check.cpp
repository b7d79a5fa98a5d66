// What makes a request senseless, in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/planner.h"

#include <fmt/format.h>

#include <cmath>

namespace triptych {

namespace {

constexpr std::int64_t kMostGpus = 1'000'000;
constexpr double kMostTokens = 1e18;

using Fault = std::optional<PlanFault>;
using enum PlanField;

Fault fault(PlanField field, std::string what, std::string hint)
{
    return PlanFault{field, {std::move(what), std::move(hint)}};
}

Fault in_range(PlanField field, const char* what, std::int64_t value, std::int64_t most)
{
    if (value >= 1 && value <= most) return {};
    return fault(field, fmt::format("{} is {}, expected 1 to {}", what, value, most),
                 fmt::format("Give a number from 1 to {}.", most));
}

Fault check_numbers(const PlanRequest& r)
{
    const auto none = [](PlanField field, const char* what, double value) {
        return fault(field, fmt::format("{} is {}, expected more than 0", what, value), "Give a positive number.");
    };
    const auto too_much = [](PlanField field, const char* what, double value, double most) {
        return fault(field, fmt::format("{} is {}, expected at most {}", what, value, most),
                     fmt::format("Give {} or less.", most));
    };
    if (const Fault s = in_range(Gpus, "the number of GPUs", r.gpus, kMostGpus); s) return s;
    if (const Fault s = in_range(Batch, "the batch", r.batch, 1'000'000'000); s) return s;
    if (r.sequence_length < 2 || r.sequence_length > r.model.max_position_embeddings)
        return fault(SequenceLength,
                     fmt::format("the sequence length is {}, but the model has {} positions", r.sequence_length,
                                 r.model.max_position_embeddings),
                     fmt::format("Give a length from 2 to {}.", r.model.max_position_embeddings));
    if (!(r.tokens >= 1)) return none(Tokens, "the number of tokens", r.tokens);
    if (r.tokens > kMostTokens) return too_much(Tokens, "the number of tokens", r.tokens, kMostTokens);
    if (r.deadline_days && !(std::isfinite(*r.deadline_days) && *r.deadline_days > 0))
        return none(Deadline, "the deadline", *r.deadline_days);
    if (r.memory_limit && !(*r.memory_limit > 0 && *r.memory_limit <= r.gpu.memory_bytes))
        return fault(Memory,
                     fmt::format("the memory limit is {}, but a GPU has {}", gigabytes(*r.memory_limit),
                                 gigabytes(r.gpu.memory_bytes)),
                     fmt::format("Give more than 0 and at most {}.", gigabytes(r.gpu.memory_bytes)));
    if (r.usd_per_gpu_hour && !(*r.usd_per_gpu_hour >= 0))
        return fault(Price, fmt::format("the price is {}, expected 0 or more", *r.usd_per_gpu_hour),
                     "Give USD per GPU-hour.");
    if (r.usd_per_gpu_hour && *r.usd_per_gpu_hour > kMostUsdPerGpuHour)
        return too_much(Price, "the price", *r.usd_per_gpu_hour, kMostUsdPerGpuHour);
    return {};
}

Fault check_stages_of(const PlanRequest& r)
{
    if (!r.pp) return {};
    if (const Fault s = in_range(Pp, "PP", *r.pp, kMostGpus); s) return s;
    if (*r.pp > r.model.num_hidden_layers)
        return fault(Pp,
                     fmt::format("PP {} cuts a model of {} layers into more stages than it has layers", *r.pp,
                                 r.model.num_hidden_layers),
                     fmt::format("Choose --pp {} or less.", r.model.num_hidden_layers));
    if (r.gpus % *r.pp != 0)
        return fault(
            Pp,
            fmt::format("{} GPUs cannot form pipelines of PP {}: {} would be left over", r.gpus, *r.pp, r.gpus % *r.pp),
            fmt::format("Choose a --pp that divides {}.", r.gpus));
    if (!r.schedule) return {};
    const Status fits = check_stages(*r.schedule, *r.pp);
    return fits ? Fault{} : PlanFault{Pp, fits.error()};
}

/// However the GPUs are cut into pipelines, each must have a sequence to work on.
Fault check_batch(const PlanRequest& r)
{
    const std::int64_t longest = r.pp.value_or(r.model.num_hidden_layers);
    const std::int64_t pipelines = r.dp.value_or((r.gpus + longest - 1) / longest);
    const std::int64_t at_once = r.micro_batch.value_or(1);
    if (pipelines > r.batch / at_once)
        return fault(
            Gpus,
            fmt::format(
                "{} GPUs make at least {} pipelines of up to {} stages, more than the {} micro-batches of a step",
                r.gpus, pipelines, longest, r.batch / at_once),
            "Take fewer GPUs, or raise --batch or --pp, or lower --micro-batch.");
    if (!r.pp || r.schedule != PipelineSchedule::DualPipe) return {};
    const std::int64_t each = (r.batch + pipelines * at_once - 1) / (pipelines * at_once);
    if (micro_batches_for(PipelineSchedule::DualPipe, *r.pp, each) <= each + 1) return {};
    return fault(Batch,
                 fmt::format("DualPipe with {} stages needs {} micro-batches in a pipeline, but {} sequences over {} "
                             "pipelines make {}",
                             *r.pp, 2 * *r.pp, r.batch, pipelines, each),
                 "Raise --batch, lower --pp or --micro-batch, or choose --schedule zb1p.");
}

/// With a deadline a divisor of the GPUs will do.
Fault check_pipelines(const PlanRequest& r)
{
    if (!r.dp) return {};
    if (const Fault s = in_range(Dp, "DP", *r.dp, kMostGpus); s) return s;
    if (r.gpus % *r.dp != 0)
        return fault(Dp, fmt::format("{} GPUs cannot form {} equal pipelines (DP)", r.gpus, *r.dp),
                     fmt::format("Choose a --dp that divides {}.", r.gpus));
    if (r.pp && r.deadline_days && r.gpus % (*r.pp * *r.dp) != 0)
        return fault(
            Dp, fmt::format("PP {} x DP {} is {} GPUs, which does not divide {}", *r.pp, *r.dp, *r.pp * *r.dp, r.gpus),
            fmt::format("Leave one of them out, or choose a --dp that divides {}.", r.gpus / *r.pp));
    if (r.deadline_days) return {};
    if (r.pp && *r.pp * *r.dp != r.gpus)
        return fault(Dp, fmt::format("PP {} x DP {} is {} GPUs, not {}", *r.pp, *r.dp, *r.pp * *r.dp, r.gpus),
                     fmt::format("Leave one of them out, or choose --dp {}.", r.gpus / *r.pp));
    const std::int64_t stages = r.gpus / *r.dp;
    if (!r.pp && stages > r.model.num_hidden_layers)
        return fault(Dp,
                     fmt::format("DP {} leaves pipelines of {} GPUs, but the model has {} layers", *r.dp, stages,
                                 r.model.num_hidden_layers),
                     "Choose a larger --dp, or fewer GPUs.");
    return {};
}

Fault check_experts(const PlanRequest& r)
{
    if (!r.ep) return {};
    if (const Fault s = in_range(Ep, "EP", *r.ep, kMostGpus); s) return s;
    if (*r.ep > 1 && r.model.n_routed_experts == 0)
        return fault(Ep, fmt::format("EP {} spreads experts over GPUs, but this model has none", *r.ep),
                     "Choose --ep 1.");
    if (*r.ep > 1 && r.model.n_routed_experts % *r.ep != 0)
        return fault(Ep, fmt::format("EP {} does not divide the {} routed experts", *r.ep, r.model.n_routed_experts),
                     fmt::format("Choose an --ep that divides {}.", r.model.n_routed_experts));
    const std::int64_t pipelines = r.dp ? *r.dp : r.pp ? r.gpus / *r.pp : 0;
    if (pipelines > 0 && pipelines % *r.ep != 0)
        return fault(Ep,
                     fmt::format("EP {} does not divide DP {}: experts are shared among whole groups of pipelines",
                                 *r.ep, pipelines),
                     fmt::format("Choose an --ep that divides {}.", pipelines));
    if (r.gpus % *r.ep != 0)
        return fault(Ep, fmt::format("EP {} does not divide the {} GPUs", *r.ep, r.gpus),
                     fmt::format("Choose an --ep that divides {}.", r.gpus));
    return {};
}

} // namespace

Fault find_fault(const PlanRequest& r)
{
    for (const auto check : {check_numbers, check_stages_of, check_pipelines, check_experts})
        if (Fault found = check(r)) return found;
    if (r.micro_batch)
        if (const Fault s = in_range(MicroBatch, "the micro-batch", *r.micro_batch, r.batch); s) return s;
    return r.deadline_days ? Fault{} : check_batch(r); // of fewer GPUs the batch may be enough
}

Status check_request(const PlanRequest& r)
{
    const Fault found = find_fault(r);
    return found ? Status(found->error) : Status();
}

} // namespace triptych
