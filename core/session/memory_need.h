// What a training will hold in memory, known before anything is allocated.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/run_setup.h"

namespace triptych {

struct MemoryNeed {
    double parameter_bytes = 0;  ///< weights, gradients and two moments
    double activation_bytes = 0; ///< of one pass, scratch included
    double total() const { return parameter_bytes + activation_bytes; }
};

/// By the same declaration and plan that the trainer allocates from.
MemoryNeed memory_need(const RunSetup& setup);

/// Refuses a training that this machine has no memory for, rather than letting the system end the process later.
Status check_memory(const RunSetup& setup);

} // namespace triptych
