// What one pass through the model carries from block to block.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/gradient.h"
#include "core/model/probe.h"
#include "core/tensor/param_store.h"
#include "core/tensor/workspace.h"
#include "kernels/base/stream.h"
#include "kernels/base/write_mode.h"

#include <cstdint>
#include <vector>

namespace triptych {

class LatentCache;

enum class Phase : std::uint8_t {
    Train = 1, ///< forward and backward: activations are kept
    Evaluate,  ///< forward alone
    Decode,    ///< forward of new tokens against the latent cache (prefill too)
};

/// How cached positions are attended to: by the latents themselves, or expanded to keys and values again. Equal in real
/// arithmetic (DeepSeek-V2 report 2.1.2).
enum class AttentionForm : std::uint8_t { Absorbed = 1, Materialized };

/// B sequences of T tokens, N = B * T rows. cache_length > 0 plans for decoding against that many positions.
struct TokenShape {
    std::int64_t batch = 1;
    std::int64_t length = 0;
    std::int64_t cache_length = 0;
    std::int64_t tokens() const { return batch * length; }
};

/// What MoE layers count and lose during a pass, by layer index. Summed over passes until cleared.
struct RoutingStats {
    std::vector<std::vector<std::int64_t>> counts; ///< [layer][E]; empty rows for dense layers
    double balance_loss = 0;                       ///< mean over sequences, summed over layers
    void clear();
    void add(std::int64_t layer, const std::int32_t* expert_counts, std::int64_t experts);
};

/// Weights of the parts of the loss, and the factor on every gradient (1 / number of micro-batches).
struct LossWeights {
    double mtp = 0.3;             ///< lambda (V3 report 2.2)
    double balance_alpha = 0;     ///< of the sequence-wise balance loss
    double gradient_scale = 1;
};

struct Pass {
    Stream& stream;
    const Workspace& workspace;
    const ParamStore& params;
    Phase phase = Phase::Evaluate;
    TokenShape shape = {};
    ConstView<1> positions = {};     ///< [N] I32, of each token in its sequence
    LossWeights weights = {};
    RoutingStats* stats = nullptr;
    Probe* probe = nullptr;
    LatentCache* cache = nullptr;    ///< for Decode
    AttentionForm form = AttentionForm::Absorbed;
    /// Overwrite for the first of a step's passes: gradients that are written once need not be zeroed then.
    WriteMode gradient_mode = WriteMode::Accumulate;
    std::int64_t first_token = 0; ///< how many the step or the sequence had before this pass, for experts in turn

    std::int64_t tokens() const { return shape.tokens(); }
    /// A slot of the plan, cut to this many rows.
    template <int Rank> View<Rank> at(const Slot<Rank>& slot, std::int64_t rows) const
    {
        return workspace.at(slot, rows);
    }
    Gradient at(const GradientSlot& slot, std::int64_t rows) const { return {at(slot.wide, rows), at(slot.narrow, rows)}; }
    bool wants(const Tap& tap) const { return probe && probe->wants(tap); }
};

} // namespace triptych
