// What a run tells about itself before its first step, live or read from its folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/memory.h"
#include "core/session/event.h"
#include "core/session/run_setup.h"

#include <string>
#include <vector>

namespace triptych {

/// The event of a run that starts from scratch; domains are the labels of its data.
event::RunStarted describe_run(const RunSetup& setup, const std::vector<std::string>& domains,
                               const ModelMemory& memory);

} // namespace triptych
