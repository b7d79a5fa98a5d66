// Planted mistakes that every build of the emulation finds: barriers, warps, pointers, launches.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/gpu.h"
#include "tests/cuda_emulation/device_array.h"
#include "tests/cuda_emulation/findings.h"

namespace cuda_emulation::test {
namespace {

constexpr const char* kThisFile = "planted_bugs_test.cpp";

std::string line(const std::string& mark)
{
    return line_marked(kThisFile, mark);
}

__global__ void divergent_barrier_kernel(float* y, bool planted)
{
    if (planted && threadIdx.x >= 32) {
        y[threadIdx.x] = 1;
        __syncthreads(); // found: divergent barrier
    } else {
        y[threadIdx.x] = 2;
        __syncthreads();
    }
}
TEST(PlantedBug, ABarrierInOneBranchOnlyIsDivergent)
{
    KeepsOptions keeps;
    options().schedule = Schedule::Forward;
    const DeviceArray<float> y(64);
    EXPECT_EQ(gpu::launch(divergent_barrier_kernel, 1, 64, 0, nullptr, y.data(), false), cudaSuccess);
    expect_no_finding();
    gpu::launch(divergent_barrier_kernel, 1, 64, 0, nullptr, y.data(), true);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
    expect_finding("divergent __syncthreads()", line("divergent barrier"));
}

__global__ void deadlock_kernel(bool planted)
{
    if (planted && threadIdx.x % 32 < 16) {
        __syncwarp(); // found: lanes that wait for ever
        __syncthreads();
    } else {
        __syncthreads();
        if (planted) __syncwarp();
    }
}
TEST(PlantedBug, ThreadsThatWaitForEachOtherAreADeadlock)
{
    gpu::launch(deadlock_kernel, 1, 64, 0, nullptr, false);
    expect_no_finding();
    gpu::launch(deadlock_kernel, 1, 64, 0, nullptr, true);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
    expect_finding("deadlock: ", "32 threads wait in a warp operation at " + line("lanes that wait for ever"));
}

__global__ void absent_lane_kernel(float* y, bool planted)
{
    float value = 1;
    if (!planted || threadIdx.x < 16)
        value = __shfl_xor_sync(planted ? 0x0000ffffU : 0xffffffffU, value, 16); // found: absent lane
    y[threadIdx.x] = value;
}
TEST(PlantedBug, AShuffleFromALaneThatTakesNoPartIsFound)
{
    const DeviceArray<float> y(32);
    gpu::launch(absent_lane_kernel, 1, 32, 0, nullptr, y.data(), false);
    expect_no_finding();
    gpu::launch(absent_lane_kernel, 1, 32, 0, nullptr, y.data(), true);
    expect_finding("__shfl_xor_sync reads lane ", line("absent lane"));
}

__global__ void caller_outside_mask_kernel(bool planted)
{
    __syncwarp(planted ? 0x0000ffffU : 0xffffffffU); // found: caller outside
}
TEST(PlantedBug, AMaskWithoutItsCallerIsFound)
{
    gpu::launch(caller_outside_mask_kernel, 1, 32, 0, nullptr, false);
    expect_no_finding();
    gpu::launch(caller_outside_mask_kernel, 1, 32, 0, nullptr, true);
    expect_finding("the calling lane is not in the mask", line("caller outside"));
}

__global__ void mixed_operations_kernel(float* y, bool planted)
{
    float value = 1;
    if (planted && threadIdx.x < 16)
        __syncwarp();
    else
        value = __shfl_xor_sync(0xffffffffU, value, 1);
    y[threadIdx.x] = value;
}
TEST(PlantedBug, LanesOfOneWarpInDifferentOperationsAreFound)
{
    const DeviceArray<float> y(32);
    gpu::launch(mixed_operations_kernel, 1, 32, 0, nullptr, y.data(), false);
    expect_no_finding();
    gpu::launch(mixed_operations_kernel, 1, 32, 0, nullptr, y.data(), true);
    expect_finding("divergent warp: ", kThisFile);
}

__global__ void trap_kernel(int index, int bound)
{
    if (index >= bound) __trap(); // found: trap
}
TEST(PlantedBug, ATrapStopsTheKernelAndIsReported)
{
    gpu::launch(trap_kernel, 1, 1, 0, nullptr, 4, 5);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
    gpu::launch(trap_kernel, 1, 1, 0, nullptr, 5, 5);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);
    expect_finding("__trap()", line("trap"));
}

__global__ void two_sums_kernel(const float* x, float* y, bool planted)
{
    SHARED(float[64], values);
    for (int round = 0; round < 2; ++round) {
        values[threadIdx.x] = x[round * 64 + threadIdx.x];
        __syncthreads();
        float sum = 0;
        for (int i = 0; i < 64; ++i) sum += values[i];
        if (!planted) __syncthreads();
        if (threadIdx.x == 33) y[round] = sum;
    }
}
/// Without any check of accesses a missing barrier shows as a wrong result, if the schedule is mean enough.
TEST(PlantedBug, RandomSchedulesShowAMissingBarrierAsAWrongResult)
{
    KeepsOptions keeps;
    options().schedule = Schedule::Random;
    std::vector<float> x(128, 1);
    std::fill(x.begin() + 64, x.end(), 2.0f);
    const DeviceArray<float> in(x);
    int wrong = 0;
    for (options().seed = 1; options().seed <= 20; ++options().seed) {
        for (const bool planted : {false, true}) {
            const DeviceArray<float> y(2);
            gpu::launch(two_sums_kernel, 1, 64, 0, nullptr, in.data(), y.data(), planted);
            const bool right = y.values() == std::vector<float>({64, 128});
            EXPECT_TRUE(right || planted) << "a sound kernel gave a wrong result with seed " << options().seed;
            if (!right) ++wrong;
        }
    }
    EXPECT_GE(wrong, 5);
    take_reports(); // the check build sees it as a race besides
}

__global__ void add_one_kernel(float* y, const float* x)
{
    y[threadIdx.x] = x[threadIdx.x] + 1;
}
TEST(PlantedBug, AHostPointerForAKernelIsFoundBeforeItRuns)
{
    const std::vector<float> host(64, 1);
    const DeviceArray<float> x(host);
    const DeviceArray<float> y(64);
    gpu::launch(add_one_kernel, 1, 64, 0, nullptr, y.data(), x.data());
    EXPECT_EQ(y.values(), std::vector<float>(64, 2));
    gpu::launch(add_one_kernel, 1, 64, 0, nullptr, y.data(), host.data());
    EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorIllegalAddress);
    expect_finding("argument 1 of add_one_kernel points to host memory", "");
}
TEST(PlantedBug, FreedMemoryForAKernelIsFoundBeforeItRuns)
{
    const DeviceArray<float> y(64);
    float* freed = nullptr;
    cudaMalloc(reinterpret_cast<void**>(&freed), 256);
    cudaFree(freed);
    gpu::launch(add_one_kernel, 1, 64, 0, nullptr, y.data(), freed);
    expect_finding("argument 1 of add_one_kernel points to memory that is not allocated", "");
}

__global__ void write_at_kernel(float* y, int index)
{
    y[index] = 7;
}
TEST(PlantedBug, AWriteBesideAnAllocationNamesTheKernel)
{
    const DeviceArray<float> y(100);
    gpu::launch(write_at_kernel, 1, 1, 0, nullptr, y.data(), 99);
    expect_no_finding();
    gpu::launch(write_at_kernel, 1, 1, 0, nullptr, y.data(), 100);
    expect_finding("write_at_kernel wrote memory behind an allocation of 400 bytes", "");
    gpu::launch(write_at_kernel, 1, 1, 0, nullptr, y.data(), -1);
    expect_finding("write_at_kernel wrote memory before an allocation of 400 bytes", "");
}

__global__ void too_much_shared_kernel(float* y)
{
    SHARED(float[12289], values); // found: too much shared memory
    values[0] = 1;
    y[0] = values[0];
}
TEST(PlantedBug, MoreThan48KibOfSharedVariablesIsFound)
{
    const DeviceArray<float> y(1);
    gpu::launch(too_much_shared_kernel, 1, 1, 0, nullptr, y.data());
    expect_finding("no room for 49156 more bytes of shared memory", line("too much shared memory"));
}

TEST(PlantedBug, ImpossibleLaunchesAreRefused)
{
    const auto launch = [](dim3 grid, dim3 block, std::size_t shared) {
        const cudaError_t result = gpu::launch(trap_kernel, grid, block, shared, nullptr, 0, 1);
        EXPECT_EQ(cudaGetLastError(), result);
        EXPECT_EQ(cudaGetLastError(), cudaSuccess) << "an error that harmed nothing is forgotten once it was seen";
        return result;
    };
    EXPECT_EQ(launch(1, 1024, 227 * 1024), cudaSuccess);
    EXPECT_EQ(launch(0, 32, 0), cudaErrorInvalidConfiguration);
    EXPECT_EQ(launch(1, 1025, 0), cudaErrorInvalidConfiguration);
    EXPECT_EQ(launch(1, dim3(1, 1, 65), 0), cudaErrorInvalidConfiguration);
    EXPECT_EQ(launch(dim3(1, 65536), 32, 0), cudaErrorInvalidConfiguration);
    EXPECT_EQ(launch(1, 32, 227 * 1024 + 1), cudaErrorInvalidConfiguration);
}

} // namespace
} // namespace cuda_emulation::test
