// What one token costs in each part of a model during training: products, attention, passes over memory, bytes kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/kernel_rates.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// Whether the backward pass computes a layer's output once more instead of keeping it (report section 3.2.3).
enum class Recomputed : std::uint8_t { No = 1, Yes };
/// Layers that stay in BF16 whatever the training's format: router, MTP projection, head (report section 3.3.1).
enum class LinearFormat : std::uint8_t { OfTraining = 1, AlwaysBf16 };
/// Layers that expert parallelism spreads over GPUs, and those that every GPU of the stage holds.
enum class Held : std::uint8_t { Everywhere = 1, Spread };

/// Linear layers of one shape, each token going through `uses` of the `count`.
struct LinearWork {
    double count = 1; ///< matrices [out, in] in the whole model
    double uses = 1;  ///< rows a token brings to all of them together
    double out = 0;
    double in = 0;
    Held held = Held::Everywhere;
    LinearFormat format = LinearFormat::OfTraining;
    Recomputed recomputed = Recomputed::No;
    double parameters() const { return count * out * in; }
};

/// A part that is not cut by pipeline stages: a layer, an MTP module, the head.
struct PartWork {
    std::vector<LinearWork> linears;
    double attention_flops = 0; ///< forward, of one token: mean over the sequence's positions, causal
    double pass_bytes = 0;      ///< of one token, forward: what norms, casts, rotations, SwiGLU and sums read and write
    double kept_bytes = 0;      ///< of one token: activations that wait for the backward pass
    double other_parameters = 0; ///< norms and the embedding: no product
    double logits = 0;           ///< of one token: a head's outputs, in F32 beside BF16
    double all_to_alls = 0;      ///< dispatches (each with its combine) in the forward pass: 1 with experts, else 0

    double parameters(Held held) const; ///< linears of that kind; Everywhere includes the others
};

/// In the order in which a token meets them: layers (the first with the embedding), head, MTP modules with their heads.
/// The configuration must be valid; 2 <= sequence_length.
std::vector<PartWork> model_work(const ModelConfig& config, TrainFormat format, std::int64_t sequence_length);

/// Bytes of one operand: BF16, or FP8 with an f32 scale for each 128 (report section 3.3.2).
double operand_bytes(TrainFormat format);

/// Seconds for one micro-batch in one part on one GPU, without communication and without what is lost between kernels.
struct PartSeconds {
    double forward = 0;
    double backward_inputs = 0;  ///< with what is recomputed
    double backward_weights = 0; ///< can wait (zero-bubble schedules)
    double sum() const { return forward + backward_inputs + backward_weights; }
    PartSeconds& operator+=(const PartSeconds& other);
};

/// tokens: of the micro-batch, on this GPU. With ep GPUs sharing the experts each of them works for all tokens of the
/// group on its share of the experts: as many rows as without, in fewer and larger products.
PartSeconds part_seconds(const PartWork& part, const KernelRates& rates, TrainFormat format, double tokens,
                         double sequence_length, std::int64_t ep);

} // namespace triptych
