// The whole model: embedding, layers, final norm, head, MTP modules (DeepSeek-V3 report, figures 2 and 3).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/lm_head.h"
#include "core/model/mtp_module.h"
#include "core/model/rope_table.h"
#include "core/model/token_batch.h"
#include "core/model/transformer_layer.h"

#include <memory>
#include <vector>

namespace triptych {

/// Mean losses in nats per target.
struct ModelLosses {
    double main = 0;
    std::vector<double> mtp;    ///< by depth
    double balance = 0;         ///< summed over MoE layers, alpha included
    double total(double mtp_weight) const;
    double mtp_mean() const;
};

/// What evaluate() hands out beside the losses. Depth 0 is the main model.
using DepthLogitsSink = std::function<void(std::int64_t depth, std::int64_t first, ConstView<2> logits)>;
/// Likewise the loss of each row, 0 where there is no target.
using DepthLossesSink = std::function<void(std::int64_t depth, std::int64_t first, ConstView<1> losses)>;

/// Holds structure only: parameters live in a ParamStore, activations in a Workspace. Not copyable, blocks refer to it.
class Model {
public:
    /// positions: how many the rotary tables cover.
    Model(const ModelConfig& config, const RouterInfo& router, Precision precision, std::int64_t positions);
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    const ModelConfig& config() const { return m_config; }
    Precision precision() const { return m_precision; }
    /// The wide one.
    DType dtype() const { return m_precision.wide; }

    ParamRows declare();
    void plan(Planner& planner, const TokenShape& shape);

    /// Forward and backward of one micro-batch: losses out (overwritten, their memory is kept), gradients accumulated in
    /// the store.
    void loss_and_gradients(Pass& pass, const TokenBatch& batch, ModelLosses& losses);
    ModelLosses loss_and_gradients(Pass& pass, const TokenBatch& batch)
    {
        ModelLosses losses;
        loss_and_gradients(pass, batch, losses);
        return losses;
    }
    /// Forward alone. Depths beyond inputs.size() - 1 are not run; targets may be missing for depths whose logits alone are wanted.
    ModelLosses evaluate(Pass& pass, const TokenBatch& batch, const DepthLogitsSink& sink = nullptr,
                         const DepthLossesSink& losses_sink = nullptr);
    /// What the residual stream x [n, D] after a main layer says by itself: the norm and head that follow the last one.
    /// For the tap LayerOutput of a forward pass of at least n tokens; what the pass keeps of that norm is that of x
    /// then. Not for MTP blocks: the head's scratch lies where their module still has something.
    void read_out(Pass& pass, ConstView<2> x, const LogitsSink& sink);
    /// Appends tokens to the pass's cache and writes the logits [1, V] after the last of them.
    void decode(Pass& pass, std::span<const std::int32_t> tokens, View<2> logits);
    /// What the first MTP module expects one token further on, right after decode() of n tokens and before anything else
    /// runs in the workspace. followers [n]: the token after each of them, of which the last was drawn since. Writes the
    /// logits [1, V] of the token after the last follower. The cache must have a draft layer; its length stays.
    void draft(Pass& pass, std::span<const std::int32_t> followers, View<2> logits);

    /// Layers with experts, main ones first, then those of MTP.
    const std::vector<TransformerLayer*>& moe_layers() const { return m_moe_layers; }
    /// What hands do to the election, from the next pass on. `control` is one that check_control() allows.
    void set_control(const RoutingControl& control);
    /// Once per optimizer step: lets each router act on the loads [layer][E] of the global batch.
    void after_step(const ParamStore& params, const RoutingStats& stats, double bias_update_speed);

private:
    /// Whether the input of the first layer is not kept. With a single layer it could not share memory with the output.
    bool embeds_again() const { return m_recompute == Recompute::Layers && m_layers.size() > 1; }
    View<2> residual(Pass& pass, std::size_t layer) const { return pass.at(m_residual[layer], pass.tokens()); }
    void set_positions(Pass& pass, std::int64_t first);
    void embed(Pass& pass, std::span<const std::int32_t> tokens, View<2> out) const;
    void plan_hidden(Planner& planner, std::array<std::int64_t, 2> rows);
    /// Embedding, layers and final norm; returns the normed hidden states [N, D].
    View<2> forward_main(Pass& pass, std::span<const std::int32_t> tokens);
    void backward_main(Pass& pass, std::span<const std::int32_t> tokens, ConstView<2> d_hidden);
    void backward_mtp(Pass& pass, const TokenBatch& batch, std::size_t depth);

    ModelConfig m_config;
    Precision m_precision;
    RopeTable m_rope;
    ParamId m_embedding;
    std::vector<std::unique_ptr<TransformerLayer>> m_layers;
    Norm m_final_norm;
    LmHead m_head;
    std::vector<std::unique_ptr<MtpModule>> m_mtp;
    std::vector<TransformerLayer*> m_moe_layers;

    Recompute m_recompute = Recompute::None;
    Slot<1> m_positions;
    std::vector<Slot<2>> m_residual; ///< input of each layer, then the output of the last
    std::vector<Slot<2>> m_hidden;   ///< h^k after its norm; 0: main
    std::vector<Slot<2>> m_embedded; ///< per MTP depth
    std::vector<Slot<2>> m_d_hidden; ///< gradients of h^k
    GradientSlot m_d_a, m_d_b;       ///< of the input and the output of the layer that runs backward, in turns
};

} // namespace triptych
