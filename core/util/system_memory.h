// How much memory this process may use at all, and how much it has used.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace triptych {

/// Bytes of memory of this machine, or of the container this process runs in where that is less; 0 where neither is
/// known.
std::int64_t system_memory_bytes();

/// The most memory this program has held at once since it started, in bytes; 0 where the system does not tell.
std::int64_t peak_resident_bytes();

/// Bytes of memory this program holds now; 0 where the system does not tell.
std::int64_t resident_bytes();

/// Pages this process has got since it started without reading a file: each is memory that was taken anew.
std::int64_t page_faults();

} // namespace triptych
