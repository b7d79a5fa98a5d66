// SwiGLU: the gated activation of every feed-forward network, dense, shared or routed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// y[n,f] = w[n] * silu(gate[n,f]) * up[n,f],  gate_up = [gate | up],  silu(g) = g / (1 + exp(-g))
/// w[n] = weights[order[n]], 1 where no weights are given: the router's weight of a token for the expert whose row n is. It is
/// applied before the down projection, which is linear, so that the sum over the experts is a plain one.
struct SwiGluForward {
    static constexpr const char* name = "swiglu_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> gate_up; // [N, 2F] in
    View<2> y;            // [N, F]  out
    ConstView<1> weights = {}; // [N] in, F32 where y is BF16
    ConstView<1> order = {};   // [N] I32 in, row -> its weight
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dgate = w dy * up * (s + gate * s * (1 - s)), s = sigmoid(gate);  dup = w dy * silu(gate)
/// dweights[order[n]] = sum_f dy * silu(gate) * up
struct SwiGluBackward {
    static constexpr const char* name = "swiglu_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> gate_up; // [N, 2F] in
    ConstView<2> dy;      // [N, F]  in
    View<2> dgate_up;     // [N, 2F] out, may be the same memory as gate_up
    ConstView<1> weights = {}; // [N] in
    ConstView<1> order = {};   // [N] I32 in
    View<1> dweights = {};     // [N] out, given with weights
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const SwiGluForward&);
void launch(Cpu, Stream&, const SwiGluBackward&);

} // namespace triptych
