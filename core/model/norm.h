// RMSNorm with a learned gain: the parameter, the saved inverse deviation, forward and backward.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/pass.h"
#include "core/model/precision.h"

#include <string>

namespace triptych {

class Norm {
public:
    Norm(std::string name, std::int64_t width, double eps) : m_name(std::move(name)), m_width(width), m_eps(eps) {}

    void declare(ParamRows& rows);
    /// label: how the plan calls the saved row deviations.
    void plan(Planner& planner, Precision precision, std::int64_t tokens, const std::string& label);
    /// x, y [N, C]; both may be column slices.
    void forward(Pass& pass, ConstView<2> x, View<2> y) const;
    /// dgain accumulates, dx is overwritten.
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx) const;
    /// dx = what came by the residual + the gradient of the norm, in both types.
    void backward(Pass& pass, ConstView<2> x, ConstView<2> dy, ConstView<2> residual, const Gradient& dx) const;

private:
    std::string m_name;
    std::int64_t m_width;
    double m_eps;
    ParamId m_gain;
    Slot<1> m_rstd;
};

} // namespace triptych
