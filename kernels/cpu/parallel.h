// Loops over the threads of a stream. OpenMP only, and so one pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>

namespace triptych::cpu {

namespace detail {

/// What surrounds a parallel loop: carries the first exception out of it, and tells the thread sanitizer (which cannot
/// see into the OpenMP library) that the loop starts after what came before and ends before what comes next. The loops
/// themselves are not instrumented: they read what the compiler hands to each thread before enter() can say it is
/// there. What they call is.
class Region {
public:
    template <class Fn>
    void call(Fn&& fn) noexcept
    {
        if (m_failed.load(std::memory_order_relaxed)) return;
        try {
            fn();
        } catch (...) {
            if (!m_failed.exchange(true)) m_error = std::current_exception();
        }
    }
    void rethrow() const
    {
        if (m_error) std::rethrow_exception(m_error);
    }
#if defined(__SANITIZE_THREAD__)
    static void before()
    {
        s_start.fetch_add(1, std::memory_order_release);
    }
    static void enter()
    {
        (void)s_start.load(std::memory_order_acquire);
    }
    static void leave()
    {
        s_end.fetch_add(1, std::memory_order_release);
    }
    static void after()
    {
        (void)s_end.load(std::memory_order_acquire);
    }
#else
    static void before() {}
    static void enter() {}
    static void leave() {}
    static void after() {}
#endif

private:
    std::atomic<bool> m_failed = false;
    std::exception_ptr m_error;
#if defined(__SANITIZE_THREAD__)
    // Two, so that a thread that ends early orders nothing before one that starts late: that would hide their races.
    inline static std::atomic<int> s_start = 0;
    inline static std::atomic<int> s_end = 0;
#endif
};

/// Where part `part` of `count` items begins, cut as OpenMP's schedule(static) does.
inline std::int64_t first_of_part(std::int64_t count, int parts, int part)
{
    return part * (count / parts) + std::min<std::int64_t>(part, count % parts);
}

} // namespace detail

/// Threads for `count` items when each thread should get at least `grain` of them. The same where a team stands by:
/// on an eighth of it two cores that share much were slower than one.
inline int threads_for(const Stream& stream, std::int64_t count, std::int64_t grain)
{
    const std::int64_t useful = std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, grain));
    return static_cast<int>(std::min<std::int64_t>(stream.threads(), useful));
}

/// fn(i) for i in [0, count), one contiguous range a thread. A small `count` (below two times `grain`) stays on the
/// calling thread. The first exception of fn is thrown again once all threads are back.
template <class Fn>
__attribute__((no_sanitize("thread"))) void parallel_for(const Stream& stream, std::int64_t count, Fn&& fn,
                                                         std::int64_t grain = 1)
{
    const int threads = threads_for(stream, count, grain);
    if (threads == 1) {
        for (std::int64_t i = 0; i < count; ++i) fn(i);
        return;
    }
    detail::Region region;
    if (ThreadTeam* team = stream.team()) {
        const auto part = [&](int t) {
            const std::int64_t end = detail::first_of_part(count, threads, t + 1);
            for (std::int64_t i = detail::first_of_part(count, threads, t); i < end; ++i) region.call([&] { fn(i); });
        };
        team->run(threads, part);
        return region.rethrow();
    }
    region.before();
#pragma omp parallel num_threads(threads)
    {
        detail::Region::enter();
#pragma omp for schedule(static)
        for (std::int64_t i = 0; i < count; ++i) region.call([&] { fn(i); });
        detail::Region::leave();
    }
    region.after();
    region.rethrow();
}

/// The same for items of unequal work: each thread takes the next one when it is free. Results must not depend on who
/// takes what.
template <class Fn>
__attribute__((no_sanitize("thread"))) void parallel_for_dynamic(const Stream& stream, std::int64_t count, Fn&& fn,
                                                                 std::int64_t grain = 1)
{
    const int threads = threads_for(stream, count, grain);
    if (threads == 1) {
        for (std::int64_t i = 0; i < count; ++i) fn(i);
        return;
    }
    detail::Region region;
    if (ThreadTeam* team = stream.team()) {
        std::atomic<std::int64_t> next = 0;
        const auto part = [&](int) {
            for (std::int64_t i = next++; i < count; i = next++) region.call([&] { fn(i); });
        };
        team->run(threads, part);
        return region.rethrow();
    }
    region.before();
#pragma omp parallel num_threads(threads)
    {
        detail::Region::enter();
#pragma omp for schedule(dynamic, 1)
        for (std::int64_t i = 0; i < count; ++i) region.call([&] { fn(i); });
        detail::Region::leave();
    }
    region.after();
    region.rethrow();
}

/// The number of the calling thread within its loop, in [0, stream.threads()): picks a slice of scratch memory.
inline int thread_index()
{
    return omp_get_thread_num();
}

} // namespace triptych::cpu
