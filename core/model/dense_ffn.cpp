// The gated feed-forward network, forward and backward.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/dense_ffn.h"

#include "kernels/ops/linear.h"
#include "kernels/ops/swiglu.h"

namespace triptych {

DenseFfn::DenseFfn(std::string prefix, std::int64_t hidden, std::int64_t width)
    : m_prefix(std::move(prefix)), m_hidden(hidden), m_width(width), m_down(m_prefix + "down_proj.weight", width, hidden)
{
}

void DenseFfn::declare(ParamRows& rows)
{
    m_gate_up = rows.add({.name = m_prefix + "gate_up_proj.weight",
                          .shape = {2 * m_width, m_hidden},
                          .packing = Packing::Yes,
                          .gradient_writes = GradientWrites::Once,
                          .parts = {{m_prefix + "gate_proj.weight", {m_width, m_hidden}},
                                    {m_prefix + "up_proj.weight", {m_width, m_hidden}}}});
    m_down.declare(rows);
}

void DenseFfn::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "ffn");
    const DType narrow = precision.narrow;
    m_gate_up_out = planner.keep<2>("gate_up", narrow, {shape.tokens(), 2 * m_width});
    m_recompute = planner.recompute();
    m_activated = planner.renew<2>("activated", narrow, {shape.tokens(), m_width});
    if (planner.purpose() == PlanFor::Training)
        m_d_activated = planner.scratch<2>("d_activated", narrow, {shape.tokens(), m_width});
}

void DenseFfn::forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual)
{
    const View<2> gate_up = pass.at(m_gate_up_out, x.size(0));
    const View<2> activated = pass.at(m_activated, x.size(0));
    run(pass.stream, LinearForward{.x = x,
                                   .weight = pass.params.weight<2>(m_gate_up),
                                   .y = gate_up,
                                   .packed = pass.params.packed_forward(m_gate_up, x.dtype())});
    run(pass.stream, SwiGluForward{.gate_up = gate_up, .y = activated});
    m_down.forward(pass, activated, y, residual);
}

void DenseFfn::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx)
{
    const View<2> gate_up = pass.at(m_gate_up_out, x.size(0));
    const View<2> d_activated = pass.at(m_d_activated, x.size(0));
    if (m_recompute == Recompute::Norms)
        run(pass.stream, SwiGluForward{.gate_up = gate_up, .y = pass.at(m_activated, x.size(0))});
    m_down.backward(pass, pass.at(m_activated, x.size(0)), dy, d_activated);
    // In place: the values of gate and up are needed no more.
    run(pass.stream, SwiGluBackward{.gate_up = gate_up, .dy = d_activated, .dgate_up = gate_up});
    run(pass.stream, LinearBackwardWeight{.x = x,
                                          .dy = gate_up,
                                          .dweight = pass.params.gradient<2>(m_gate_up),
                                          .mode = pass.gradient_mode});
    run(pass.stream, LinearBackwardInput{.dy = gate_up,
                                         .weight = pass.params.weight<2>(m_gate_up),
                                         .dx = dx,
                                         .packed = pass.params.packed_backward(m_gate_up, gate_up.dtype())});
}

} // namespace triptych
