// A stream on the CPU is a thread count and scratch memory; on CUDA also the driver's stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/stream.h"

#include "kernels/base/cuda_backend.h"
#include "kernels/base/error.h"

#include <omp.h>

#include <string>

namespace triptych {

Stream::Stream(Device device, int threads) : m_device(device)
{
    if (threads < 0) throw std::invalid_argument("Stream: threads is " + std::to_string(threads) + ", expected >= 0");
    m_threads = threads > 0 ? threads : omp_get_max_threads();
    if (device.kind == DeviceKind::Cpu) return;
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

void Stream::synchronize()
{
#if TRIPTYCH_WITH_CUDA
    if (m_device.kind == DeviceKind::Cuda) cuda_backend::synchronize(m_device.index, m_native);
#endif
}

} // namespace triptych
