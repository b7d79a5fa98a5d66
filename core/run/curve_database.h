// Curves made from a run's database, and whether those that are there tell the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/run/curve_writer.h"
#include "core/run/run_store.h"
#include "core/util/result.h"

#include <filesystem>

namespace triptych {

/// Everything of the database; columns are the metrics that its first step has. Takes seconds for a million steps, and
/// the memory of a few thousand. Errors: no samples, steps too far apart for a run's record, the disk.
Result<CurveWriter> make_curves(const std::filesystem::path& folder, const RunReader& database);

/// Whether curves end where the database ends, with the same numbers there. They do not where a run was trained on by a
/// version that writes no curves, or its process was killed between writing one and the other.
Result<bool> agree(const CurveReader& curves, const RunReader& database);

} // namespace triptych
