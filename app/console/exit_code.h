// What the program tells the shell when it ends. A contract: scripts depend on it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

enum class ExitCode : int {
    Done = 0,
    Failed = 1,     ///< the work failed; message and hint are on stderr
    WrongUsage = 2, ///< the command line was not understood
    Stopped = 130,  ///< stopped by the user with everything saved
};

} // namespace triptych
