// Loops over the threads of a stream. OpenMP only: oneDNN runs on the same pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"

#include <omp.h>

#include <algorithm>
#include <cstdint>

namespace triptych::cpu {

/// Sets how many threads OpenMP (and so oneDNN) takes from this thread, and puts it back.
class ThreadCount {
public:
    explicit ThreadCount(int threads) : m_before(omp_get_max_threads())
    {
        if (threads != m_before) omp_set_num_threads(threads);
        m_changed = threads != m_before;
    }
    ~ThreadCount()
    {
        if (m_changed) omp_set_num_threads(m_before);
    }
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
    int m_before;
    bool m_changed = false;
};

/// Threads for `count` items when each thread should get at least `grain` of them.
inline int threads_for(const Stream& stream, std::int64_t count, std::int64_t grain)
{
    const std::int64_t useful = std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, grain));
    return static_cast<int>(std::min<std::int64_t>(stream.threads(), useful));
}

/// fn(i) for i in [0, count), one contiguous range a thread; fn must not throw. A small `count` (below two times
/// `grain`) stays on the calling thread.
template <class Fn>
void parallel_for(const Stream& stream, std::int64_t count, Fn&& fn, std::int64_t grain = 1)
{
    const int threads = threads_for(stream, count, grain);
    if (threads == 1) {
        for (std::int64_t i = 0; i < count; ++i) fn(i);
        return;
    }
#pragma omp parallel for num_threads(threads) schedule(static)
    for (std::int64_t i = 0; i < count; ++i) fn(i);
}

/// The same for items of unequal work: each thread takes the next one when it is free. Results must not depend on who
/// takes what.
template <class Fn>
void parallel_for_dynamic(const Stream& stream, std::int64_t count, Fn&& fn)
{
    const int threads = threads_for(stream, count, 1);
    if (threads == 1) {
        for (std::int64_t i = 0; i < count; ++i) fn(i);
        return;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (std::int64_t i = 0; i < count; ++i) fn(i);
}

/// The number of the calling thread within its loop, in [0, stream.threads()): picks a slice of scratch memory.
inline int thread_index()
{
    return omp_get_thread_num();
}

} // namespace triptych::cpu
