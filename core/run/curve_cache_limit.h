// Keeps the cache of curves small: what nobody has used for long goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace triptych {

struct CurveCacheLimits {
    std::uintmax_t most_bytes = std::uintmax_t{2} << 30;
    std::chrono::hours most_age{24 * 90}; ///< since it was opened last
};

/// Curves of a run in the cache, DIR/source.txt among them: says that they were used now, and that trimming leaves them
/// alone as long as this process lives. Nothing where there are none.
void hold_cached_curves(const std::filesystem::path& folder);

/// Removes curves that no process holds: those that are too old, then those used least recently until the rest is small
/// enough; and what killed processes left half made. Only folders that have the shape of cached curves.
void trim_curve_cache(const std::filesystem::path& cache, const CurveCacheLimits& limits = {});

} // namespace triptych
