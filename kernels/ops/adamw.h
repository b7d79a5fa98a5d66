// AdamW with decoupled weight decay (Loshchilov and Hutter 2019), clipping folded in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

#include <array>

namespace triptych {

/// g = gradient * gradient_scale;  m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g^2
/// weight -= learning_rate * ( (m / (1-b1^step)) / (sqrt(v / (1-b2^step)) + eps) + weight_decay * weight )
/// Where packed copies are given, the weight is the matrices [E, O, I] one behind the other, and what PackWeights would write
/// is written while they are in the cache.
struct AdamWUpdate {
    static constexpr const char* name = "adamw_update";
    static constexpr Backends backends = Backends::CpuOnly;
    View<1> weight;           // [N] in and out
    ConstView<1> gradient;    // [N] in
    View<1> first_moment;     // [N] in and out
    View<1> second_moment;    // [N] in and out
    double gradient_scale = 1; //    in, clipping and averaging
    double learning_rate = 0;
    double beta1 = 0.9;
    double beta2 = 0.95;
    double eps = 1e-8;
    double weight_decay = 0;
    std::int64_t step = 1;    //     in, from 1
    std::array<std::int64_t, 3> matrices = {}; // E, O, I with E * O * I = N, of a weight with packed copies
    View<1> packed_forward = {};               // [E * packed_bytes_forward(O, I, operands)]  U8 out, for an F32 weight
    View<1> packed_backward = {}; // [E * packed_bytes_backward(O, I, operands)] U8 out, given with the other
    DType operands = DType::BF16; // F32 or BF16: of the products that read the copies
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const AdamWUpdate&);

} // namespace triptych
