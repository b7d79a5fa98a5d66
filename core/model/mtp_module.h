// One depth of multi-token prediction: DeepSeek-V3 report section 2.2, eq. 21-25.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/linear.h"
#include "core/model/norm.h"
#include "core/model/transformer_layer.h"

namespace triptych {

/// h' = M_k [ enorm(emb(t_{i+k})) ; hnorm(h^{k-1}_i) ], embedding first as checkpoints have it;  h^k = norm(TRM_k(h')).
/// h^0 is the main model's hidden state after its final norm, h^{k-1} after that of the module before. Embedding and head
/// are the main model's; the final norm is the module's own.
class MtpModule {
public:
    /// depth from 1; its block has layer index num_hidden_layers + depth - 1.
    MtpModule(const ModelConfig& config, std::int64_t depth, const RouterInfo& router, const RopeTable& rope);

    void declare(ParamRows& rows);
    void plan(Planner& planner, Precision precision, const TokenShape& shape);
    /// embedded [N, D] wide: of the tokens k places on; previous [N, D]: h^{k-1}; out [N, D]: h^k, both narrow.
    void forward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, View<2> out);
    /// d_out, d_embedded, d_previous: wide; the last two are overwritten.
    void backward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, ConstView<2> d_out, View<2> d_embedded,
                  View<2> d_previous);

    TransformerLayer& layer() { return m_layer; }

private:
    std::int64_t m_hidden;
    Norm m_enorm;
    Norm m_hnorm;
    Linear m_projection; // eh_proj [D, 2D]
    TransformerLayer m_layer;
    Norm m_norm; // shared_head.norm
    Slot<2> m_joined, m_projected, m_block_out, m_d_joined;
    GradientSlot m_d_block, m_d_projected;
};

} // namespace triptych
