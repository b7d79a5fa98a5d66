// How much memory this process may use at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace triptych {

/// Bytes of memory of this machine, or of the container this process runs in where that is less; 0 where neither is
/// known.
std::int64_t system_memory_bytes();

} // namespace triptych
