// The one number that the kernels do not tell: how much of a step's time between exchanges they fill. From another
// model's published training.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// A dense transformer with grouped queries and SwiGLU.
struct DenseShape {
    double layers = 0, hidden = 0, intermediate = 0, heads = 0, key_value_heads = 0, head_dim = 0, vocabulary = 0;
    double cache_bytes_per_token() const { return layers * 2 * key_value_heads * head_dim * 2; } ///< BF16
    double parameters() const;                                                                   ///< of all matrices
    /// Forward and backward, causal; a multiply and an add count as two.
    double training_flops_per_token(double sequence_length) const;
};
DenseShape llama_405b();
DenseShape qwen_72b();

/// Llama 3.1 405B in training, arXiv 2407.21783 table 4: 8,192 tokens a sequence, one sequence a micro-batch, TP 8 in a
/// node, PP 16, BF16 on H100, interleaved stages, no recomputation.
struct DenseRun {
    double micro_batches = 0; ///< of a pipeline and step
    double tflops = 0;        ///< published, for each GPU
};
DenseRun llama_on_16384(); ///< used for calibration: 16 micro-batches, 400 TFLOP/s
DenseRun llama_on_8192();  ///< for checking: 32 micro-batches, 430 TFLOP/s

/// TFLOP/s for each GPU of such a run when kernels fill this share of the time between exchanges.
double dense_tflops(const DenseRun& run, double kernel_share);

/// The share at which dense_tflops(llama_on_16384()) is what was published.
double kernel_share();

} // namespace triptych
