// The complementary sequence-wise balance loss (V3 report 2.1.2, eq. 17-20), also V2's expert-level auxiliary loss.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// Per sequence of T tokens: f[i] = E/(K T) * #{t : i among the K largest scores of t} (no bias, no groups, lowest index wins);
/// P[i] = 1/T sum_t s[t,i] / S[t], S[t] = sum_j s[t,j] + 1e-20;  loss[b] = alpha * sum_i f[i] P[i]. Sums run in double.
struct BalanceLossForward {
    static constexpr const char* name = "balance_loss_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> scores;  // [B*T, E] in, unbiased affinities
    std::int64_t batch = 1;
    std::int64_t top_k = 1;
    double alpha = 0;
    View<2> load;         // [B, E]   out, f, saved for the backward pass
    View<1> loss;         // [B]      out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dscores[t,j] = dloss * alpha/T * (f[j] - sum_i f[i] s[t,i] / S) / S,  S = S[t] as above;  f carries no gradient.
struct BalanceLossBackward {
    static constexpr const char* name = "balance_loss_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> scores;  // [B*T, E] in
    ConstView<2> load;    // [B, E]   in
    std::int64_t batch = 1;
    double alpha = 0;
    double dloss = 1;     //          in, gradient of each loss[b]
    View<2> dscores;      // [B*T, E] out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const BalanceLossForward&);
void launch(Cpu, Stream&, const BalanceLossBackward&);

} // namespace triptych
