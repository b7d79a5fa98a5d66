// Sorting tokens by expert and back: counts, offsets, the permutation, gather and weighted combine. No token is dropped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"
#include "kernels/base/write_mode.h"

namespace triptych {

/// Row m of the sorted order holds choice slot = order[m] = n * K + k. Experts in rising order, within one expert tokens in
/// rising order: the order is unique, so every backend gives the same bits.
struct PlanDispatch {
    static constexpr const char* name = "plan_dispatch";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> experts; // [N, K] I32 in, each in [0, E)
    View<1> counts;       // [E]    I32 out, rows per expert
    View<1> offsets;      // [E+1]  I32 out, exclusive prefix sum of counts
    View<1> order;        // [N*K]  I32 out, sorted row -> choice slot
    View<1> position;     // [N*K]  I32 out, choice slot -> sorted row
    void check() const;
    double flops() const;
    double bytes() const;
};

/// y[m,:] = x[order[m] / K, :]
struct PermuteForward {
    static constexpr const char* name = "permute_forward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;     // [N, D]    in
    ConstView<1> order; // [N*K] I32 in
    View<2> y;          // [N*K, D]  out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dx[n,:] = sum_k dy[position[n*K+k], :], k rising   (dx += with Accumulate). The transpose of the gather, and so also how the
/// outputs of the experts come together once they carry their weights. dx is F32 where dy is BF16.
struct PermuteBackward {
    static constexpr const char* name = "permute_backward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> dy;       // [N*K, D]  in
    ConstView<1> position; // [N*K] I32 in
    View<2> dx;            // [N, D]    out
    WriteMode mode = WriteMode::Overwrite;
    void check() const;
    double flops() const;
    double bytes() const;
};

/// y[n,:] = sum_k weights[n,k] * x[position[n*K+k], :], k rising   (y += with Accumulate)
struct CombineForward {
    static constexpr const char* name = "combine_forward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> x;        // [N*K, D]  in, rows sorted by expert
    ConstView<2> weights;  // [N, K]    in
    ConstView<1> position; // [N*K] I32 in
    View<2> y;             // [N, D]    out
    WriteMode mode = WriteMode::Overwrite;
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dx[position[n*K+k], :] = weights[n,k] * dy[n,:];  dweights[n,k] = dy[n,:] . x[position[n*K+k], :]
struct CombineBackward {
    static constexpr const char* name = "combine_backward";
    static constexpr Backends backends = Backends::CpuAndCuda;
    ConstView<2> dy;       // [N, D]    in
    ConstView<2> x;        // [N*K, D]  in
    ConstView<2> weights;  // [N, K]    in
    ConstView<1> position; // [N*K] I32 in
    View<2> dx;            // [N*K, D]  out
    View<2> dweights;      // [N, K]    out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const PlanDispatch&);
void launch(Cpu, Stream&, const PermuteForward&);
void launch(Cpu, Stream&, const PermuteBackward&);
void launch(Cpu, Stream&, const CombineForward&);
void launch(Cpu, Stream&, const CombineBackward&);
void launch(Cuda, Stream&, const PlanDispatch&);
void launch(Cuda, Stream&, const PermuteForward&);
void launch(Cuda, Stream&, const PermuteBackward&);
void launch(Cuda, Stream&, const CombineForward&);
void launch(Cuda, Stream&, const CombineBackward&);

} // namespace triptych
