// MLA's absorbed form for decoding: attention over the cached latents themselves (DeepSeek-V2 report 2.1.2; V3 report 2.1.1).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"
#include "kernels/ops/attention.h"

namespace triptych {

// kv_b may be BF16 beside values of F32, which are not rounded.

/// q_latent[n,h,:] = W_UK[h]^T q_nope[n,h,:], where W_UK[h] is the first nope rows of head h in kv_b.
struct AbsorbQuery {
    static constexpr const char* name = "absorb_query";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> q;     // [N, H*(nope+rope)]      in
    ConstView<2> kv_b;  // [H*(nope+value), C]     in, kv_b_proj
    HeadShape head;
    View<3> q_latent;   // [N, H, C]               out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// score[n,h,j] = scale * (q_latent[n,h] . latent[j] + q_rope[n,h] . k_rope[j]),  j <= S - N + n
/// z[n,h,:] = sum_j softmax_j(score) latent[j].  One sequence; its last N cached positions are the queries themselves.
/// latent and k_rope may be column slices of one cache. Softmax and its sums run in f32 or wider.
struct LatentAttention {
    static constexpr const char* name = "latent_attention";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<3> q_latent; // [N, H, C]            in
    ConstView<2> q;        // [N, H*(nope+rope)]   in, of which the rotated rope part is read
    ConstView<2> latent;   // [S, C]               in, cached, after kv_a_layernorm
    ConstView<2> k_rope;   // [S, rope]            in, cached, after rotation
    HeadShape head;
    double scale = 0;      //                      in, 1/sqrt(nope+rope) times YaRN's factor, never 1/sqrt(C+rope)
    View<3> z;             // [N, H, C]            out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// y[n,h,:] = W_UV[h] z[n,h,:], where W_UV[h] is the last value rows of head h in kv_b.
struct ProjectLatentValue {
    static constexpr const char* name = "project_latent_value";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<3> z;     // [N, H, C]               in
    ConstView<2> kv_b;  // [H*(nope+value), C]     in
    HeadShape head;
    View<2> y;          // [N, H*value]            out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const AbsorbQuery&);
void launch(Cpu, Stream&, const LatentAttention&);
void launch(Cpu, Stream&, const ProjectLatentValue&);

} // namespace triptych
