// Sums over whole buffers, for the gradient norm.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// result[0] = sum_i x[i]^2, in double, in a fixed order for a fixed number of threads
struct SumOfSquares {
    static constexpr const char* name = "sum_of_squares";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<1> x;  // [N]     in
    View<1> result;  // [1] F64 out
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const SumOfSquares&);

} // namespace triptych
