// What a stretch of a series comes down to in a picture: its first, smallest, largest and last point, and a gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace triptych {

/// Of any number of steps. A point whose step is kNone is not there.
struct Bucket {
    static constexpr std::int64_t kNone = -1;

    SeriesPoint first{kNone, 0};
    SeriesPoint last{kNone, 0};
    SeriesPoint low{kNone, 0};  ///< the first of the smallest finite values
    SeriesPoint high{kNone, 0}; ///< the first of the largest
    SeriesPoint gap{kNone, 0};  ///< the first whose value is no finite number
    std::uint64_t points = 0;
    std::uint64_t gaps = 0;
};

/// Adds a point behind all that were added.
inline void include(Bucket& into, const SeriesPoint& point)
{
    if (into.points++ == 0) into.first = point;
    into.last = point;
    if (!std::isfinite(point.value)) {
        if (into.gaps++ == 0) into.gap = point;
        return;
    }
    if (into.low.step == Bucket::kNone || point.value < into.low.value) into.low = point;
    if (into.high.step == Bucket::kNone || point.value > into.high.value) into.high = point;
}

/// Adds a stretch that lies behind all that was added.
inline void merge(Bucket& into, const Bucket& next)
{
    if (next.points == 0) return;
    if (into.points == 0) into.first = next.first;
    into.last = next.last;
    const bool any = next.low.step != Bucket::kNone;
    if (any && (into.low.step == Bucket::kNone || next.low.value < into.low.value)) into.low = next.low;
    if (any && (into.high.step == Bucket::kNone || next.high.value > into.high.value)) into.high = next.high;
    if (into.gaps == 0) into.gap = next.gap;
    into.points += next.points;
    into.gaps += next.gaps;
}

} // namespace triptych
