// Gating of the experts: affinities, group-limited selection by biased scores, weights from unbiased ones (V3 report 2.1.2, eq. 12-16).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

enum class ScoreFunction : std::uint8_t { Sigmoid = 1, Softmax };
enum class BiasMask : std::uint8_t { None = 1, MinusInfinity };
enum class Normalize : std::uint8_t { No = 1, Yes };

/// scores = sigmoid(logits) or softmax(logits);  r = scores + bias decides, scores weigh.
/// A group's score is the sum of its two largest r; only experts of the topk_group best groups stand for election, the
/// others count as -inf. experts[n,:] = the top_k largest r in falling order; the lowest index wins a tie, of groups
/// too. A rank that is NaN counts as -inf: experts stay in range and within their groups whatever the logits hold. A
/// bias of -inf gives the lowest rank. Masked by it, an expert is off: its score is 0 too, so that nothing that reads
/// scores (a balance loss, the gradient) sees it. Softmax leaves the others the scores that they have beside it.
/// With a deck there is no election: experts[n,k] = deck[(first + n K + k) mod D], whatever the logits hold.
/// weights = scores of the chosen, divided by (their sum + 1e-20) if normalize, times scaling.
struct RouterForward {
    static constexpr const char* name = "router_forward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> logits;  // [N, E]     in
    ConstView<1> bias = {}; // [E]      in, selection only; not given counts as zero
    BiasMask mask = BiasMask::None;
    ScoreFunction score_function = ScoreFunction::Sigmoid;
    std::int64_t n_group = 1;    //     in, divides E
    std::int64_t topk_group = 1; //     in, 1..n_group
    ConstView<1> deck = {};      // [D] I32  in, D >= K different experts to be dealt out in turn; on the CPU only
    std::int64_t first = 0;      //          in, how many were dealt before
    Normalize normalize = Normalize::Yes;
    double scaling = 1.0; //            in, routed_scaling_factor
    View<2> scores;       // [N, E]     out
    View<2> experts;      // [N, K] I32 out
    View<2> weights;      // [N, K]     out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// From the gradient of the weights to that of the logits; selection and bias carry none. dscores, where given, is a further
/// gradient of the scores (a balance loss).
struct RouterBackward {
    static constexpr const char* name = "router_backward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> scores;   // [N, E]     in
    ConstView<2> experts;  // [N, K] I32 in
    ConstView<2> dweights; // [N, K]     in
    ConstView<2> dscores = {}; // [N, E] in, may be not given
    ScoreFunction score_function = ScoreFunction::Sigmoid;
    Normalize normalize = Normalize::Yes;
    double scaling = 1.0;
    View<2> dlogits;       // [N, E]     out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const RouterForward&);
void launch(Cpu, Stream&, const RouterBackward&);
void launch(Cuda, Stream&, const RouterForward&);
void launch(Cuda, Stream&, const RouterBackward&);

} // namespace triptych
