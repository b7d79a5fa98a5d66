// What is counted over a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/frame.h"

#include <algorithm>

namespace triptych {

std::array<std::int64_t, PlanEntry::kRegions> region_bytes(const std::vector<PlanEntry>& plan)
{
    std::array<std::int64_t, PlanEntry::kRegions> ends{};
    for (const PlanEntry& entry : plan) {
        std::int64_t& end = ends[static_cast<std::size_t>(entry.region) - 1];
        end = std::max(end, entry.offset + entry.bytes);
    }
    return ends;
}

} // namespace triptych
