// The output head: logits, softmax and cross entropy, tile by tile, so that the logits of all tokens never exist at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/pass.h"
#include "core/model/precision.h"

#include <functional>
#include <span>

namespace triptych {

/// Receives the logits [rows, V] of rows [first, first + rows); valid during the call.
using LogitsSink = std::function<void(std::int64_t first, ConstView<2> logits)>;
/// Receives the losses [rows] of these rows in nats, 0 where there is no target; valid during the call.
using LossesSink = std::function<void(std::int64_t first, ConstView<1> losses)>;

/// logits = h W^T;  loss = mean over targets >= 0 of cross entropy.  Shared by the main model and the MTP modules.
class LmHead {
public:
    explicit LmHead(const ModelConfig& config);

    /// With tied embeddings the head's matrix is the embedding's.
    void declare(ParamRows& rows, ParamId embedding);
    void plan(Planner& planner, Precision precision, const TokenShape& shape);

    /// Sum of the losses in nats of h [N, D] (narrow) against targets [N]. With sinks, logits and losses are handed to
    /// them; without targets there are no losses.
    double loss(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets, const LogitsSink& sink,
                const LossesSink& losses = nullptr) const;
    /// The same sum; dh [N, D] (wide) is overwritten with dloss times its gradient, that of the matrix accumulates.
    double loss_and_gradient(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets, double dloss,
                             View<2> dh) const;
    /// logits [N, V] of a few rows, for decoding.
    void logits(Pass& pass, ConstView<2> h, View<2> out) const;

private:
    template <class Visit> double for_each_tile(Pass& pass, ConstView<2> h, std::span<const std::int32_t> targets,
                                                const Visit& visit) const;

    std::int64_t m_vocab;
    std::int64_t m_hidden;
    bool m_tied;
    ParamId m_weight;
    Slot<2> m_logits;
    Slot<2> m_dlogits; // where logits are narrowed for backward; else in place
    Slot<1> m_losses;
};

/// How many targets there are to predict.
std::int64_t count_targets(std::span<const std::int32_t> targets);

} // namespace triptych
