// Each member has a mailbox of its own: posted by the caller, taken by whoever comes first, the member or the caller.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/thread_team.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace triptych {
namespace {

/// Looks before a thread sleeps, some 40 us: as long as OpenMP's threads wait (use_patient_threads).
constexpr int kLooks = 3000;

void pause()
{
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Waits until `state` is no longer `old`: looking first, then asleep. Returns what it is.
std::uint32_t wait_while(const std::atomic<std::uint32_t>& state, std::uint32_t old)
{
    for (int look = 0; look < kLooks; ++look) {
        const std::uint32_t now = state.load(std::memory_order_acquire);
        if (now != old) return now;
        pause();
    }
    state.wait(old, std::memory_order_acquire);
    return state.load(std::memory_order_acquire);
}

/// Changes a state for which somebody may wait. Sequentially consistent: notify_one() looks whether anybody sleeps, and
/// must not look before the change can be seen by one who is about to.
void change(std::atomic<std::uint32_t>& state, std::uint32_t now)
{
    state.store(now, std::memory_order_seq_cst);
    state.notify_one();
}

} // namespace

ThreadTeam::ThreadTeam(int threads)
    : m_threads(threads), m_members(std::make_unique<Member[]>(static_cast<std::size_t>(threads)))
{}

void ThreadTeam::assemble()
{
    for (int t = 1; t < m_threads; ++t) m_members[t].state.store(Idle, std::memory_order_relaxed);
    m_assembled.store(true, std::memory_order_release);
}

void ThreadTeam::dismiss()
{
    for (int t = 1; t < m_threads; ++t) change(m_members[t].state, Dismissed);
}

void ThreadTeam::settle()
{
    for (int t = 1; t < m_threads; ++t) (void)m_members[t].state.load(std::memory_order_acquire);
}

void ThreadTeam::serve(int member)
{
    (void)m_assembled.load(std::memory_order_acquire); // OpenMP orders this too, which the thread sanitizer cannot see
    std::atomic<std::uint32_t>& state = m_members[member].state;
    for (;;) {
        std::uint32_t now = wait_while(state, Idle);
        if (now == Dismissed) return state.store(Idle, std::memory_order_release);
        if (now != Posted || !state.compare_exchange_strong(now, Running, std::memory_order_acquire)) continue;
        m_job.call(m_job.context, member);
        change(state, Idle);
    }
}

void ThreadTeam::post(int parts, Job job)
{
    m_job = job;
    for (int t = 1; t < parts; ++t) change(m_members[t].state, Posted);
}

void ThreadTeam::finish(int parts)
{
    for (int t = 1; t < parts; ++t) {
        std::uint32_t expected = Posted;
        if (m_members[t].state.compare_exchange_strong(expected, Idle, std::memory_order_acquire))
            m_job.call(m_job.context, t);
    }
    for (int t = 1; t < parts; ++t)
        while (wait_while(m_members[t].state, Running) == Running) {
        }
}

} // namespace triptych
