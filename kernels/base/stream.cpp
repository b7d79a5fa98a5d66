// A stream on the CPU is a thread count and scratch memory; on CUDA also the driver's stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/stream.h"

#include "kernels/base/cuda_backend.h"
#include "kernels/base/error.h"

#include <omp.h>

#include <exception>
#include <string>

namespace triptych {

Stream::Stream(Device device, int threads) : m_device(device)
{
    if (threads < 0) throw std::invalid_argument("Stream: threads is " + std::to_string(threads) + ", expected >= 0");
    m_threads = threads > 0 ? threads : omp_get_max_threads();
    if (device.kind == DeviceKind::Cpu) {
        if (m_threads > 1) m_team = std::make_unique<ThreadTeam>(m_threads);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    m_native = cuda_backend::create_stream(device.index);
#else
    throw UnsupportedError("Stream: this build has no CUDA backend: use the device cpu");
#endif
}

Stream::~Stream()
{
#if TRIPTYCH_WITH_CUDA
    if (m_device.kind == DeviceKind::Cuda) cuda_backend::destroy_stream(m_device.index, m_native);
#endif
}

void* Stream::scratch(std::size_t bytes)
{
    if (bytes > m_scratch.bytes()) {
        synchronize(); // queued ops may still use the old memory
        m_scratch = DeviceBuffer();
        m_scratch = DeviceBuffer(m_device, bytes);
    }
    return m_scratch.data();
}

// The thread sanitizer cannot see into the OpenMP library: the team's own mailboxes say what comes before what.
__attribute__((no_sanitize("thread"))) void Stream::lead(void (*fn)(const void*), const void* context)
{
    if (!m_team || m_led) return fn(context);
    std::exception_ptr error;
    m_team->assemble();
#pragma omp parallel num_threads(m_threads)
    {
        if (const int thread = omp_get_thread_num(); thread > 0) {
            m_team->serve(thread);
        } else {
            m_led = true;
            try {
                fn(context);
            } catch (...) {
                error = std::current_exception();
            }
            m_led = false;
            m_team->dismiss();
        }
    }
    m_team->settle();
    if (error) std::rethrow_exception(error);
}

void Stream::synchronize()
{
#if TRIPTYCH_WITH_CUDA
    if (m_device.kind == DeviceKind::Cuda) cuda_backend::synchronize(m_device.index, m_native);
#endif
}

} // namespace triptych
