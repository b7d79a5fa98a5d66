// Devices, memory, streams and launch errors of the CUDA backend. Host code only.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/cuda_backend.h"
#include "kernels/base/error.h"
#include "kernels/cuda/launch.h"

#include <cstdlib>
#include <string>

namespace triptych {
namespace {

/// The kernels are compiled for sm_90a, whose code runs on compute capability 9.0 and on no other.
bool runs_our_code(const cudaDeviceProp& properties)
{
    return properties.major == 9 && properties.minor == 0;
}

std::string text_of(cudaError_t error)
{
    return std::string(cudaGetErrorString(error)) + " (" + cudaGetErrorName(error) + ")";
}

/// "cuda:0: waiting for the stream: an illegal memory access was encountered (cudaErrorIllegalAddress)"
[[noreturn]] void fail(int device, const std::string& what, cudaError_t error, const std::string& hint = "")
{
    cudaGetLastError(); // an error that the device survives must not show up again at the next call
    throw DeviceError(to_string(Device{DeviceKind::Cuda, device}) + ": " + what + ": " + text_of(error) + hint);
}

void require_success(int device, const char* what, cudaError_t error)
{
    if (error != cudaSuccess) fail(device, what, error);
}

void use_device(int device)
{
    require_success(device, "choosing the device", cudaSetDevice(device));
}

bool synchronize_kernels()
{
    const char* value = std::getenv("TRIPTYCH_SYNC_KERNELS");
    return value && std::string(value) == "1";
}

void require_ran(int device, cudaError_t error)
{
    if (error == cudaSuccess) return;
    fail(device, "what was queued earlier failed", error, ". Set TRIPTYCH_SYNC_KERNELS=1 to learn which op it was");
}

/// Waits for everything that was queued on the device. Copies and streams do not wait for each other by themselves.
void wait_for_device(int device)
{
    require_ran(device, cudaDeviceSynchronize());
}

} // namespace

namespace cuda_backend {

std::vector<DeviceInfo> list_devices()
{
    std::vector<DeviceInfo> devices;
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess) {
        cudaGetLastError();
        return devices;
    }
    for (int i = 0; i < count; ++i) {
        cudaDeviceProp properties{};
        if (cudaGetDeviceProperties(&properties, i) != cudaSuccess) {
            cudaGetLastError();
            continue;
        }
        if (!runs_our_code(properties)) continue;
        devices.push_back({.device = {DeviceKind::Cuda, i},
                           .name = properties.name,
                           .memory_bytes = static_cast<std::int64_t>(properties.totalGlobalMem),
                           .capability = std::to_string(properties.major) + "." + std::to_string(properties.minor)});
    }
    return devices;
}

void* allocate(int device, std::size_t bytes)
{
    use_device(device);
    void* pointer = nullptr;
    const cudaError_t error = cudaMalloc(&pointer, bytes);
    if (error == cudaErrorMemoryAllocation) {
        cudaGetLastError();
        return nullptr;
    }
    require_success(device, "allocating memory", error);
    return pointer;
}

void free(int device, void* pointer) noexcept
{
    if (cudaSetDevice(device) == cudaSuccess) cudaFree(pointer);
}

void copy_from_host(int device, void* destination, const void* host_source, std::size_t bytes)
{
    use_device(device);
    wait_for_device(device);
    require_success(device, "copying to the device",
                    cudaMemcpy(destination, host_source, bytes, cudaMemcpyHostToDevice));
    wait_for_device(device); // the last piece may still be on its way when cudaMemcpy returns
}

void copy_to_host(int device, void* host_destination, const void* source, std::size_t bytes)
{
    use_device(device);
    wait_for_device(device);
    require_success(device, "copying to the host", cudaMemcpy(host_destination, source, bytes, cudaMemcpyDeviceToHost));
}

void fill_zero(int device, void* destination, std::size_t bytes)
{
    use_device(device);
    wait_for_device(device);
    require_success(device, "filling with zeros", cudaMemset(destination, 0, bytes));
    wait_for_device(device);
}

void* create_stream(int device)
{
    use_device(device);
    cudaStream_t stream = nullptr;
    require_success(device, "making a stream", cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    return stream;
}

void destroy_stream(int device, void* stream) noexcept
{
    if (cudaSetDevice(device) == cudaSuccess) cudaStreamDestroy(static_cast<cudaStream_t>(stream));
}

void synchronize(int device, void* stream)
{
    use_device(device);
    require_ran(device, cudaStreamSynchronize(static_cast<cudaStream_t>(stream)));
}

} // namespace cuda_backend

namespace cuda {

void begin_launch(const Stream& stream, const char* op)
{
    const int device = stream.device().index;
    const cudaError_t error = cudaSetDevice(device);
    if (error != cudaSuccess) fail(device, std::string("[") + op + "] choosing the device", error);
}

void finish_launch(const Stream& stream, const char* op, cudaError_t launched)
{
    const int device = stream.device().index;
    if (launched != cudaSuccess) fail(device, std::string("[") + op + "] could not be launched", launched);
    if (!synchronize_kernels()) return;
    const cudaError_t ran = cudaStreamSynchronize(static_cast<cudaStream_t>(stream.native()));
    if (ran != cudaSuccess) fail(device, std::string("[") + op + "] failed on the device", ran);
}

} // namespace cuda
} // namespace triptych
