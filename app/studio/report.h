// The report of a run, or of several side by side, without a display.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/arguments.h"
#include "core/util/result.h"

#include <string>

namespace triptych {

/// Reads the runs and writes the file. Returns the exit code; what went wrong is on stderr, and what could not be read
/// of a damaged run.
int make_report(const StudioArguments& arguments);

/// Into a run's own folder as report.html. Returns the file. Errors: the run cannot be read, the file not written.
Result<std::string> write_own_report(const std::string& run_folder, LanguageChoice language);

} // namespace triptych
