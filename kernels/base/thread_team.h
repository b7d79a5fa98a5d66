// The threads of one OpenMP region that stand by for loops, so that a loop costs a tenth of a microsecond instead of
// one or two.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace triptych {

/// Of a stream. A token of a small model takes fifty loops of a microsecond each: forking them one by one by OpenMP
/// took a third of its time. The threads stay OpenMP's, and so one pool.
class ThreadTeam {
public:
    /// threads: with the caller, at least one.
    explicit ThreadTeam(int threads);

    /// Calls part(0 .. parts - 1), each once, and returns when all have; part(0) on the calling thread, part(t) on
    /// member t, or on the calling thread where the member has not come by the time the caller is free. Between
    /// assemble() and dismiss(), on one thread; part must not throw and must not call run(). parts: at most the threads
    /// of the team.
    template <class Part>
    void run(int parts, const Part& part)
    {
        m_busy = true;
        post(parts, {[](const void* context, int index) { (*static_cast<const Part*>(context))(index); }, &part});
        part(0);
        finish(parts);
        m_busy = false;
    }
    /// Within a part: true, on any thread.
    bool busy() const { return m_busy; }

    /// Before members serve.
    void assemble();
    /// What a member does until it is dismissed. member: 1 to threads - 1.
    void serve(int member);
    /// Sends all members home.
    void dismiss();
    /// After they have gone.
    void settle();

private:
    enum State : std::uint32_t { Idle, Posted, Running, Dismissed };
    struct Job {
        void (*call)(const void* context, int part) = nullptr;
        const void* context = nullptr;
    };
    struct alignas(128) Member {
        std::atomic<std::uint32_t> state{Idle};
    };

    void post(int parts, Job job);
    void finish(int parts);

    int m_threads;
    bool m_busy = false;
    std::atomic<bool> m_assembled = false;
    std::unique_ptr<Member[]> m_members; // [threads], the first is the caller's and unused
    Job m_job;                           // read by a member between Posted -> Running and -> Idle only
};

} // namespace triptych
