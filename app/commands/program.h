// From a command line to an exit code.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/exit_code.h"

namespace triptych {

/// Parses, runs one command, reports what went wrong. The one place that catches what escapes from a command.
ExitCode run_program(int argc, const char* const* argv);

} // namespace triptych
