// How well a model predicts a text that it is given: loss, balance of the experts, logits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infer/loaded_model.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace triptych {

struct TextEvaluation {
    std::int64_t predicted = 0; ///< tokens that had an earlier one to be predicted from
    double nats = 0;            ///< sum of their losses, of the main model
    double max_vio = 0; ///< MaxVio over the whole text, mean over the main model's MoE layers (arXiv 2408.15664)
    double loss() const { return nats / static_cast<double>(predicted); } ///< nats a token; not-a-number for none
};

/// A text of any length in windows of `window` positions, each beginning with the last token of the one before: every
/// token but the first is predicted once, from those before it in its window. Tokens must be below vocab_size, window
/// within max_position_embeddings. on_progress hears how many were predicted so far and ends the work by returning
/// false.
TextEvaluation evaluate_text(LoadedModel& loaded, std::span<const std::int32_t> tokens, std::int64_t window,
                             const std::function<bool(std::int64_t)>& on_progress = nullptr);

struct SequenceLogits {
    TextEvaluation evaluation;
    std::vector<float> logits; ///< [T, V]
    std::vector<float>
        mtp_logits; ///< [T-1, V] of the first MTP module: row i is for token i+2, given token i+1; empty without MTP
};

/// One sequence in one pass, 1 <= T <= max_position_embeddings, with all its logits.
SequenceLogits evaluate_sequence(LoadedModel& loaded, std::span<const std::int32_t> tokens);

} // namespace triptych
