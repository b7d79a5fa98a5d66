// Multi-head latent attention: DeepSeek-V3 report section 2.1.1, eq. 1-11.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/model/block.h"
#include "core/model/linear.h"
#include "core/model/norm.h"
#include "core/model/rope_table.h"
#include "kernels/ops/attention.h"
#include "kernels/ops/rope.h"

#include <optional>

namespace triptych {

/// c_q = RMSNorm(x W_DQ), q = c_q W_UQ (or q = x W_Q);  [c_kv | k_rope] = x W_DKV,  latent = RMSNorm(c_kv)
/// [k_nope | v] per head = latent W_UKV;  y = causal softmax(scale * (q_nope.k_nope + rope(q).rope(k))) v;  out = y W_O
/// x, y: [N, D]. Cached per token: latent [kv_lora_rank] after its norm, k_rope [rope] after its rotation.
class MlaAttention final : public Block {
public:
    /// layer: index in tensor names. The table outlives the block.
    MlaAttention(const ModelConfig& config, std::int64_t layer, const RopeTable& rope);

    void declare(ParamRows& rows) override;
    void plan(Planner& planner, Precision precision, const TokenShape& shape) override;
    void forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual = {}) override;
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) override;

private:
    View<2> project_query(Pass& pass, ConstView<2> x);
    /// From c_q (or x) to rotated queries.
    View<2> up_project_query(Pass& pass, ConstView<2> x);
    void normalize_latent(Pass& pass);
    void project_latent(Pass& pass, ConstView<2> x);
    void attend(Pass& pass, ConstView<2> q, View<2> attended);
    void attend_cached(Pass& pass, ConstView<2> q, View<2> attended);
    void attend_cached_latents(Pass& pass, ConstView<2> q, ConstView<2> latent, ConstView<2> k_rope, View<2> attended);
    void expand_cached(Pass& pass, ConstView<2> q, ConstView<2> latent, ConstView<2> k_rope, View<2> attended);
    bool wants_attention(const Pass& pass) const;
    /// Weights of the first sequence on its first `keys` keys, after lse was written.
    void tap_attention(Pass& pass, ConstView<2> q, ConstView<2> kv, ConstView<2> k_rope, std::int64_t keys);
    void rotate_queries(Pass& pass, View<2> q, RopeDirection direction);
    void rotate_key(Pass& pass, View<2> k_rope, RopeDirection direction);

    std::int64_t m_layer;
    HeadShape m_head;
    std::int64_t m_latent_dim;
    double m_scale;
    const RopeTable& m_rope;

    Recompute m_recompute = Recompute::None;
    std::optional<Linear> m_q_a;
    std::optional<Norm> m_q_norm;
    Linear m_q;    // q_b_proj behind the compression, q_proj without it
    Linear m_kv_a; // rows [latent | rope]
    Norm m_kv_norm;
    Linear m_kv_b; // rows per head [nope | value]
    Linear m_o;

    Slot<2> m_c_q, m_c_q_normed, m_q_out, m_c_kv, m_latent, m_kv, m_attended, m_lse;
    Slot<2> m_d_attended, m_dq, m_dkv, m_d_latent, m_d_c_kv, m_d_c_q_normed, m_d_c_q, m_map;
    Slot<3> m_q_latent, m_z;
};

} // namespace triptych
