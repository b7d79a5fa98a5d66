// Multi-head latent attention, forward and backward: DeepSeek-V3 report section 2.1.1, eq. 1-11.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/mla_attention.h"

#include "core/infer/latent_cache.h"
#include "kernels/ops/elementwise.h"
#include "kernels/ops/latent_attention.h"

#include <algorithm>

namespace triptych {

namespace {

std::string prefix(std::int64_t layer)
{
    return "model.layers." + std::to_string(layer) + ".self_attn.";
}

} // namespace

MlaAttention::MlaAttention(const ModelConfig& config, std::int64_t layer, const RopeTable& rope)
    : m_layer(layer), m_head{.heads = config.num_attention_heads,
                             .nope_dim = config.qk_nope_head_dim,
                             .rope_dim = config.qk_rope_head_dim,
                             .value_dim = config.v_head_dim},
      m_latent_dim(config.kv_lora_rank), m_scale(softmax_scale(config)), m_rope(rope),
      m_q(prefix(layer) + (config.q_lora_rank > 0 ? "q_b_proj.weight" : "q_proj.weight"),
          config.q_lora_rank > 0 ? config.q_lora_rank : config.hidden_size, m_head.heads * config.qk_head_dim()),
      m_kv_a(prefix(layer) + "kv_a_proj_with_mqa.weight", config.hidden_size, m_latent_dim + m_head.rope_dim),
      m_kv_norm(prefix(layer) + "kv_a_layernorm.weight", m_latent_dim, config.rms_norm_eps),
      m_kv_b(prefix(layer) + "kv_b_proj.weight", m_latent_dim, m_head.heads * (m_head.nope_dim + m_head.value_dim)),
      m_o(prefix(layer) + "o_proj.weight", m_head.heads * m_head.value_dim, config.hidden_size)
{
    if (config.q_lora_rank > 0) {
        m_q_a.emplace(prefix(layer) + "q_a_proj.weight", config.hidden_size, config.q_lora_rank);
        m_q_norm.emplace(prefix(layer) + "q_a_layernorm.weight", config.q_lora_rank, config.rms_norm_eps);
    }
}

void MlaAttention::declare(ParamRows& rows)
{
    if (m_q_a) {
        m_q_a->declare(rows);
        m_q_norm->declare(rows);
    }
    m_q.declare(rows);
    m_kv_a.declare(rows);
    m_kv_norm.declare(rows);
    m_kv_b.declare(rows);
    m_o.declare(rows);
}

void MlaAttention::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "self_attn");
    const DType dtype = precision.narrow;
    const DType wide = precision.wide;
    const std::int64_t n = shape.tokens();
    m_recompute = planner.recompute();
    if (m_q_a) {
        m_c_q = planner.keep<2>("c_q", dtype, {n, m_q_a->out()});
        m_c_q_normed = planner.renew<2>("c_q_normed", dtype, {n, m_q_a->out()});
        m_q_norm->plan(planner, precision, n, "q_norm");
    }
    m_q_out = planner.renew<2>("q", dtype, {n, m_q.out()});
    m_c_kv = planner.keep<2>("c_kv", dtype, {n, m_kv_a.out()});
    m_latent = planner.renew<2>("latent", dtype, {n, m_latent_dim});
    m_kv = planner.renew<2>("kv", dtype, {std::max(n, shape.cache_length), m_kv_b.out()});
    m_attended = planner.keep<2>("attended", dtype, {n, m_o.in()});
    m_lse = planner.keep<2>("lse", wide, {n, m_head.heads});
    m_kv_norm.plan(planner, precision, n, "kv_norm");
    m_map = planner.scratch<2>("attention_map", wide, {shape.length, std::max(shape.length, shape.cache_length)});
    if (planner.purpose() == PlanFor::Training) {
        m_d_attended = planner.scratch<2>("d_attended", dtype, {n, m_o.in()});
        m_dq = planner.scratch<2>("dq", dtype, {n, m_q.out()});
        m_dkv = planner.scratch<2>("dkv", dtype, {n, m_kv_b.out()});
        m_d_latent = planner.scratch<2>("d_latent", dtype, {n, m_latent_dim});
        m_d_c_kv = planner.scratch<2>("d_c_kv", dtype, {n, m_kv_a.out()});
        if (m_q_a) {
            m_d_c_q_normed = planner.scratch<2>("d_c_q_normed", dtype, {n, m_q_a->out()});
            m_d_c_q = planner.scratch<2>("d_c_q", dtype, {n, m_q_a->out()});
        }
    } else {
        m_q_latent = planner.scratch<3>("q_latent", dtype, {n, m_head.heads, m_latent_dim});
        m_z = planner.scratch<3>("z", dtype, {n, m_head.heads, m_latent_dim});
    }
}

void MlaAttention::rotate_queries(Pass& pass, View<2> q, RopeDirection direction)
{
    run(pass.stream, RopeRotate{.x = q,
                                .heads = m_head.heads,
                                .head_stride = m_head.nope_dim + m_head.rope_dim,
                                .first = m_head.nope_dim,
                                .positions = pass.positions,
                                .cos_sin = m_rope.cos_sin(),
                                .direction = direction});
}

void MlaAttention::rotate_key(Pass& pass, View<2> k_rope, RopeDirection direction)
{
    run(pass.stream, RopeRotate{.x = k_rope,
                                .heads = 1,
                                .head_stride = m_head.rope_dim,
                                .first = 0,
                                .positions = pass.positions,
                                .cos_sin = m_rope.cos_sin(),
                                .direction = direction});
}

View<2> MlaAttention::up_project_query(Pass& pass, ConstView<2> x)
{
    const std::int64_t n = pass.tokens();
    const View<2> q = pass.at(m_q_out, n);
    if (m_q_a) {
        m_q_norm->forward(pass, pass.at(m_c_q, n), pass.at(m_c_q_normed, n));
        m_q.forward(pass, pass.at(m_c_q_normed, n), q);
    } else {
        m_q.forward(pass, x, q);
    }
    rotate_queries(pass, q, RopeDirection::Forward);
    return q;
}

View<2> MlaAttention::project_query(Pass& pass, ConstView<2> x)
{
    if (m_q_a) m_q_a->forward(pass, x, pass.at(m_c_q, pass.tokens()));
    return up_project_query(pass, x);
}

void MlaAttention::normalize_latent(Pass& pass)
{
    const std::int64_t n = pass.tokens();
    m_kv_norm.forward(pass, pass.at(m_c_kv, n).columns(0, m_latent_dim), pass.at(m_latent, n));
}

void MlaAttention::project_latent(Pass& pass, ConstView<2> x)
{
    const std::int64_t n = pass.tokens();
    const View<2> c_kv = pass.at(m_c_kv, n);
    m_kv_a.forward(pass, x, c_kv);
    normalize_latent(pass);
    rotate_key(pass, c_kv.columns(m_latent_dim, m_head.rope_dim), RopeDirection::Forward);
    if (pass.wants({TapPoint::Latent, m_layer})) pass.probe->take({TapPoint::Latent, m_layer}, pass.at(m_latent, n));
}

void MlaAttention::forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual)
{
    const std::int64_t n = pass.tokens();
    const View<2> q = project_query(pass, x);
    project_latent(pass, x);
    const View<2> attended = pass.at(m_attended, n);
    if (pass.phase == Phase::Decode)
        attend_cached(pass, q, attended);
    else
        attend(pass, q, attended);
    m_o.forward(pass, attended, y, residual);
}

void MlaAttention::attend(Pass& pass, ConstView<2> q, View<2> attended)
{
    const std::int64_t n = pass.tokens();
    const View<2> kv = pass.at(m_kv, n);
    const ConstView<2> k_rope = pass.at(m_c_kv, n).columns(m_latent_dim, m_head.rope_dim);
    m_kv_b.forward(pass, pass.at(m_latent, n), kv);
    run(pass.stream, AttentionForward{.q = q,
                                      .kv = kv,
                                      .k_rope = k_rope,
                                      .head = m_head,
                                      .batch = pass.shape.batch,
                                      .scale = m_scale,
                                      .y = attended,
                                      .lse = pass.at(m_lse, n)});
    if (pass.phase != Phase::Train) tap_attention(pass, q, kv, k_rope, pass.shape.length);
}

void MlaAttention::attend_cached(Pass& pass, ConstView<2> q, View<2> attended)
{
    LatentCache& cache = *pass.cache;
    const std::int64_t n = pass.tokens();
    const std::int64_t length = cache.length() + n;
    run(pass.stream, Copy{.x = pass.at(m_latent, n), .y = cache.latent(m_layer, cache.length(), n)});
    run(pass.stream, Copy{.x = pass.at(m_c_kv, n).columns(m_latent_dim, m_head.rope_dim),
                          .y = cache.rope_key(m_layer, cache.length(), n)});
    const ConstView<2> latent = cache.latent(m_layer, 0, length);
    const ConstView<2> k_rope = cache.rope_key(m_layer, 0, length);
    // The absorbed form never has a key of its own: who wants to see the weights gets them from the other form, which is equal.
    if (pass.form == AttentionForm::Materialized || wants_attention(pass)) expand_cached(pass, q, latent, k_rope, attended);
    if (pass.form == AttentionForm::Absorbed) attend_cached_latents(pass, q, latent, k_rope, attended);
}

void MlaAttention::expand_cached(Pass& pass, ConstView<2> q, ConstView<2> latent, ConstView<2> k_rope, View<2> attended)
{
    const std::int64_t length = latent.size(0);
    const View<2> kv = pass.at(m_kv, length);
    m_kv_b.forward(pass, latent, kv);
    run(pass.stream, AttentionForward{.q = q,
                                      .kv = kv,
                                      .k_rope = k_rope,
                                      .head = m_head,
                                      .batch = 1,
                                      .scale = m_scale,
                                      .y = attended,
                                      .lse = pass.at(m_lse, pass.tokens())});
    tap_attention(pass, q, kv, k_rope, length);
}

void MlaAttention::attend_cached_latents(Pass& pass, ConstView<2> q, ConstView<2> latent, ConstView<2> k_rope,
                                         View<2> attended)
{
    const std::int64_t n = pass.tokens();
    const ConstView<2> kv_b = pass.params.weight<2>(m_kv_b.id());
    const View<3> q_latent = pass.at(m_q_latent, n);
    const View<3> z = pass.at(m_z, n);
    run(pass.stream, AbsorbQuery{.q = q, .kv_b = kv_b, .head = m_head, .q_latent = q_latent});
    run(pass.stream, LatentAttention{.q_latent = q_latent,
                                     .q = q,
                                     .latent = latent,
                                     .k_rope = k_rope,
                                     .head = m_head,
                                     .scale = m_scale,
                                     .z = z});
    run(pass.stream, ProjectLatentValue{.z = z, .kv_b = kv_b, .head = m_head, .y = attended});
}

bool MlaAttention::wants_attention(const Pass& pass) const
{
    for (std::int64_t h = 0; h < m_head.heads; ++h)
        if (pass.wants({TapPoint::Attention, m_layer, h})) return true;
    return false;
}

void MlaAttention::tap_attention(Pass& pass, ConstView<2> q, ConstView<2> kv, ConstView<2> k_rope, std::int64_t keys)
{
    const std::int64_t queries = pass.shape.length;
    for (std::int64_t h = 0; h < m_head.heads; ++h) {
        const Tap tap{TapPoint::Attention, m_layer, h};
        if (!pass.wants(tap)) continue;
        const View<2> map(pass.at(m_map, queries).raw(), m_map.dtype, {queries, keys});
        run(pass.stream, AttentionWeights{.q = q.rows(0, queries),
                                          .kv = kv.rows(0, keys),
                                          .k_rope = k_rope.rows(0, keys),
                                          .lse = pass.at(m_lse, queries),
                                          .head = m_head,
                                          .head_index = h,
                                          .scale = m_scale,
                                          .weights = map});
        pass.probe->take(tap, map);
    }
}

void MlaAttention::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx)
{
    const std::int64_t n = pass.tokens();
    const View<2> q = pass.at(m_q_out, n);
    const View<2> c_kv = pass.at(m_c_kv, n);
    const View<2> dq = pass.at(m_dq, n);
    const View<2> dkv = pass.at(m_dkv, n);
    const View<2> d_c_kv = pass.at(m_d_c_kv, n);
    const View<2> dk_rope = d_c_kv.columns(m_latent_dim, m_head.rope_dim);

    if (m_recompute == Recompute::Norms) {
        up_project_query(pass, x);
        normalize_latent(pass);
        m_kv_b.forward(pass, pass.at(m_latent, n), pass.at(m_kv, n));
    }
    m_o.backward(pass, pass.at(m_attended, n), dy, pass.at(m_d_attended, n));
    run(pass.stream, AttentionBackward{.q = q,
                                       .kv = pass.at(m_kv, n),
                                       .k_rope = c_kv.columns(m_latent_dim, m_head.rope_dim),
                                       .y = pass.at(m_attended, n),
                                       .lse = pass.at(m_lse, n),
                                       .dy = pass.at(m_d_attended, n),
                                       .head = m_head,
                                       .batch = pass.shape.batch,
                                       .scale = m_scale,
                                       .dq = dq,
                                       .dkv = dkv,
                                       .dk_rope = dk_rope});
    rotate_queries(pass, dq, RopeDirection::Backward);
    rotate_key(pass, dk_rope, RopeDirection::Backward);

    m_kv_b.backward(pass, pass.at(m_latent, n), dkv, pass.at(m_d_latent, n));
    m_kv_norm.backward(pass, c_kv.columns(0, m_latent_dim), pass.at(m_d_latent, n), d_c_kv.columns(0, m_latent_dim));
    m_kv_a.backward(pass, x, d_c_kv, dx);
    if (m_q_a) {
        m_q.backward(pass, pass.at(m_c_q_normed, n), dq, pass.at(m_d_c_q_normed, n));
        m_q_norm->backward(pass, pass.at(m_c_q, n), pass.at(m_d_c_q_normed, n), pass.at(m_d_c_q, n));
        m_q_a->backward(pass, x, pass.at(m_d_c_q, n), dx, WriteMode::Accumulate);
    } else {
        m_q.backward(pass, x, dq, dx, WriteMode::Accumulate);
    }
}

} // namespace triptych
