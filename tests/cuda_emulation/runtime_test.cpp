// The emulated runtime: memory, copies, streams and events, and what it says of wrong calls.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/gpu.h"
#include "tests/cuda_emulation/device_array.h"
#include "tests/cuda_emulation/findings.h"
#include "tests/cuda_emulation/memory.h"

#include <cstdint>
#include <string>

namespace cuda_emulation::test {
namespace {

TEST(EmulatedRuntime, ThereIsOneHopper)
{
    int count = 0;
    EXPECT_EQ(cudaGetDeviceCount(&count), cudaSuccess);
    EXPECT_EQ(count, 1);
    cudaDeviceProp properties{};
    EXPECT_EQ(cudaGetDeviceProperties(&properties, 0), cudaSuccess);
    EXPECT_EQ(properties.major, 9);
    EXPECT_EQ(cudaSetDevice(1), cudaErrorInvalidDevice);
    EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidDevice);
}

TEST(EmulatedRuntime, AddressesAreAlignedAndNeverGivenTwice)
{
    void* first = nullptr;
    void* second = nullptr;
    EXPECT_EQ(cudaMalloc(&first, 100), cudaSuccess);
    EXPECT_EQ(cudaFree(first), cudaSuccess);
    EXPECT_EQ(cudaMalloc(&second, 100), cudaSuccess);
    EXPECT_NE(first, second);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(second) % 256, 0U);
    EXPECT_EQ(cudaFree(second), cudaSuccess);
}

TEST(EmulatedRuntime, MemoryRunsOutWithAnErrorThatHarmsNothing)
{
    void* pointer = nullptr;
    EXPECT_EQ(cudaMalloc(&pointer, memory::kBytes), cudaErrorMemoryAllocation);
    EXPECT_EQ(pointer, nullptr);
    EXPECT_EQ(cudaGetLastError(), cudaErrorMemoryAllocation);
    EXPECT_EQ(cudaGetLastError(), cudaSuccess);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
}

TEST(EmulatedRuntime, CopiesInTheWrongDirectionAreFound)
{
    std::vector<float> host(16, 1);
    const DeviceArray<float> device(host);
    EXPECT_EQ(cudaMemcpy(device.data(), host.data(), 64, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
    expect_finding("cudaMemcpy: the destination points to device memory", "");
    EXPECT_EQ(cudaMemcpy(host.data(), device.data(), 64, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
    expect_finding("cudaMemcpy: the destination points to host memory", "");
    EXPECT_EQ(cudaMemcpy(host.data(), host.data(), 64, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
    expect_finding("cudaMemcpy: the source points to host memory", "");
}

TEST(EmulatedRuntime, CopiesAndFillsBeyondAnAllocationAreFound)
{
    std::vector<float> host(17, 1);
    const DeviceArray<float> device(16);
    EXPECT_EQ(cudaMemcpy(device.data(), host.data(), 68, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
    expect_finding("the destination reaches 4 bytes beyond an allocation of 64 bytes", "");
    EXPECT_EQ(cudaMemset(device.data() + 1, 0, 64), cudaErrorInvalidValue);
    expect_finding("cudaMemset: the destination reaches 4 bytes beyond", "");
    EXPECT_EQ(cudaMemset(host.data(), 0, 64), cudaErrorInvalidValue);
    expect_finding("cudaMemset: the destination points to host memory", "");
}

TEST(EmulatedRuntime, WrongPointersToFreeAreFound)
{
    float host = 0;
    EXPECT_EQ(cudaFree(&host), cudaErrorInvalidValue);
    expect_finding("cudaFree: the pointer points to host memory", "");
    void* pointer = nullptr;
    cudaMalloc(&pointer, 8);
    EXPECT_EQ(cudaFree(static_cast<char*>(pointer) + 4), cudaErrorInvalidValue);
    expect_finding("cudaFree: the pointer is not the start of an allocation", "");
    EXPECT_EQ(cudaFree(pointer), cudaSuccess);
    EXPECT_EQ(cudaFree(pointer), cudaErrorInvalidValue);
    expect_finding("was freed before", "");
    EXPECT_EQ(cudaFree(nullptr), cudaSuccess);
}

__global__ void stopped_kernel()
{
    __trap();
}
TEST(EmulatedRuntime, AFailedKernelFailsEverythingAfterIt)
{
    EXPECT_EQ(gpu::launch(stopped_kernel, 1, 1, 0, nullptr), cudaSuccess) << "a launch does not wait for the kernel";
    void* pointer = nullptr;
    EXPECT_EQ(cudaMalloc(&pointer, 8), cudaErrorLaunchFailure);
    EXPECT_EQ(gpu::launch(stopped_kernel, 1, 1, 0, nullptr), cudaErrorLaunchFailure);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
    EXPECT_EQ(cudaGetLastError(), cudaErrorLaunchFailure);
    EXPECT_EQ(cudaGetLastError(), cudaErrorLaunchFailure);
    EXPECT_EQ(take_reports().size(), 1U);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
}

TEST(EmulatedRuntime, StreamsAndEventsMustExist)
{
    cudaStream_t stream = nullptr;
    cudaEvent_t begin = nullptr;
    cudaEvent_t end = nullptr;
    EXPECT_EQ(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), cudaSuccess);
    EXPECT_EQ(cudaEventCreateWithFlags(&begin, cudaEventDefault), cudaSuccess);
    EXPECT_EQ(cudaEventCreateWithFlags(&end, cudaEventDefault), cudaSuccess);
    float milliseconds = -1;
    EXPECT_EQ(cudaEventRecord(begin, stream), cudaSuccess);
    EXPECT_EQ(cudaEventElapsedTime(&milliseconds, begin, end), cudaErrorInvalidResourceHandle) << "not recorded yet";
    EXPECT_EQ(cudaEventRecord(end, stream), cudaSuccess);
    EXPECT_EQ(cudaStreamWaitEvent(stream, end, 0), cudaSuccess);
    EXPECT_EQ(cudaEventSynchronize(end), cudaSuccess);
    EXPECT_EQ(cudaEventElapsedTime(&milliseconds, begin, end), cudaSuccess);
    EXPECT_GE(milliseconds, 0);
    EXPECT_EQ(cudaEventDestroy(end), cudaSuccess);
    EXPECT_EQ(cudaEventRecord(end, stream), cudaErrorInvalidResourceHandle);
    EXPECT_EQ(cudaStreamDestroy(stream), cudaSuccess);
    EXPECT_EQ(cudaStreamSynchronize(stream), cudaErrorInvalidResourceHandle);
    EXPECT_EQ(gpu::launch(stopped_kernel, 1, 1, 0, stream), cudaErrorInvalidResourceHandle);
    EXPECT_EQ(cudaEventDestroy(begin), cudaSuccess);
}

TEST(EmulatedRuntime, ErrorsHaveNamesAndTexts)
{
    EXPECT_EQ(std::string(cudaGetErrorName(cudaErrorLaunchFailure)), "cudaErrorLaunchFailure");
    EXPECT_EQ(std::string(cudaGetErrorString(cudaErrorMemoryAllocation)), "out of memory");
}

} // namespace
} // namespace cuda_emulation::test
