// Sums and copies between blocks: residual connections and column copies.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"
#include "kernels/base/write_mode.h"

namespace triptych {

/// y[n,c] = a[n,c] + b[n,c];  y may be the memory of a or b
struct Add {
    static constexpr const char* name = "add";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> a; // [N, C] in
    ConstView<2> b; // [N, C] in
    View<2> y;      // [N, C] out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// y[n,c] = x[n,c]; both may be column slices   (y += with Accumulate)
struct Copy {
    static constexpr const char* name = "copy";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<2> x; // [N, C] in
    View<2> y;      // [N, C] out
    WriteMode mode = WriteMode::Overwrite;
    void check() const;
    double flops() const;
    double bytes() const;
};

/// y[n,c] *= factor; may be a column slice
struct Scale {
    static constexpr const char* name = "scale";
    static constexpr Backends backends = Backends::CpuOnly;
    View<2> y; // [N, C] in and out
    double factor = 1;
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const Add&);
void launch(Cpu, Stream&, const Copy&);
void launch(Cpu, Stream&, const Scale&);

} // namespace triptych
