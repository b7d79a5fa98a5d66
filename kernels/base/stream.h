// A stream is where ops are queued: its device, how many threads the CPU may use, and who watches the ops go by.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/device.h"
#include "kernels/base/memory.h"
#include "kernels/base/thread_team.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace triptych {

/// What an observer learns of one op: its name and its cost by its own declaration.
struct OpCost {
    const char* name = "";
    double flops = 0; ///< multiply and add count as two
    double bytes = 0; ///< read and written once each
};

/// Sees every op before and after it ran (timing, counting, agreement checks).
class OpObserver {
public:
    virtual ~OpObserver() = default;
    virtual void before(const OpCost& cost) = 0;
    virtual void after(const OpCost& cost) = 0;
};

/// Not shared between threads. Ops on the CPU have run when run() returns; on CUDA they are queued.
class Stream {
public:
    /// threads is what CPU ops may use; 0 takes what OpenMP offers. It belongs to the result: the same seed and the
    /// same number of threads give the same bits.
    explicit Stream(Device device = {}, int threads = 0);
    ~Stream();
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    Device device() const { return m_device; }
    int threads() const { return m_threads; }
    /// cudaStream_t of a CUDA stream, null on the CPU.
    void* native() const { return m_native; }

    void set_observer(OpObserver* observer) { m_observer = observer; }
    OpObserver* observer() const { return m_observer; }

    /// Runs fn on the calling thread while the stream's other threads stand by for the loops of its ops
    /// (kernels/base/thread_team.h): for many short ops in a row, as of a token. Within another together(), and on
    /// CUDA, just fn().
    template <class Fn>
    void together(const Fn& fn)
    {
        lead([](const void* context) { (*static_cast<const Fn*>(context))(); }, &fn);
    }
    /// The team that stands by; null outside of together() and within a loop.
    ThreadTeam* team() const { return m_led && !m_team->busy() ? m_team.get() : nullptr; }

    /// Memory for the duration of one op, at least this many bytes; grows once and is reused.
    void* scratch(std::size_t bytes);
    /// Waits until every queued op has run; throws DeviceError with what went wrong.
    void synchronize();

private:
    void lead(void (*fn)(const void*), const void* context);

    Device m_device;
    int m_threads = 1;
    void* m_native = nullptr;
    OpObserver* m_observer = nullptr;
    DeviceBuffer m_scratch;
    std::unique_ptr<ThreadTeam> m_team; // of more than one CPU thread
    bool m_led = false;
};

} // namespace triptych
