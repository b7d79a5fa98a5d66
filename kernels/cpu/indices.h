// Refuses an index list with a value out of range before anything is read or written through it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/error.h"

#include <cstdint>
#include <string>

namespace triptych::cpu {

/// Throws ShapeError unless each of the n values is in [0, bound), naming the first that is not:
/// "[embedding_forward] tokens[5] is 700, expected 0 to 511". The kernels call it, not check(): values may live on a
/// GPU.
inline void require_indices(const char* op, const char* field, const std::int32_t* values, std::int64_t n,
                            std::int64_t bound)
{
    bool outside = false; // one flag without an early exit, so that the loop becomes vector code
    for (std::int64_t i = 0; i < n; ++i) outside |= values[i] < 0 || values[i] >= bound;
    if (!outside) return;
    std::int64_t i = 0;
    while (values[i] >= 0 && values[i] < bound) ++i;
    throw ShapeError(std::string("[") + op + "] " + field + "[" + std::to_string(i) + "] is " +
                     std::to_string(values[i]) +
                     (bound > 0 ? ", expected 0 to " + std::to_string(bound - 1) : ", expected none: there is no row"));
}

} // namespace triptych::cpu
