// Memory of a device: allocate, copy, fill. 64-byte aligned everywhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/device.h"

#include <cstddef>
#include <utility>

namespace triptych {

/// Owns bytes on one device; contents are undefined until written. Throws DeviceError when there is no memory.
class DeviceBuffer {
public:
    DeviceBuffer() = default;
    DeviceBuffer(Device device, std::size_t bytes);
    ~DeviceBuffer();
    DeviceBuffer(DeviceBuffer&& other) noexcept { swap(other); }
    DeviceBuffer& operator=(DeviceBuffer&& other) noexcept
    {
        swap(other);
        return *this;
    }
    DeviceBuffer(const DeviceBuffer&) = delete;
    DeviceBuffer& operator=(const DeviceBuffer&) = delete;

    void* data() const { return m_data; }
    std::size_t bytes() const { return m_bytes; }
    Device device() const { return m_device; }

private:
    void swap(DeviceBuffer& other) noexcept
    {
        std::swap(m_device, other.m_device);
        std::swap(m_data, other.m_data);
        std::swap(m_bytes, other.m_bytes);
    }

    Device m_device;
    void* m_data = nullptr;
    std::size_t m_bytes = 0;
};

/// Blocking copies between the host and a device.
void copy_from_host(Device device, void* destination, const void* host_source, std::size_t bytes);
void copy_to_host(Device device, void* host_destination, const void* source, std::size_t bytes);
/// Sets every byte to zero.
void fill_zero(Device device, void* destination, std::size_t bytes);

} // namespace triptych
