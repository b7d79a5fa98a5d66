// One depth of multi-token prediction: DeepSeek-V3 report section 2.2, eq. 21-25.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/linear.h"
#include "core/model/norm.h"
#include "core/model/transformer_layer.h"

namespace triptych {

/// h' = M_k [ enorm(emb(t_{i+k})) ; hnorm(h^{k-1}_i) ], embedding first as checkpoints have it;  h^k = norm(TRM_k(h')).
/// h^0 is the main model's hidden state after its final norm, h^{k-1} after that of the module before. Embedding and
/// head are the main model's; the final norm is the module's own.
class MtpModule {
public:
    /// depth from 1; its block has layer index num_hidden_layers + depth - 1.
    MtpModule(const ModelConfig& config, std::int64_t depth, const RouterInfo& router, const RopeTable& rope);

    void declare(ParamRows& rows);
    void plan(Planner& planner, Precision precision, const TokenShape& shape);
    /// embedded [N, D] wide: of the tokens k places on; previous [N, D]: h^{k-1}; out [N, D]: h^k, both narrow.
    void forward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, View<2> out);
    // Backward is in two parts, between which the memory of `a` is free; a and b are [N, D].
    /// Of the norm and the block. d_out: wide, may be b.wide. Leaves the gradient of the block's input in b; uses a.
    void backward_block(Pass& pass, ConstView<2> d_out, const Gradient& a, const Gradient& b);
    /// Of what comes before the block, from b: the gradient of embedded goes to b.wide, that of previous to a.wide.
    /// embedded may be a.wide.
    void backward_inputs(Pass& pass, ConstView<2> embedded, ConstView<2> previous, const Gradient& a,
                         const Gradient& b);

    TransformerLayer& layer() { return m_layer; }

private:
    void join(Pass& pass, ConstView<2> embedded, ConstView<2> previous);

    std::int64_t m_hidden;
    Norm m_enorm;
    Norm m_hnorm;
    Linear m_projection; // eh_proj [D, 2D]
    TransformerLayer m_layer;
    Norm m_norm; // shared_head.norm
    Slot<2> m_joined, m_projected, m_block_out, m_d_joined;
    Recompute m_recompute = Recompute::None;
};

} // namespace triptych
