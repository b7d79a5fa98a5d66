// Memory of the CPU, and the way to that of a GPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/memory.h"

#include "kernels/base/cuda_backend.h"
#include "kernels/base/error.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace triptych {
namespace {

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kHugePageThreshold = std::size_t{4} << 20;

[[noreturn]] void throw_no_memory(Device device, std::size_t bytes)
{
    throw DeviceError("no memory for " + std::to_string(bytes) + " bytes on " + to_string(device) +
                      ": choose a smaller model, batch or sequence length, or close other programs");
}

void* allocate_on_cpu(Device device, std::size_t bytes)
{
    const bool huge = bytes >= kHugePageThreshold;
    const std::size_t alignment = huge ? kHugePage : kCacheLine;
    if (bytes > static_cast<std::size_t>(PTRDIFF_MAX) - alignment) throw_no_memory(device, bytes);
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* pointer = std::aligned_alloc(alignment, rounded);
    if (!pointer) throw_no_memory(device, bytes);
    // Large pages spare the page faults that cost a training step dearly. Only advice: a refusal changes nothing.
    if (huge) madvise(pointer, rounded, MADV_HUGEPAGE);
    return pointer;
}

#if !TRIPTYCH_WITH_CUDA
[[noreturn]] void throw_no_cuda()
{
    throw UnsupportedError("this build has no CUDA backend: use the device cpu, or build with TRIPTYCH_CUDA=ON");
}
#endif

} // namespace

DeviceBuffer::DeviceBuffer(Device device, std::size_t bytes) : m_device(device), m_bytes(bytes)
{
    if (bytes == 0) return;
    if (device.kind == DeviceKind::Cpu) {
        m_data = allocate_on_cpu(device, bytes);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    m_data = cuda_backend::allocate(device.index, bytes);
    if (!m_data) throw_no_memory(device, bytes);
#else
    throw_no_cuda();
#endif
}

DeviceBuffer::~DeviceBuffer()
{
    if (!m_data) return;
    if (m_device.kind == DeviceKind::Cpu) {
        std::free(m_data);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    cuda_backend::free(m_device.index, m_data);
#endif
}

void copy_from_host(Device device, void* destination, const void* host_source, std::size_t bytes)
{
    if (bytes == 0) return;
    if (device.kind == DeviceKind::Cpu) {
        std::memcpy(destination, host_source, bytes);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    cuda_backend::copy_from_host(device.index, destination, host_source, bytes);
#else
    throw_no_cuda();
#endif
}

void copy_to_host(Device device, void* host_destination, const void* source, std::size_t bytes)
{
    if (bytes == 0) return;
    if (device.kind == DeviceKind::Cpu) {
        std::memcpy(host_destination, source, bytes);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    cuda_backend::copy_to_host(device.index, host_destination, source, bytes);
#else
    throw_no_cuda();
#endif
}

void fill_zero(Device device, void* destination, std::size_t bytes)
{
    if (bytes == 0) return;
    if (device.kind == DeviceKind::Cpu) {
        std::memset(destination, 0, bytes);
        return;
    }
#if TRIPTYCH_WITH_CUDA
    cuda_backend::fill_zero(device.index, destination, bytes);
#else
    throw_no_cuda();
#endif
}

} // namespace triptych
