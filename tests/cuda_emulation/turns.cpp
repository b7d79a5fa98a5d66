// Orders of threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/turns.h"

#include <algorithm>
#include <bit>

namespace cuda_emulation {

void Turns::start(unsigned threads, const Options& options, std::uint64_t block)
{
    m_threads = threads;
    m_schedule = options.schedule;
    m_random.seed(options.seed * 0x9E3779B97F4A7C15U + block);
    m_ready = {};
    draw();
    for (unsigned thread = 0; thread < threads; ++thread) make_ready(thread);
}

void Turns::draw()
{
    for (unsigned rank = 0; rank < m_threads; ++rank)
        m_thread_at[rank] = static_cast<std::uint16_t>(m_schedule == Schedule::Reverse ? m_threads - 1 - rank : rank);
    if (m_schedule == Schedule::Random) shuffle_warps();
    for (unsigned rank = 0; rank < m_threads; ++rank) m_rank[m_thread_at[rank]] = static_cast<std::uint16_t>(rank);
}

void Turns::shuffle_warps()
{
    std::array<unsigned, kMaxThreads / kLanes> warps{};
    const unsigned count = (m_threads + kLanes - 1) / kLanes;
    for (unsigned warp = 0; warp < count; ++warp) warps[warp] = warp;
    std::shuffle(warps.begin(), warps.begin() + count, m_random);
    auto* at = m_thread_at.data();
    for (unsigned i = 0; i < count; ++i) {
        auto* first = at;
        const unsigned end = std::min(m_threads, (warps[i] + 1) * kLanes);
        for (unsigned thread = warps[i] * kLanes; thread < end; ++thread) *at++ = static_cast<std::uint16_t>(thread);
        std::shuffle(first, at, m_random);
    }
}

void Turns::make_ready(unsigned thread)
{
    m_ready[m_rank[thread] / 64U] |= std::uint64_t{1} << m_rank[thread] % 64U;
}

unsigned Turns::take()
{
    for (unsigned word = 0; word * 64 < m_threads; ++word) {
        if (m_ready[word] == 0) continue;
        const auto rank = word * 64 + static_cast<unsigned>(std::countr_zero(m_ready[word]));
        m_ready[word] &= m_ready[word] - 1;
        return m_thread_at[rank];
    }
    return kMaxThreads;
}

} // namespace cuda_emulation
