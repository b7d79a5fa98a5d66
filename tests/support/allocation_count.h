// Counts what is taken from the heap, by operator new, by the C library and for kernels. A program that links this has
// both replaced for everything in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace triptych::test {

/// Takings of all threads since the program began.
std::int64_t allocations_so_far();

} // namespace triptych::test
