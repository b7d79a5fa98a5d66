// What tests say to the emulation of CUDA: in which order threads run, and what went wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cuda_emulation {

/// The order in which threads of a block, and blocks of a launch, take their turn. Real hardware promises none.
enum class Schedule : std::uint8_t {
    Forward = 1, ///< by rising index
    Reverse,     ///< by falling index
    Random,      ///< warps, lanes and blocks shuffled by the seed, drawn again at every barrier
};

/// What the machine has.
enum class Gpu : std::uint8_t { Hopper = 1, Ampere, NoDriver };

struct Options {
    Schedule schedule = Schedule::Forward;
    std::uint64_t seed = 1;
    Gpu gpu = Gpu::Hopper;
};

/// Read from CUDA_EMULATION_SCHEDULE (forward, reverse, random) and CUDA_EMULATION_SEED at the first call; tests may
/// change them. Throws std::invalid_argument for a value that is none.
Options& options();

/// What was found since the last call, one sentence each, with the place in the source. Also clears the error that a
/// failed kernel leaves behind, which on real hardware nothing does.
std::vector<std::string> take_reports();

/// Whether kernels and tests are compiled for the check of every access (races, bounds, undefined data).
#if defined(CUDA_EMULATION_CHECK)
inline constexpr bool kChecksAccesses = true;
#else
inline constexpr bool kChecksAccesses = false;
#endif

} // namespace cuda_emulation
