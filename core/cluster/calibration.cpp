// Llama 3.1 405B by the same kernel rates as everything else, tensor parallelism added.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/calibration.h"

#include "core/cluster/all_to_all.h"
#include "core/cluster/kernel_rates.h"
#include "core/cluster/model_work.h"

namespace triptych {

namespace {

constexpr double kTensorParallel = 8;
constexpr double kStages = 16;
constexpr double kLayersOfAStage = 8; ///< 126 layers and two parts beside them on 16 GPUs
/// Pieces into which each GPU's layers are cut so that bubbles shrink. The paper's section 3.3.2 says that the first
/// piece holds the embedding alone after one layer was taken from it: pieces are of one layer.
constexpr double kInterleaved = 8;
constexpr double kSequence = 8192;
constexpr double kBf16 = 2;
/// Gathers before and scatters after attention and feed-forward, forward and backward.
constexpr double kExchangesOfALayer = 8;

/// An H100 with the figures of resources/gpu_presets/h100.json at the time of calibration, so that editing the file
/// does not change what was calibrated.
Gpu calibration_gpu()
{
    Gpu gpu;
    gpu.bf16_flops = 989.5e12;
    gpu.fp8_flops = 1979e12;
    gpu.multiprocessors = 132;
    gpu.memory_bandwidth = 3350e9;
    gpu.nvlink_bandwidth = 450e9;
    gpu.network_bandwidth = 50e9;
    gpu.domain = 8;
    return gpu;
}

/// One of the eight GPUs' part of a layer.
PartWork sliced_layer(const DenseShape& s)
{
    const double queries = s.heads * s.head_dim / kTensorParallel;
    const double keys = s.key_value_heads * s.head_dim / kTensorParallel;
    const double width = s.intermediate / kTensorParallel;
    PartWork part;
    part.linears = {{.out = queries + 2 * keys, .in = s.hidden},
                    {.out = s.hidden, .in = queries},
                    {.out = 2 * width, .in = s.hidden},
                    {.out = s.hidden, .in = width}};
    part.attention_flops = 2 * queries * 2 * kSequence / 2;
    part.pass_bytes = 2 * 2 * kBf16 * s.hidden / kTensorParallel   // norms, on each GPU's share of the tokens
                      + 2 * 3 * kBf16 * s.hidden / kTensorParallel // residual sums
                      + 2 * kBf16 * (queries + keys)               // rotation
                      + 3 * kBf16 * width;                         // SwiGLU
    return part;
}

struct DenseStep {
    double flops = 0;     ///< of one GPU and micro-batch
    double kernels = 0;   ///< seconds
    double exchanges = 0; ///< seconds of tensor parallelism: they stand between kernels and hide behind nothing
};

DenseStep llama_step()
{
    const DenseShape shape = llama_405b();
    const Gpu gpu = calibration_gpu();
    const KernelRates rates(gpu, gpu.multiprocessors);
    DenseStep step;
    step.flops = shape.training_flops_per_token(kSequence) * kSequence / kTensorParallel / kStages;
    const PartSeconds layer = part_seconds(sliced_layer(shape), rates, TrainFormat::Bf16, kSequence, kSequence, 1);
    // Head and embedding take the place of two layers.
    step.kernels = kLayersOfAStage * layer.sum();
    const double bytes = kSequence * shape.hidden * kBf16 * (kTensorParallel - 1) / kTensorParallel;
    step.exchanges = kLayersOfAStage * kExchangesOfALayer * bytes / reached_bandwidth(gpu).nvlink;
    return step;
}

/// Step over the part of it in which a stage works.
double with_bubble(const DenseRun& run)
{
    return 1 + (kStages - 1) / (kInterleaved * run.micro_batches);
}

} // namespace

double DenseShape::parameters() const
{
    const double attention = hidden * head_dim * (2 * heads + 2 * key_value_heads);
    return layers * (attention + 3 * hidden * intermediate) + 2 * vocabulary * hidden;
}

double DenseShape::training_flops_per_token(double sequence_length) const
{
    const double products = 2 * (parameters() - vocabulary * hidden);
    return 3 * (products + layers * 4 * heads * head_dim * sequence_length / 2);
}

DenseShape llama_405b()
{
    return {.layers = 126,
            .hidden = 16384,
            .intermediate = 53248,
            .heads = 128,
            .key_value_heads = 8,
            .head_dim = 128,
            .vocabulary = 128256};
}

DenseShape qwen_72b()
{
    return {.layers = 80,
            .hidden = 8192,
            .intermediate = 29568,
            .heads = 64,
            .key_value_heads = 8,
            .head_dim = 128,
            .vocabulary = 152064};
}

DenseRun llama_on_16384()
{
    return {.micro_batches = 16, .tflops = 400};
}

DenseRun llama_on_8192()
{
    return {.micro_batches = 32, .tflops = 430};
}

double dense_tflops(const DenseRun& run, double share)
{
    const DenseStep step = llama_step();
    return step.flops / ((step.kernels / share + step.exchanges) * with_bubble(run)) / 1e12;
}

double kernel_share()
{
    static const double kShare = [] {
        const DenseStep step = llama_step();
        const DenseRun run = llama_on_16384();
        return step.kernels / (step.flops / (run.tflops * 1e12) / with_bubble(run) - step.exchanges);
    }();
    return kShare;
}

} // namespace triptych
