// How fast one GPU runs the kernels of a training step, from published measurements of single kernels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/gpu_preset.h"

#include <cstdint>
#include <span>

namespace triptych {

/// What the operands of the linear layers are made of. Attention, router and head are in BF16 in both.
enum class TrainFormat : std::uint8_t { Bf16 = 1, Fp8 };

/// A product of matrices that somebody has timed: [rows, k] x [k, columns] for each of `groups` matrices.
struct MeasuredProduct {
    double groups = 1;
    double rows = 0; ///< of one group
    double columns = 0;
    double k = 0;
    double tflops = 0;
};
/// FP8 on H800: DeepGEMM's README, February 2025.
std::span<const MeasuredProduct> measured_products();

/// Attention with heads of 128 on H100 in BF16 or FP16: FlashAttention-3, arXiv 2407.08608, figures 5 and 6.
struct MeasuredAttention {
    double sequence_length = 0;
    double forward_tflops = 0;  ///< causal
    double backward_tflops = 0; ///< without a mask
};
std::span<const MeasuredAttention> measured_attention();

/// time = work / (peak share) with a constant part: share(x) = limit / (1 + half / x). At x == half it is limit / 2.
struct Saturation {
    double limit = 0; ///< share of the peak for an endless x
    double half = 0;  ///< x at which half of that is reached
    double at(double x) const { return limit / (1 + half / x); }
};

/// Over the inner dimension of FP8 products on an H800; least squares of 1/share over 1/k, waves taken out.
Saturation product_saturation();
/// Over the sequence length, of the BF16 peak.
Saturation attention_forward_saturation();
Saturation attention_backward_saturation();

/// Kernels on some of a GPU's multiprocessors.
class KernelRates {
public:
    /// 0 < multiprocessors <= the GPU's.
    KernelRates(const Gpu& gpu, double multiprocessors);

    /// Seconds of `groups` products [rows, k] x [k, columns]: tiles of 128 x 128 in waves over the multiprocessors.
    double product_seconds(TrainFormat format, double groups, double rows, double columns, double k) const;
    /// Seconds of the causal attention core by its FLOPs; backward takes 2.5 times the FLOPs of forward, and is to be
    /// asked with them.
    double attention_forward_seconds(double flops, double sequence_length) const;
    double attention_backward_seconds(double flops, double sequence_length) const;
    /// Seconds of reading and writing so many bytes of the GPU's memory.
    double memory_seconds(double bytes) const;

private:
    Gpu m_gpu;
    double m_multiprocessors;
};

} // namespace triptych
