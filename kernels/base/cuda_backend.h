// What the base layer asks of the CUDA backend. Defined in kernels/cuda/device.cpp; only builds with CUDA call it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/device.h"

#include <cstddef>
#include <vector>

namespace triptych::cuda_backend {

/// Every usable GPU; empty when there is no driver or it fails. Never throws.
std::vector<DeviceInfo> list_devices();

/// Device memory, at least 64-byte aligned; bytes > 0. Null when there is none left. Throws DeviceError when the device
/// cannot be used.
void* allocate(int device, std::size_t bytes);
void free(int device, void* pointer) noexcept;

/// Blocking; they begin after all work queued on the device has run. Throw DeviceError.
void copy_from_host(int device, void* destination, const void* host_source, std::size_t bytes);
void copy_to_host(int device, void* host_destination, const void* source, std::size_t bytes);
void fill_zero(int device, void* destination, std::size_t bytes);

/// A cudaStream_t as void*. Throws DeviceError when the device cannot be used.
void* create_stream(int device);
void destroy_stream(int device, void* stream) noexcept;
/// Waits for the stream; throws DeviceError with what went wrong since the last call.
void synchronize(int device, void* stream);

} // namespace triptych::cuda_backend
