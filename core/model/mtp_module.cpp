// Multi-token prediction, forward and backward.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/mtp_module.h"

namespace triptych {

namespace {

std::string prefix(const ModelConfig& config, std::int64_t depth)
{
    return "model.layers." + std::to_string(config.num_hidden_layers + depth - 1) + ".";
}

} // namespace

MtpModule::MtpModule(const ModelConfig& config, std::int64_t depth, const RouterInfo& router, const RopeTable& rope)
    : m_hidden(config.hidden_size), m_enorm(prefix(config, depth) + "enorm.weight", m_hidden, config.rms_norm_eps),
      m_hnorm(prefix(config, depth) + "hnorm.weight", m_hidden, config.rms_norm_eps),
      m_projection(prefix(config, depth) + "eh_proj.weight", 2 * m_hidden, m_hidden),
      m_layer(config, config.num_hidden_layers + depth - 1, router, rope),
      m_norm(prefix(config, depth) + "shared_head.norm.weight", m_hidden, config.rms_norm_eps)
{
}

void MtpModule::declare(ParamRows& rows)
{
    m_enorm.declare(rows);
    m_hnorm.declare(rows);
    m_projection.declare(rows);
    m_layer.declare(rows);
    m_norm.declare(rows);
}

void MtpModule::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "mtp");
    const std::int64_t n = shape.tokens();
    m_joined = planner.keep<2>("joined", precision.narrow, {n, 2 * m_hidden});
    m_projected = planner.keep<2>("projected", precision.wide, {n, m_hidden});
    m_block_out = planner.keep<2>("block_out", precision.wide, {n, m_hidden});
    if (planner.purpose() == PlanFor::Training) {
        m_d_block = GradientSlot::scratch(planner, "d_block", precision, {n, m_hidden});
        m_d_projected = GradientSlot::scratch(planner, "d_projected", precision, {n, m_hidden});
        m_d_joined = planner.scratch<2>("d_joined", precision.wide, {n, 2 * m_hidden});
    }
    m_enorm.plan(planner, precision, n, "enorm");
    m_hnorm.plan(planner, precision, n, "hnorm");
    m_norm.plan(planner, precision, n, "norm");
    m_layer.plan(planner, precision, shape);
}

void MtpModule::forward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, View<2> out)
{
    const std::int64_t n = pass.tokens();
    const View<2> joined = pass.at(m_joined, n);
    const View<2> projected = pass.at(m_projected, n);
    const View<2> block_out = pass.at(m_block_out, n);
    m_enorm.forward(pass, embedded, joined.columns(0, m_hidden));
    m_hnorm.forward(pass, previous, joined.columns(m_hidden, m_hidden));
    m_projection.forward(pass, joined, projected);
    m_layer.forward(pass, projected, block_out);
    m_norm.forward(pass, block_out, out);
}

void MtpModule::backward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, ConstView<2> d_out,
                         View<2> d_embedded, View<2> d_previous)
{
    const std::int64_t n = pass.tokens();
    const Gradient d_block = pass.at(m_d_block, n);
    const Gradient d_projected = pass.at(m_d_projected, n);
    const View<2> d_joined = pass.at(m_d_joined, n);
    m_norm.backward(pass, pass.at(m_block_out, n), d_out, {}, d_block);
    m_layer.backward(pass, pass.at(m_projected, n), d_block, d_projected);
    m_projection.backward(pass, pass.at(m_joined, n), d_projected.narrow, d_joined);
    m_enorm.backward(pass, embedded, d_joined.columns(0, m_hidden), d_embedded);
    m_hnorm.backward(pass, previous, d_joined.columns(m_hidden, m_hidden), d_previous);
}

} // namespace triptych
