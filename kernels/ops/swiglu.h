// SwiGLU: the gated activation of every feed-forward network, dense, shared or routed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// y[n,f] = silu(gate[n,f]) * up[n,f],  gate_up = [gate | up],  silu(g) = g / (1 + exp(-g))
struct SwiGluForward {
    static constexpr const char* name = "swiglu_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> gate_up; // [N, 2F] in
    View<2> y;            // [N, F]  out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dgate = dy * up * (s + gate * s * (1 - s)), s = sigmoid(gate);  dup = dy * silu(gate)
struct SwiGluBackward {
    static constexpr const char* name = "swiglu_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> gate_up; // [N, 2F] in
    ConstView<2> dy;      // [N, F]  in
    View<2> dgate_up;     // [N, 2F] out, may be the same memory as gate_up
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const SwiGluForward&);
void launch(Cpu, Stream&, const SwiGluBackward&);

} // namespace triptych
