// Matrix products of the routed experts: one weight per expert, rows sorted by expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"
#include "kernels/base/write_mode.h"
#include "kernels/ops/swiglu.h"

namespace triptych {

// Element types as in linear.h: all F32, all F64, or operands of BF16 with packed weights.
// With `then` SwiGLU follows on the rows of a result as they come, while they are in the cache. flops() are the products'
// alone, as the work of a step is counted.
// With an order the rows of x (or dy) are those of tokens: row m is token order[m] / K, K = M / N. Nothing is copied together.

/// For every expert e and row m in [offsets[e], offsets[e+1]):  y[m,o] = sum_i x[m,i] * weight[e,o,i]
/// offsets rise from 0 to M; an expert without rows is fine. Accumulates in f32 or wider.
struct GroupedLinearForward {
    static constexpr const char* name = "grouped_linear_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;       // [M, I]    in, rows sorted by expert; [N, I] with an order
    ConstView<1> offsets; // [E+1] I32 in
    ConstView<3> weight;  // [E, O, I] in
    View<2> y;            // [M, O]    out
    ConstView<1> order = {};  // [M] I32 in, from PlanDispatch
    ConstView<1> packed = {}; // [E * packed_bytes_forward(O, I, type of x)] U8 in, read instead of weight
    SwiGluForward then = {};  // given where it has a gate_up, which is y
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dx[m,i] = sum_o dy[m,o] * weight[e,o,i]
struct GroupedLinearBackwardInput {
    static constexpr const char* name = "grouped_linear_backward_input";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> dy;      // [M, O]    in; [N, O] with an order
    ConstView<1> offsets; // [E+1] I32 in
    ConstView<3> weight;  // [E, O, I] in
    View<2> dx;           // [M, I]    out
    ConstView<1> order = {};  // [M] I32 in
    ConstView<1> packed = {}; // [E * packed_bytes_backward(O, I, type of dy)] U8 in, read instead of weight
    SwiGluBackward then = {}; // given where it has a dy, which is dx
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dweight[e,o,i] += sum_{m of e} dy[m,o] * x[m,i]   (= with Overwrite, 0 for an expert without rows)
struct GroupedLinearBackwardWeight {
    static constexpr const char* name = "grouped_linear_backward_weight";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;       // [M, I]    in; [N, I] with an x_order
    ConstView<2> dy;      // [M, O]    in; [N, O] with a dy_order
    ConstView<1> offsets; // [E+1] I32 in
    View<3> dweight;      // [E, O, I] accumulated
    ConstView<1> x_order = {};  // [M] I32 in
    ConstView<1> dy_order = {}; // [M] I32 in
    WriteMode mode = WriteMode::Accumulate;
    View<1> squares = {};       // [E] F64 out, sum of squares of what each matrix of dweight then holds
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const GroupedLinearForward&);
void launch(Cpu, Stream&, const GroupedLinearBackwardInput&);
void launch(Cpu, Stream&, const GroupedLinearBackwardWeight&);

} // namespace triptych
