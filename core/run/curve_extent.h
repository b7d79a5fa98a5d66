// What a block of consecutive samples spans: its extremes, where they are, and how many values are no numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

namespace triptych {

/// Of up to 65,536 steps. Lies in the files of curves as it lies in memory, 32 bytes.
struct Extent {
    double low = std::numeric_limits<double>::quiet_NaN();  ///< smallest finite value; NaN: there is none
    double high = std::numeric_limits<double>::quiet_NaN(); ///< largest
    std::uint16_t low_at = 0;  ///< steps from the block's first to the first of the smallest values
    std::uint16_t high_at = 0; ///< likewise of the largest
    std::uint16_t gap_at = 0;  ///< to the first that is no finite number; 0 where there is none
    std::uint16_t unused = 0;
    std::uint32_t points = 0; ///< steps that have a sample
    std::uint32_t gaps = 0;   ///< samples that are no finite numbers
};
static_assert(sizeof(Extent) == 32);

/// Adds a sample, which lies behind all that were added.
inline void include(Extent& into, double value, std::uint32_t at)
{
    const auto place = static_cast<std::uint16_t>(at);
    ++into.points;
    if (!std::isfinite(value)) {
        if (into.gaps++ == 0) into.gap_at = place;
        return;
    }
    if (!(into.low <= value)) { // also where there was none
        into.low = value;
        into.low_at = place;
    }
    if (!(into.high >= value)) {
        into.high = value;
        into.high_at = place;
    }
}

/// Adds a block that begins `offset` steps after the first one's beginning, behind all that was added.
inline void merge(Extent& into, const Extent& block, std::uint32_t offset)
{
    const auto place = [offset](std::uint16_t at) { return static_cast<std::uint16_t>(offset + at); };
    // A NaN on the left is a block without values so far, one on the right has nothing to add.
    if (!(into.low <= block.low) && !std::isnan(block.low)) {
        into.low = block.low;
        into.low_at = place(block.low_at);
    }
    if (!(into.high >= block.high) && !std::isnan(block.high)) {
        into.high = block.high;
        into.high_at = place(block.high_at);
    }
    if (into.gaps == 0 && block.gaps > 0) into.gap_at = place(block.gap_at);
    into.points += block.points;
    into.gaps += block.gaps;
}

} // namespace triptych
