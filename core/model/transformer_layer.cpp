// One transformer layer, forward and backward.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/transformer_layer.h"

#include "core/model/dense_ffn.h"
#include "core/model/moe_ffn.h"

namespace triptych {

namespace {

std::string prefix(std::int64_t layer)
{
    return "model.layers." + std::to_string(layer) + ".";
}

} // namespace

TransformerLayer::TransformerLayer(const ModelConfig& config, std::int64_t layer, const RouterInfo& router,
                                   const RopeTable& rope)
    : m_index(layer), m_hidden(config.hidden_size),
      m_input_norm(prefix(layer) + "input_layernorm.weight", config.hidden_size, config.rms_norm_eps),
      m_attention(config, layer, rope),
      m_post_norm(prefix(layer) + "post_attention_layernorm.weight", config.hidden_size, config.rms_norm_eps)
{
    if (config.is_moe_layer(layer)) {
        auto moe = std::make_unique<MoeFfn>(config, layer, router.create(config, layer));
        m_moe = moe.get();
        m_ffn = std::move(moe);
    } else {
        m_ffn = std::make_unique<DenseFfn>(prefix(layer) + "mlp.", config.hidden_size, config.intermediate_size);
    }
}

TransformerLayer::~TransformerLayer() = default;

void TransformerLayer::declare(ParamRows& rows)
{
    m_input_norm.declare(rows);
    m_attention.declare(rows);
    m_post_norm.declare(rows);
    m_ffn->declare(rows);
}

void TransformerLayer::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "layers." + std::to_string(m_index));
    const Planner::Layer layer(planner);
    const std::int64_t n = shape.tokens();
    m_recompute = planner.recompute();
    m_attention_in = planner.renew<2>("attention_in", precision.narrow, {n, m_hidden});
    m_middle = planner.keep<2>("middle", precision.wide, {n, m_hidden});
    m_ffn_in = planner.renew<2>("ffn_in", precision.narrow, {n, m_hidden});
    if (planner.purpose() == PlanFor::Training) {
        m_d_branch = planner.scratch<2>("d_branch", precision.wide, {n, m_hidden});
        m_d_middle = GradientSlot::scratch(planner, "d_middle", precision, {n, m_hidden});
    }
    m_input_norm.plan(planner, precision, n, "input_norm");
    m_post_norm.plan(planner, precision, n, "post_norm");
    m_attention.plan(planner, precision, shape);
    m_ffn->plan(planner, precision, shape);
}

void TransformerLayer::forward(Pass& pass, ConstView<2> x, View<2> y)
{
    const std::int64_t n = pass.tokens();
    const View<2> attention_in = pass.at(m_attention_in, n);
    const View<2> middle = pass.at(m_middle, n);
    const View<2> ffn_in = pass.at(m_ffn_in, n);

    m_input_norm.forward(pass, x, attention_in);
    m_attention.forward(pass, attention_in, middle, x);
    m_post_norm.forward(pass, middle, ffn_in);
    m_ffn->forward(pass, ffn_in, y, middle);
    if (pass.wants({TapPoint::LayerOutput, m_index})) pass.probe->take({TapPoint::LayerOutput, m_index}, y);
}

void TransformerLayer::backward(Pass& pass, ConstView<2> x, const Gradient& dy, const Gradient& dx)
{
    const std::int64_t n = pass.tokens();
    const View<2> d_branch = pass.at(m_d_branch, n);
    const Gradient d_middle = pass.at(m_d_middle, n);

    if (m_recompute == Recompute::Layers) {
        Pass again = pass; // nobody counts or watches it a second time
        again.stats = nullptr;
        again.probe = nullptr;
        forward(again, x, d_branch);
    }
    if (m_recompute == Recompute::Norms) m_post_norm.forward(pass, pass.at(m_middle, n), pass.at(m_ffn_in, n));
    m_ffn->backward(pass, pass.at(m_ffn_in, n), dy.narrow, d_branch);
    m_post_norm.backward(pass, pass.at(m_middle, n), d_branch, dy.wide, d_middle);
    if (m_recompute == Recompute::Norms) m_input_norm.forward(pass, x, pass.at(m_attention_in, n));
    m_attention.backward(pass, pass.at(m_attention_in, n), d_middle.narrow, d_branch);
    m_input_norm.backward(pass, x, d_branch, d_middle.wide, dx);
}

} // namespace triptych
