// Matrix products of the projections: y = x W^T and its two gradients, weights stored [out, in] as in checkpoints.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"
#include "kernels/base/write_mode.h"

namespace triptych {

// Element types: everything F32 or everything F64, or operands of BF16: x, dy of BF16 and the weight as BF16, or given
// by its packed copy (PackWeights); then y and dx may be F32 or BF16, and dweight is F32. A packed copy of F32 stands
// beside its weight. With x of BF16 and an F32 weight without packed copy the product runs in F32, as a router needs
// it. A forward product of x of F32 with a weight of BF16 leaves F32: with few rows x is not rounded, with many it is,
// to BF16, for speed.

/// y[n,o] = sum_i x[n,i] * weight[o,i] + addend[n,o]   (y += with Accumulate)
/// x, y and addend may be column slices. Accumulates in f32 or wider.
struct LinearForward {
    static constexpr const char* name = "linear_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;      // [N, I] in
    ConstView<2> weight; // [O, I] in
    View<2> y;           // [N, O] out
    WriteMode mode = WriteMode::Overwrite;
    ConstView<1> packed = {}; // [packed_bytes_forward(O, I, type of x)] U8 in, read instead of weight
    ConstView<2> addend = {}; // [N, O] in, F32 or F64; not with Accumulate
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dx[n,i] = sum_o dy[n,o] * weight[o,i]   (dx += with Accumulate, where dx is not BF16)
/// dy and dx may be column slices.
struct LinearBackwardInput {
    static constexpr const char* name = "linear_backward_input";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> dy;     // [N, O] in
    ConstView<2> weight; // [O, I] in
    View<2> dx;          // [N, I] out
    WriteMode mode = WriteMode::Overwrite;
    ConstView<1> packed = {}; // [packed_bytes_backward(O, I, type of dy)] U8 in, read instead of weight
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dweight[o,i] += sum_n dy[n,o] * x[n,i]   (= with Overwrite)
/// x and dy may be column slices.
struct LinearBackwardWeight {
    static constexpr const char* name = "linear_backward_weight";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x;  // [N, I] in
    ConstView<2> dy; // [N, O] in
    View<2> dweight; // [O, I] accumulated
    WriteMode mode = WriteMode::Accumulate;
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const LinearForward&);
void launch(Cpu, Stream&, const LinearBackwardInput&);
void launch(Cpu, Stream&, const LinearBackwardWeight&);

} // namespace triptych
