// The curves of any run: its own, or for old and read-only runs those in the user's cache folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/util/result.h"

#include <filesystem>
#include <optional>

namespace triptych {

/// $XDG_CACHE_HOME/triptych/curves, or ~/.cache/triptych/curves; nothing where neither is known. What lies in it can be
/// removed at any time; more than two gigabytes of it, and what was not opened for 90 days, goes by itself.
std::optional<std::filesystem::path> curve_cache_folder();

/// The run's own curves, where a process is writing them or they tell what its database tells. Otherwise those in the
/// cache, which are made from the database where it has changed since they were: seconds for a million steps, not for
/// a thread that must not wait. Nothing in the run's folder is changed. Errors: no run, no database that can be read,
/// no place for a cache.
Result<CurveReader> open_curves(const std::filesystem::path& run_folder);

} // namespace triptych
