// Weights in the order in which products read them: rearranged, for those of BF16 rounded too, once per optimizer step,
// not once per product.
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
    View<1> forward;     // [E * packed_bytes_forward(O, I, operands)]  U8 out
    View<1> backward;    // [E * packed_bytes_backward(O, I, operands)] U8 out
    DType operands = DType::BF16; // F32 or BF16: of the products that read the copies
    void check() const;
    double flops() const;
    double bytes() const;
};

/// Bytes of one packed matrix [O, I] for operands of F32 or BF16, on this machine.
std::int64_t packed_bytes_forward(std::int64_t outputs, std::int64_t inputs, DType operands);
std::int64_t packed_bytes_backward(std::int64_t outputs, std::int64_t inputs, DType operands);

void launch(Cpu, Stream&, const PackWeights&);

} // namespace triptych
