// The state behind the emulated CUDA runtime: what a failed kernel leaves behind, who is running.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/shadow.h"

#include <string>

namespace cuda_emulation {

/// After this every call succeeds again. Real hardware needs a new process for that.
void forget_error();

Accessor current_accessor();
/// " (block (0,0,0), thread (1,0,0) of some_kernel)" or " (host code)", for the end of a finding.
std::string context();

} // namespace cuda_emulation
