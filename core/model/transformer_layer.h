// One transformer layer: attention and feed-forward, each behind its norm and beside the residual stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/block.h"
#include "core/model/mla_attention.h"
#include "core/model/norm.h"
#include "core/routing/router_catalog.h"

#include <memory>

namespace triptych {

class MoeFfn;

/// m = x + attention(norm(x));  y = m + ffn(norm(m)).  x, y: [N, D].
/// x -> middle = x + attention(norm(x)) -> middle + ffn(norm(middle)).  x and what it returns are [N, D], wide.
class TransformerLayer final {
public:
    /// Dense or MoE as config.is_moe_layer(layer) says.
    TransformerLayer(const ModelConfig& config, std::int64_t layer, const RouterInfo& router, const RopeTable& rope);
    ~TransformerLayer();

    void declare(ParamRows& rows);
    void plan(Planner& planner, Precision precision, const TokenShape& shape);
    void forward(Pass& pass, ConstView<2> x, View<2> y);
    /// dx is overwritten.
    void backward(Pass& pass, ConstView<2> x, const Gradient& dy, const Gradient& dx);

    std::int64_t index() const { return m_index; }
    /// Null for a dense layer.
    MoeFfn* moe() const { return m_moe; }

private:
    std::int64_t m_index;
    std::int64_t m_hidden;
    Norm m_input_norm;
    MlaAttention m_attention;
    Norm m_post_norm;
    std::unique_ptr<Block> m_ffn;
    MoeFfn* m_moe = nullptr;

    Slot<2> m_attention_in, m_middle, m_ffn_in, m_d_branch;
    GradientSlot m_d_middle;
    Recompute m_recompute = Recompute::None;
};

} // namespace triptych
