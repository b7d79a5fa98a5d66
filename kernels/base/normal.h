// Many standard normal numbers at once: the bits of Philox::normal, rounded to float, by vectors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"

#include <cstdint>

namespace triptych {

/// values[i] = float(scale * random.normal(first + i)) for i in [0, count): the same bits as that expression, whatever
/// the CPU. On the calling thread.
void draw_normal(const Philox& random, std::uint64_t first, double scale, float* values, std::int64_t count);

} // namespace triptych
