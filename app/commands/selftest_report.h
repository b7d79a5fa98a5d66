// The outcome of a selftest as a table or as JSON, and as an exit code.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"
#include "kernels/selftest/agreement.h"

#include <vector>

namespace triptych {

/// Prints all rows. Failed, with a message on stderr, when any op disagrees.
ExitCode show_selftest(const std::vector<selftest::Agreement>& results, Format format);

} // namespace triptych
