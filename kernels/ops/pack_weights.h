// Weights in the order in which products of BF16 read them: rounded and rearranged once per optimizer step, not once
// per product.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// forward: what LinearForward and GroupedLinearForward read; backward: what their input gradients read. Each expert's
/// matrix lies in a part of its own. The order is the device's own affair: it is never saved.
struct PackWeights {
    static constexpr const char* name = "pack_weights";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<3> weight; // [E, O, I] F32 in; one expert for a projection
    View<1> forward;     // [E * packed_bytes_forward(O, I)]  U8 out
    View<1> backward;    // [E * packed_bytes_backward(O, I)] U8 out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// Bytes of one packed matrix [O, I] on this machine.
std::int64_t packed_bytes_forward(std::int64_t outputs, std::int64_t inputs);
std::int64_t packed_bytes_backward(std::int64_t outputs, std::int64_t inputs);

void launch(Cpu, Stream&, const PackWeights&);

} // namespace triptych
