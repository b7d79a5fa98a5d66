// What a training holds, part by part, before anything is allocated.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "core/session/run_setup.h"

namespace triptych {

/// By the same rows and plan that the trainer allocates from: parameters in the order of the forward pass, then buffers
/// in the order in which blocks declare them. Errors: as model_structure().
Result<std::vector<PlanEntry>> memory_plan(const RunSetup& setup);

} // namespace triptych
