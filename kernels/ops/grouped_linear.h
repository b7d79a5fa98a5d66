// Matrix products of the routed experts: one weight per expert, rows sorted by expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// For every expert e and row m in [offsets[e], offsets[e+1]):  y[m,o] = sum_i x[m,i] * weight[e,o,i]
/// offsets rise from 0 to M; an expert without rows is fine. Accumulates in f32 or wider.
struct GroupedLinearForward {
    static constexpr const char* name = "grouped_linear_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;       // [M, I]    in, rows sorted by expert
    ConstView<1> offsets; // [E+1] I32 in
    ConstView<3> weight;  // [E, O, I] in
    View<2> y;            // [M, O]    out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dx[m,i] = sum_o dy[m,o] * weight[e,o,i]
struct GroupedLinearBackwardInput {
    static constexpr const char* name = "grouped_linear_backward_input";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> dy;      // [M, O]    in
    ConstView<1> offsets; // [E+1] I32 in
    ConstView<3> weight;  // [E, O, I] in
    View<2> dx;           // [M, I]    out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dweight[e,o,i] += sum_{m of e} dy[m,o] * x[m,i]
struct GroupedLinearBackwardWeight {
    static constexpr const char* name = "grouped_linear_backward_weight";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;       // [M, I]    in
    ConstView<2> dy;      // [M, O]    in
    ConstView<1> offsets; // [E+1] I32 in
    View<3> dweight;      // [E, O, I] accumulated
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const GroupedLinearForward&);
void launch(Cpu, Stream&, const GroupedLinearBackwardInput&);
void launch(Cpu, Stream&, const GroupedLinearBackwardWeight&);

} // namespace triptych
