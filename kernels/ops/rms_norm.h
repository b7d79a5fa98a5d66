// RMSNorm: the normalisation before every block, of the latents and of the MTP inputs (DeepSeek-V3 report section 2.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// y[n,c] = x[n,c] * rstd[n] * gain[c],  rstd[n] = 1 / sqrt(mean_c x[n,c]^2 + eps)
/// x and y may be column slices. The sum runs in f32 or wider. y may be BF16 where x is F32.
struct RmsNormForward {
    static constexpr const char* name = "rms_norm_forward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;    // [N, C] in
    ConstView<1> gain; // [C]    in, F32 where x is BF16, as is rstd
    double eps = 1e-6; //        in, added to the mean square
    View<2> y;         // [N, C] out
    View<1> rstd;      // [N]    out, saved for the backward pass
    void check() const;
    double flops() const;
    double bytes() const;
};

/// xhat = x * rstd;  dx[n,c] = rstd[n] * (dy*gain - xhat * mean_c(dy*gain*xhat));  dgain[c] += sum_n dy*xhat
/// With an addend dx is that plus the gradient: the gradient of a residual stream in one pass.
/// x, dy and dx may be column slices. Deterministic: partial sums of dgain are added in a fixed order.
struct RmsNormBackward {
    static constexpr const char* name = "rms_norm_backward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;    // [N, C] in
    ConstView<1> gain; // [C]    in
    ConstView<1> rstd; // [N]    in, from the forward pass
    ConstView<2> dy;   // [N, C] in, of x's type, or F32 where x is BF16
    View<2> dx;        // [N, C] out, of dy's type; may be the memory of addend
    View<1> dgain;     // [C]    accumulated
    ConstView<2> addend = {}; // [N, C] in, as dx
    View<2> rounded = {};     // [N, C] out, BF16: an F32 dx once more, for the products that read it
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const RmsNormForward&);
void launch(Cpu, Stream&, const RmsNormBackward&);
void launch(Cuda, Stream&, const RmsNormForward&);
void launch(Cuda, Stream&, const RmsNormBackward&);

} // namespace triptych
