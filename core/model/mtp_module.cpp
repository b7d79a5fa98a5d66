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
{}

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
    m_recompute = planner.recompute();
    m_projected = planner.keep<2>("projected", precision.wide, {n, m_hidden});
    m_block_out = planner.keep<2>("block_out", precision.wide, {n, m_hidden});
    m_norm.plan(planner, precision, n, "norm");
    {
        // Nothing here lives while the block runs.
        const Planner::Scope inputs(planner, "inputs");
        const Planner::Layer shared(planner);
        m_joined = planner.renew<2>("joined", precision.narrow, {n, 2 * m_hidden});
        if (planner.purpose() == PlanFor::Training)
            m_d_joined = planner.scratch<2>("d_joined", precision.wide, {n, 2 * m_hidden});
        m_enorm.plan(planner, precision, n, "enorm");
        m_hnorm.plan(planner, precision, n, "hnorm");
    }
    m_layer.plan(planner, precision, shape);
}

void MtpModule::join(Pass& pass, ConstView<2> embedded, ConstView<2> previous)
{
    const View<2> joined = pass.at(m_joined, pass.tokens());
    m_enorm.forward(pass, embedded, joined.columns(0, m_hidden));
    m_hnorm.forward(pass, previous, joined.columns(m_hidden, m_hidden));
}

void MtpModule::forward(Pass& pass, ConstView<2> embedded, ConstView<2> previous, View<2> out)
{
    const std::int64_t n = pass.tokens();
    const View<2> projected = pass.at(m_projected, n);
    const View<2> block_out = pass.at(m_block_out, n);
    join(pass, embedded, previous);
    m_projection.forward(pass, pass.at(m_joined, n), projected);
    m_layer.forward(pass, projected, block_out);
    m_norm.forward(pass, block_out, out);
}

void MtpModule::backward_block(Pass& pass, ConstView<2> d_out, const Gradient& a, const Gradient& b)
{
    const std::int64_t n = pass.tokens();
    m_norm.backward(pass, pass.at(m_block_out, n), d_out, {}, a);
    m_layer.backward(pass, pass.at(m_projected, n), a, b);
}

void MtpModule::backward_inputs(Pass& pass, ConstView<2> embedded, ConstView<2> previous, const Gradient& a,
                                const Gradient& b)
{
    const std::int64_t n = pass.tokens();
    const View<2> d_joined = pass.at(m_d_joined, n);
    if (m_recompute != Recompute::None) join(pass, embedded, previous);
    m_projection.backward(pass, pass.at(m_joined, n), b.narrow, d_joined);
    m_enorm.backward(pass, embedded, d_joined.columns(0, m_hidden), b.wide);
    m_hnorm.backward(pass, previous, d_joined.columns(m_hidden, m_hidden), a.wide);
}

} // namespace triptych
