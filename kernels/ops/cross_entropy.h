// Softmax and cross entropy of the output head, loss and gradient in one visit.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// losses[n] = log sum_v exp(logits[n,v]) - logits[n,targets[n]];  0 where targets[n] < 0 (no target there).
struct CrossEntropyForward {
    static constexpr const char* name = "cross_entropy_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> logits;  // [N, V]  in
    ConstView<1> targets; // [N] I32 in, in [0, V) or negative
    View<1> losses;       // [N]     out, nats
    void check() const;
    double flops() const;
    double bytes() const;
};

/// The same losses, and dlogits[n,v] = scale * (softmax(logits[n])[v] - [v == targets[n]]); rows without target get 0.
struct CrossEntropyForwardBackward {
    static constexpr const char* name = "cross_entropy_forward_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> logits;  // [N, V]  in
    ConstView<1> targets; // [N] I32 in
    double scale = 1;     //         in, gradient of each loss
    View<1> losses;       // [N]     out, nats
    View<2> dlogits;      // [N, V]  out, may be the same memory as logits; BF16 where logits are F32, if wanted
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const CrossEntropyForward&);
void launch(Cpu, Stream&, const CrossEntropyForwardBackward&);

} // namespace triptych
