// What triptych-studio does once Qt runs: windows for people, pictures for files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/arguments.h"

namespace triptych {

enum class Screen : std::uint8_t { None = 1, There };

/// Opens the windows and runs until the last one is closed. Without a display only the demo makes sense: it trains for
/// the given minutes, saves pictures beside its checkpoint and says where. Returns the exit code.
int run_desktop(const StudioArguments& arguments, Screen screen);

/// Pictures of a recorded run. Returns the exit code; what went wrong is on stderr.
int make_screenshots(const StudioArguments& arguments);

} // namespace triptych
