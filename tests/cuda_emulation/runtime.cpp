// The functions of the CUDA runtime that the project calls, in place of libcudart: devices, errors, memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/runtime.h"

#include "tests/cuda_emulation/emulation.h"
#include "tests/cuda_emulation/error_state.h"
#include "tests/cuda_emulation/memory.h"
#include "tests/cuda_emulation/report.h"
#include "tests/cuda_emulation/streams.h"

#include <cuda_runtime.h>

#include <cstring>
#include <utility>

namespace cuda_emulation {

ErrorState& error_state()
{
    static ErrorState state;
    return state;
}

void forget_error()
{
    error_state() = {};
}

namespace {

/// Reports a call that real hardware would refuse, or worse.
cudaError_t misuse(const std::string& finding)
{
    report(finding);
    return error_state().fail(cudaErrorInvalidValue);
}

/// Empty, or what is wrong with one end of a copy.
std::string problem_with_end(const void* pointer, std::size_t bytes, bool on_device)
{
    if (on_device) return memory::problem_with(pointer, bytes);
    return memory::is_device(pointer) ? "points to device memory" : "";
}

cudaError_t copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind)
{
    if (error_state().sticky != cudaSuccess || bytes == 0) return error_state().result();
    const bool to_device = kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice;
    const bool from_device = kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice;
    if (const auto problem = problem_with_end(to, bytes, to_device); !problem.empty())
        return misuse("cudaMemcpy: the destination " + problem);
    if (const auto problem = problem_with_end(from, bytes, from_device); !problem.empty())
        return misuse("cudaMemcpy: the source " + problem);
    std::memcpy(to, from, bytes);
    shadow::copy(to, from, bytes);
    return cudaSuccess;
}

cudaError_t fill(void* to, int value, std::size_t bytes)
{
    if (error_state().sticky != cudaSuccess || bytes == 0) return error_state().result();
    if (const auto problem = problem_with_end(to, bytes, true); !problem.empty())
        return misuse("cudaMemset: the destination " + problem);
    std::memset(to, value, bytes);
    shadow::define(to, bytes);
    return cudaSuccess;
}

struct ErrorText {
    cudaError_t error;
    const char* name;
    const char* text;
};

constexpr ErrorText kErrors[] = {
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "a value is out of range"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
    {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration", "such a grid or block is impossible"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver", "there is no driver"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "there is no such device"},
    {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "no such stream or event"},
    {cudaErrorIllegalAddress, "cudaErrorIllegalAddress", "a kernel went to memory that is not the device's"},
    {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "a kernel was stopped"},
};

const ErrorText& find(cudaError_t error)
{
    static constexpr ErrorText kUnknown = {cudaErrorUnknown, "cudaErrorUnknown",
                                           "an error the emulation does not know"};
    for (const ErrorText& known : kErrors)
        if (known.error == error) return known;
    return kUnknown;
}

} // namespace
} // namespace cuda_emulation

using cuda_emulation::error_state;
using cuda_emulation::Gpu;
using cuda_emulation::options;

// NOLINTBEGIN: NVIDIA chose these names
extern "C" {

cudaError_t cudaGetDeviceCount(int* count)
{
    *count = 0;
    if (options().gpu == Gpu::NoDriver) return error_state().fail(cudaErrorInsufficientDriver);
    *count = 1;
    return cudaSuccess;
}
cudaError_t cudaSetDevice(int device)
{
    return device == 0 ? cudaSuccess : error_state().fail(cudaErrorInvalidDevice);
}
cudaError_t cudaGetDevice(int* device)
{
    *device = 0;
    return cudaSuccess;
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device)
{
    if (device != 0) return error_state().fail(cudaErrorInvalidDevice);
    *properties = {};
    std::strncpy(properties->name, "Emulated GPU", sizeof properties->name - 1);
    properties->major = options().gpu == Gpu::Ampere ? 8 : 9;
    properties->minor = 0;
    properties->totalGlobalMem = cuda_emulation::memory::kBytes - cuda_emulation::memory::kSharedBytes;
    return cudaSuccess;
}

cudaError_t cudaGetLastError()
{
    const cudaError_t last = std::exchange(error_state().last, cudaSuccess);
    return error_state().sticky != cudaSuccess ? error_state().sticky : last;
}
cudaError_t cudaPeekAtLastError()
{
    return error_state().sticky != cudaSuccess ? error_state().sticky : error_state().last;
}
const char* cudaGetErrorName(cudaError_t error)
{
    return cuda_emulation::find(error).name;
}
const char* cudaGetErrorString(cudaError_t error)
{
    return cuda_emulation::find(error).text;
}

cudaError_t cudaMalloc(void** pointer, std::size_t bytes)
{
    *pointer = nullptr;
    if (error_state().sticky != cudaSuccess || bytes == 0) return error_state().result();
    *pointer = cuda_emulation::memory::allocate(bytes);
    return *pointer ? cudaSuccess : error_state().fail(cudaErrorMemoryAllocation);
}
cudaError_t cudaFree(void* pointer)
{
    if (!pointer || cuda_emulation::memory::release(pointer)) return error_state().result();
    return cuda_emulation::misuse("cudaFree: the pointer " +
                                  (cuda_emulation::memory::is_device(pointer)
                                       ? std::string("is not the start of an allocation, or was freed before")
                                       : std::string("points to host memory")));
}
cudaError_t cudaMemcpy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind)
{
    return cuda_emulation::copy(to, from, bytes, kind);
}
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream)
{
    if (!cuda_emulation::is_stream(stream)) return error_state().fail(cudaErrorInvalidResourceHandle);
    return cuda_emulation::copy(to, from, bytes, kind);
}
cudaError_t cudaMemset(void* to, int value, std::size_t bytes)
{
    return cuda_emulation::fill(to, value, bytes);
}
cudaError_t cudaMemsetAsync(void* to, int value, std::size_t bytes, cudaStream_t stream)
{
    if (!cuda_emulation::is_stream(stream)) return error_state().fail(cudaErrorInvalidResourceHandle);
    return cuda_emulation::fill(to, value, bytes);
}
cudaError_t cudaDeviceSynchronize()
{
    return error_state().result();
}
}
// NOLINTEND
