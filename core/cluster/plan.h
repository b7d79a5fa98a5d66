// What a training on a cluster is asked for, and what comes out: values only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/gpu_preset.h"
#include "core/cluster/kernel_rates.h"
#include "core/cluster/schedule.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <optional>
#include <string>

namespace triptych {

/// What is not set is searched for.
struct PlanRequest {
    ModelConfig model;
    Gpu gpu;
    std::int64_t gpus = 2048; ///< all are used; with a deadline that many or a divisor of it
    std::optional<std::int64_t> pp, ep, dp;
    std::optional<std::int64_t> micro_batch; ///< sequences
    std::optional<PipelineSchedule> schedule;
    TrainFormat format = TrainFormat::Fp8;
    double tokens = 14.8e12;             ///< of the whole training
    std::int64_t sequence_length = 4096; ///< tokens
    std::int64_t batch = 15360;          ///< sequences of a step; rounded up to whole micro-batches
    std::optional<double> deadline_days;
    std::optional<double> memory_limit;     ///< bytes of a GPU that may be used; else all of them
    std::optional<double> usd_per_gpu_hour; ///< else the GPU's
};

/// pp * dp GPUs; each group of ep among the dp shares the experts.
struct PlanLayout {
    std::int64_t pp = 1, ep = 1, dp = 1;
    std::int64_t micro_batch = 1; ///< sequences
    PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;
    std::int64_t gpus() const { return pp * dp; }
};

/// Bytes on the fullest GPU.
struct PlanMemory {
    double weights = 0;     ///< BF16, and a copy in FP8 of what multiplies in FP8; DualPipe holds two stages
    double gradients = 0;   ///< F32 sums
    double optimizer = 0;   ///< F32 master copy and two BF16 moments, each GPU its share (ZeRO-1)
    double activations = 0; ///< of all micro-batches on their way
    double buffers = 0;     ///< outputs of one layer, logits, and what driver and communication take
    double total() const { return weights + gradients + optimizer + activations + buffers; }
};

struct ClusterPlan {
    PlanLayout layout;
    std::int64_t micro_batches = 0; ///< of a pipeline and step
    std::int64_t sequences = 0;     ///< of a step
    StageSeconds stage;             ///< of the slowest stage and one micro-batch
    StageSeconds others;            ///< mean of the stages that it waits for in the bubble
    double work_seconds = 0;        ///< of a step, exposed exchanges included
    double bubble_seconds = 0;
    double update_seconds = 0;   ///< gradients summed over GPUs, optimizer, weights sent back
    double step_seconds = 0;     ///< the sum of the three
    double exchange_seconds = 0; ///< all-to-all in a step, of the stage that has most of it
    double exposed_seconds = 0;  ///< of the slowest stage's exchanges, what no kernels hide
    PlanMemory memory;
    double memory_capacity = 0; ///< bytes of one GPU that may be used
    double tokens_per_second = 0;
    double mfu = 0;           ///< of the BF16 peak, causal FLOPs without MTP (arXiv 2505.09343, table 4)
    double mfu_noncausal = 0; ///< the same with attention counted in full
    double gpu_hours = 0;
    double gpu_hours_per_trillion_tokens = 0;
    double days = 0;
    double usd = 0;
    bool fits() const { return memory.total() <= memory_capacity; }
};

/// "80.0 GB", of 1e9 bytes each, as data sheets count.
std::string gigabytes(double bytes);

} // namespace triptych
