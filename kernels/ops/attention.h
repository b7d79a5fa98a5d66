// Causal attention of MLA in its materialised form, for training and prefill (DeepSeek-V3 report section 2.1.1, eq. 10-11).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// The heads of one product: query and key are [nope | rope], the rope key is shared by all heads.
struct HeadShape {
    std::int64_t heads = 0;
    std::int64_t nope_dim = 0;
    std::int64_t rope_dim = 0;
    std::int64_t value_dim = 0;
};

/// score[i,j] = scale * (q_nope[i] . k_nope[j] + q_rope[i] . k_rope[j]),  j <= i + Tk - Tq
/// y[i] = sum_j softmax_j(score)[i,j] v[j];  lse[i] = log sum_j exp(score[i,j])
/// Rows are sequence after sequence: row b * T + t. Tk > Tq when earlier keys come from a cache. k_rope may be a column
/// slice. Softmax and its sums run in f32 or wider; scores are never stored whole. In BF16 lse is F32, here and below.
struct AttentionForward {
    static constexpr const char* name = "attention_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> q;      // [B*Tq, H*(nope+rope)]  in, rope part rotated
    ConstView<2> kv;     // [B*Tk, H*(nope+value)] in, per head [k_nope | v]
    ConstView<2> k_rope; // [B*Tk, rope]           in, rotated
    HeadShape head;
    std::int64_t batch = 1; //                     in, B
    double scale = 0;       //                     in, softmax scale
    View<2> y;           // [B*Tq, H*value]        out
    View<2> lse;         // [B*Tq, H]              out, saved for the backward pass
    void check() const;
    double flops() const;
    double bytes() const;
};

/// p = exp(score - lse);  dp = dy . v;  ds = p * (dp - dy . y);  dq = scale * ds k;  dk = scale * ds^T q;  dv = p^T dy.
/// dk_rope sums over heads. Needs Tq == Tk.
struct AttentionBackward {
    static constexpr const char* name = "attention_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> q;      // [B*T, H*(nope+rope)]   in
    ConstView<2> kv;     // [B*T, H*(nope+value)]  in
    ConstView<2> k_rope; // [B*T, rope]            in, may be a column slice
    ConstView<2> y;      // [B*T, H*value]         in
    ConstView<2> lse;    // [B*T, H]               in
    ConstView<2> dy;     // [B*T, H*value]         in
    HeadShape head;
    std::int64_t batch = 1;
    double scale = 0;
    View<2> dq;          // [B*T, H*(nope+rope)]   out
    View<2> dkv;         // [B*T, H*(nope+value)]  out
    View<2> dk_rope;     // [B*T, rope]            out, may be a column slice
    void check() const;
    double flops() const;
    double bytes() const;
};

/// weights[i,j] = exp(score[i,j] - lse[i]) for one head of one sequence, 0 above the diagonal: the map that people look
/// at. In BF16 it is F32.
struct AttentionWeights {
    static constexpr const char* name = "attention_weights";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> q;      // [Tq, H*(nope+rope)]    in, rows of one sequence
    ConstView<2> kv;     // [Tk, H*(nope+value)]   in
    ConstView<2> k_rope; // [Tk, rope]             in, may be a column slice
    ConstView<2> lse;    // [Tq, H]                in
    HeadShape head;
    std::int64_t head_index = 0;
    double scale = 0;
    View<2> weights;     // [Tq, Tk]               out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const AttentionForward&);
void launch(Cpu, Stream&, const AttentionBackward&);
void launch(Cpu, Stream&, const AttentionWeights&);

} // namespace triptych
