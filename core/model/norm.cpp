// RMSNorm as the blocks use it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/norm.h"

#include "kernels/ops/rms_norm.h"

namespace triptych {

void Norm::declare(ParamRows& rows)
{
    m_gain = rows.add({.name = m_name, .shape = {m_width}, .init = Init::Ones, .decay = Decay::No});
}

void Norm::plan(Planner& planner, Precision precision, std::int64_t tokens, const std::string& label)
{
    m_rstd = planner.keep<1>(label + "_rstd", precision.wide, {tokens});
}

void Norm::forward(Pass& pass, ConstView<2> x, View<2> y) const
{
    run(pass.stream, RmsNormForward{.x = x,
                                    .gain = pass.params.weight<1>(m_gain),
                                    .eps = m_eps,
                                    .y = y,
                                    .rstd = pass.at(m_rstd, x.size(0))});
}

void Norm::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) const
{
    backward(pass, x, dy, {}, dx);
}

void Norm::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, ConstView<2> residual, const Gradient& dx) const
{
    run(pass.stream, RmsNormBackward{.x = x,
                                     .gain = pass.params.weight<1>(m_gain),
                                     .rstd = pass.at(m_rstd, x.size(0)),
                                     .dy = dy,
                                     .dx = dx.wide,
                                     .dgain = pass.params.gradient<1>(m_gain),
                                     .addend = residual,
                                     .rounded = dx.rounded()});
}

} // namespace triptych
