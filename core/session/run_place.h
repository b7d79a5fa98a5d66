// Which runs a person means by a path: the folder of one, something within it, or a folder of several.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <filesystem>
#include <vector>

namespace triptych {

/// A folder with run.json or metrics.sqlite is one. Of a checkpoint, of run.json, of a file of curves or history the
/// run around it is meant; of any other folder the runs directly within it, or, where there are none, itself if it has
/// any other file of a run: a broken one. At least one, by name. Asks the disk: not for a thread that must not wait.
/// Errors: nothing is there, a link to nothing, not readable, or no run is; with what was found in its place.
Result<std::vector<std::filesystem::path>> find_runs(const std::filesystem::path& path);

/// Likewise, where one run is expected. Errors: as above, and a folder of several.
Result<std::filesystem::path> find_run(const std::filesystem::path& path);

} // namespace triptych
