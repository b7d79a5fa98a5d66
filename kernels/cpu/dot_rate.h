// How fast the CPU multiplies pairs of bfloat16.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych::cpu {

/// Whether the dot products of AVX512-BF16 do more than products of floats. They do twice as much on AMD's Zen 5 and
/// half as much on Intel's Emerald Rapids, and nothing that a CPU tells of itself says which: so both are timed, once.
/// False where there are none.
bool dots_are_fast();
/// As dots_are_fast, timed anew at each call.
bool time_dots();

} // namespace triptych::cpu
