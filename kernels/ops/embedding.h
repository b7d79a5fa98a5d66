// Token embedding: rows of a table, shared by the main model and the MTP modules.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

/// y[n,:] = table[tokens[n], :]
struct EmbeddingForward {
    static constexpr const char* name = "embedding_forward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<1> tokens; // [N] I32 in, each in [0, V)
    ConstView<2> table;  // [V, D]  in
    View<2> y;           // [N, D]  out
    void check() const;
    double flops() const;
    double bytes() const;
};

/// dtable[tokens[n], :] += dy[n,:], n rising: deterministic with any number of threads
struct EmbeddingBackward {
    static constexpr const char* name = "embedding_backward";
    static constexpr Backends backends = Backends::CpuOnly;
    ConstView<1> tokens; // [N] I32 in
    ConstView<2> dy;     // [N, D]  in
    View<2> dtable;      // [V, D]  accumulated
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const EmbeddingForward&);
void launch(Cpu, Stream&, const EmbeddingBackward&);

} // namespace triptych
