// Whose turn it is: the threads of a block that can run, in the order that the schedule asks for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/emulation.h"

#include <array>
#include <cstdint>
#include <random>

namespace cuda_emulation {

inline constexpr unsigned kMaxThreads = 1024;
inline constexpr unsigned kLanes = 32;

/// A thread that is ready is a bit at its rank, and the lowest rank runs. With Schedule::Random the warps are in random
/// order and the lanes within a warp too, so that some warps run as far ahead of the others as the program lets them:
/// that shows a missing barrier, which picking threads evenly hardly ever does.
class Turns {
public:
    /// All threads of a new block become ready.
    void start(unsigned threads, const Options& options, std::uint64_t block);
    /// Draws a new order; only while no thread is ready.
    void draw();
    void make_ready(unsigned thread);
    /// The next thread, which is not ready any more; kMaxThreads when none is.
    unsigned take();

private:
    void shuffle_warps();

    unsigned m_threads = 0;
    Schedule m_schedule = Schedule::Forward;
    std::mt19937_64 m_random;
    std::array<std::uint64_t, kMaxThreads / 64> m_ready{};
    std::array<std::uint16_t, kMaxThreads> m_rank{};
    std::array<std::uint16_t, kMaxThreads> m_thread_at{};
};

} // namespace cuda_emulation
