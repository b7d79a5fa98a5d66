// RMSNorm: the normalisation before every block, of the latents and of the MTP inputs (DeepSeek-V3 report section 2.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// y[n,c] = x[n,c] * rstd[n] * gain[c],  rstd[n] = 1 / sqrt(mean_c x[n,c]^2 + eps)
/// x and y may be column slices. The sum runs in f32 or wider.
struct RmsNormForward {
    static constexpr const char* name = "rms_norm_forward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;    // [N, C] in
    ConstView<1> gain; // [C]    in
    double eps = 1e-6; //        in, added to the mean square
    View<2> y;         // [N, C] out
    View<1> rstd;      // [N]    out, saved for the backward pass
    void check() const;
    double flops() const;
    double bytes() const;
};

/// xhat = x * rstd;  dx[n,c] = rstd[n] * (dy*gain - xhat * mean_c(dy*gain*xhat));  dgain[c] += sum_n dy*xhat
/// x, dy and dx may be column slices. Deterministic: partial sums of dgain are added in a fixed order.
struct RmsNormBackward {
    static constexpr const char* name = "rms_norm_backward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;    // [N, C] in
    ConstView<1> gain; // [C]    in
    ConstView<1> rstd; // [N]    in, from the forward pass
    ConstView<2> dy;   // [N, C] in
    View<2> dx;        // [N, C] out
    View<1> dgain;     // [C]    accumulated
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const RmsNormForward&);
void launch(Cpu, Stream&, const RmsNormBackward&);
void launch(Cuda, Stream&, const RmsNormForward&);
void launch(Cuda, Stream&, const RmsNormBackward&);

} // namespace triptych
