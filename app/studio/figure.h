// One panel of a recorded run as a figure for a paper or a table for a script, without a display.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/arguments.h"

namespace triptych {

/// Reads the run and writes the file. Returns the exit code; what went wrong is on stderr.
int make_figure(const StudioArguments& arguments);

} // namespace triptych
