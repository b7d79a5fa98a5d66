// Whether an op's output replaces what was there or adds to it. The rule of the project: dx is overwritten, parameter
// gradients accumulate. An op that offers another choice names it with this.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace triptych {

enum class WriteMode : std::uint8_t { Overwrite = 1, Accumulate };

} // namespace triptych
