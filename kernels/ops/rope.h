// Rotary position embedding on adjacent pairs (x0,x1),(x2,x3).. as DeepSeek's checkpoints store them (RoFormer; V2 report 2.1.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/run.h"
#include "kernels/base/view.h"

namespace triptych {

enum class RopeDirection : std::uint8_t { Forward = 1, Backward };

/// In place, for every row n and head h: the R values at column  h * head_stride + first  are R/2 pairs; pair k turns by
/// the angle whose cosine and sine are cos_sin[positions[n], k].  Backward turns the other way, which is the gradient.
/// x may be a column slice.
struct RopeRotate {
    static constexpr const char* name = "rope_rotate";
    static constexpr Backends backends = Backends::CpuOnly;
    View<2> x;              // [N, W]        in and out
    std::int64_t heads = 1;       //         in, how many heads lie in a row
    std::int64_t head_stride = 0; //         in, columns from one head to the next
    std::int64_t first = 0;       //         in, column of the first rotary value in a head
    ConstView<1> positions; // [N] I32       in, each in [0, P)
    ConstView<3> cos_sin;   // [P, R/2, 2]   in
    RopeDirection direction = RopeDirection::Forward;
    void check() const;
    double flops() const;
    double bytes() const;
};

void launch(Cpu, Stream&, const RopeRotate&);

} // namespace triptych
