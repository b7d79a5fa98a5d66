// Planted mistakes in accesses to memory: what the check build finds, and names by its line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/gpu.h"
#include "tests/cuda_emulation/device_array.h"
#include "tests/cuda_emulation/findings.h"

#include <ostream>

namespace cuda_emulation {

/// The end of a test's name.
void PrintTo(Schedule schedule, std::ostream* out)
{
    switch (schedule) {
    case Schedule::Forward: *out << "Forward"; return;
    case Schedule::Reverse: *out << "Reverse"; return;
    case Schedule::Random: *out << "Random"; return;
    }
}

namespace test {
namespace {

/// Runs under every schedule: what the check finds must not depend on luck.
class PlantedAccessBug : public testing::TestWithParam<Schedule> {
protected:
    PlantedAccessBug() { options().schedule = GetParam(); }

    static void expect_found(const std::string& what, const std::string& mark)
    {
        expect_finding(what, line_marked("planted_access_bugs_test.cpp", mark));
    }

private:
    KeepsOptions m_keeps;
};
INSTANTIATE_TEST_SUITE_P(, PlantedAccessBug, testing::Values(Schedule::Forward, Schedule::Reverse, Schedule::Random),
                         testing::PrintToStringParamName());

enum class Missing { Nothing = 1, BarrierBeforeRead, BarrierBeforeWrite };

__global__ void two_sums_kernel(const float* x, float* y, Missing missing)
{
    SHARED(float[128], values);
    for (int round = 0; round < 2; ++round) {
        values[threadIdx.x] = x[round * 128 + threadIdx.x]; // found: write too early
        if (missing != Missing::BarrierBeforeRead) __syncthreads();
        const float sum = values[threadIdx.x] + values[127 - threadIdx.x]; // found: read too early
        if (missing != Missing::BarrierBeforeWrite) __syncthreads();
        y[round * 128 + threadIdx.x] = sum;
    }
}
TEST_P(PlantedAccessBug, AMissingBarrierIsARaceWhereTheValueIsRead)
{
    const DeviceArray<float> x(std::vector<float>(256, 1));
    const DeviceArray<float> y(256);
    gpu::launch(two_sums_kernel, 1, 128, 0, nullptr, x.data(), y.data(), Missing::Nothing);
    expect_no_finding();
    gpu::launch(two_sums_kernel, 1, 128, 0, nullptr, x.data(), y.data(), Missing::BarrierBeforeRead);
    expect_found("shared memory", "read too early");
}
TEST_P(PlantedAccessBug, AMissingBarrierIsARaceWhereTheValueIsReplaced)
{
    const DeviceArray<float> x(std::vector<float>(256, 1));
    const DeviceArray<float> y(256);
    gpu::launch(two_sums_kernel, 1, 128, 0, nullptr, x.data(), y.data(), Missing::BarrierBeforeWrite);
    expect_found("shared memory", "write too early");
}

__global__ void mirror_kernel(float* y, bool planted)
{
    SHARED(float[32], values);
    values[threadIdx.x] = 1;
    if (!planted) __syncwarp();
    y[threadIdx.x] = values[31 - threadIdx.x]; // found: no syncwarp
}
TEST_P(PlantedAccessBug, AMissingSyncwarpIsARaceEvenWithinOneWarp)
{
    const DeviceArray<float> y(32);
    gpu::launch(mirror_kernel, 1, 32, 0, nullptr, y.data(), false);
    expect_no_finding();
    gpu::launch(mirror_kernel, 1, 32, 0, nullptr, y.data(), true);
    expect_found("shared memory", "no syncwarp");
}

__global__ void shuffle_is_no_fence_kernel(float* y)
{
    SHARED(float[32], values);
    values[threadIdx.x] = 1;
    const float other = __shfl_xor_sync(0xffffffffU, 1.0f, 1);
    y[threadIdx.x] = values[31 - threadIdx.x] + other; // found: shuffle
}
TEST_P(PlantedAccessBug, AShuffleOrdersNoMemory)
{
    const DeviceArray<float> y(32);
    gpu::launch(shuffle_is_no_fence_kernel, 1, 32, 0, nullptr, y.data());
    expect_found("race: ", "shuffle");
}

__global__ void count_kernel(const int* keys, int* counts, bool planted)
{
    SHARED(int[8], histogram);
    if (threadIdx.x < 8) histogram[threadIdx.x] = 0;
    __syncthreads();
    if (planted)
        histogram[keys[threadIdx.x]] += 1; // found: lost update
    else
        atomicAdd(&histogram[keys[threadIdx.x]], 1);
    __syncthreads();
    if (threadIdx.x < 8) counts[threadIdx.x] = histogram[threadIdx.x];
}
TEST_P(PlantedAccessBug, CountingWithoutAtomicsIsARace)
{
    std::vector<int> keys(128);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = static_cast<int>(i % 8);
    const DeviceArray<int> in(keys);
    const DeviceArray<int> counts(8);
    gpu::launch(count_kernel, 1, 128, 0, nullptr, in.data(), counts.data(), false);
    EXPECT_EQ(counts.values(), std::vector<int>(8, 16));
    expect_no_finding();
    gpu::launch(count_kernel, 1, 128, 0, nullptr, in.data(), counts.data(), true);
    expect_found("race: ", "lost update");
}

__global__ void write_blocks_kernel(float* y, bool planted)
{
    y[planted ? threadIdx.x : blockIdx.x * blockDim.x + threadIdx.x] = 1; // found: two blocks, one place
}
TEST_P(PlantedAccessBug, TwoBlocksThatWriteOnePlaceAreARace)
{
    const DeviceArray<float> y(128);
    gpu::launch(write_blocks_kernel, 2, 64, 0, nullptr, y.data(), false);
    expect_no_finding();
    gpu::launch(write_blocks_kernel, 2, 64, 0, nullptr, y.data(), true);
    expect_found("race: write to global memory", "two blocks, one place");
}

__global__ void shared_bounds_kernel(float* y, int offset)
{
    SHARED(float[64], values);
    values[threadIdx.x + offset] = 1; // found: shared bounds
    __syncthreads();
    y[threadIdx.x] = 1;
}
TEST_P(PlantedAccessBug, AWriteBesideASharedVariableIsFound)
{
    const DeviceArray<float> y(64);
    gpu::launch(shared_bounds_kernel, 1, 64, 0, nullptr, y.data(), 0);
    expect_no_finding();
    gpu::launch(shared_bounds_kernel, 1, 64, 0, nullptr, y.data(), 1);
    expect_found("out-of-bounds write to shared memory", "shared bounds");
}

__global__ void dynamic_bounds_kernel(float* y, int offset)
{
    auto* values = gpu::dynamic_shared<float>();
    values[threadIdx.x] = 1;
    __syncthreads();
    y[threadIdx.x] = values[threadIdx.x + offset]; // found: dynamic bounds
}
TEST_P(PlantedAccessBug, AReadBesideDynamicSharedMemoryIsFound)
{
    const DeviceArray<float> y(64);
    gpu::launch(dynamic_bounds_kernel, 1, 64, 256, nullptr, y.data(), 0);
    expect_no_finding();
    gpu::launch(dynamic_bounds_kernel, 1, 64, 256, nullptr, y.data(), 1);
    expect_found("out-of-bounds read of shared memory", "dynamic bounds");
}

__global__ void global_bounds_kernel(float* y, int n, bool planted)
{
    const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
    if (planted || i < n) y[i] = 1; // found: global bounds
}
TEST_P(PlantedAccessBug, AWriteBesideAnAllocationIsFoundByItsLine)
{
    const DeviceArray<float> y(100);
    gpu::launch(global_bounds_kernel, 2, 64, 0, nullptr, y.data(), 100, false);
    expect_no_finding();
    gpu::launch(global_bounds_kernel, 2, 64, 0, nullptr, y.data(), 100, true);
    expect_found("out-of-bounds write to global memory", "global bounds");
}

__global__ void unset_shared_kernel(float* y, unsigned set)
{
    SHARED(float[64], values);
    if (threadIdx.x < set) values[threadIdx.x] = 1;
    __syncthreads();
    y[threadIdx.x] = values[threadIdx.x]; // found: unset shared
}
TEST_P(PlantedAccessBug, AReadOfSharedMemoryThatWasNotSetIsFound)
{
    const DeviceArray<float> y(64);
    gpu::launch(unset_shared_kernel, 1, 64, 0, nullptr, y.data(), 64U);
    expect_no_finding();
    gpu::launch(unset_shared_kernel, 1, 64, 0, nullptr, y.data(), 63U);
    expect_found("read of undefined shared memory", "unset shared");
}

__global__ void add_one_kernel(const float* x, float* y)
{
    y[threadIdx.x] = x[threadIdx.x] + 1; // found: unset global
}
TEST_P(PlantedAccessBug, AReadOfMemoryThatWasNeverWrittenIsFound)
{
    const DeviceArray<float> x(64);
    const DeviceArray<float> y(64);
    gpu::launch(add_one_kernel, 1, 64, 0, nullptr, x.data(), y.data());
    expect_found("read of undefined global memory", "unset global");
    cudaMemset(x.data(), 0, 256);
    gpu::launch(add_one_kernel, 1, 64, 0, nullptr, x.data(), y.data());
    expect_no_finding();
}

__global__ void misaligned_kernel(const float* x, float4* y)
{
    y[threadIdx.x] = *reinterpret_cast<const float4*>(x); // found: misaligned
}
TEST_P(PlantedAccessBug, AVectorAtAnOddAddressIsFound)
{
    const DeviceArray<float> x(std::vector<float>(8, 1));
    const DeviceArray<float4> y(1);
    gpu::launch(misaligned_kernel, 1, 1, 0, nullptr, x.data() + 4, y.data());
    expect_no_finding();
    gpu::launch(misaligned_kernel, 1, 1, 0, nullptr, x.data() + 1, y.data());
    expect_found("misaligned access to global memory", "misaligned");
}

TEST_P(PlantedAccessBug, HostCodeThatTouchesDeviceMemoryIsFound)
{
    const DeviceArray<float> x(std::vector<float>(4, 1));
    const float* data = x.data();
    volatile float value = 0;
    value = data[2]; // found: host read
    expect_found("host code touches global memory", "host read");
    EXPECT_EQ(value, 1);
}

__global__ void many_launches_kernel(float* y)
{
    y[threadIdx.x] += 1;
}
TEST_P(PlantedAccessBug, LaunchesOfOneStreamAreOrdered)
{
    const DeviceArray<float> y(std::vector<float>(64, 0));
    for (int i = 0; i < 5; ++i) gpu::launch(many_launches_kernel, 1, 64, 0, nullptr, y.data());
    EXPECT_EQ(y.values(), std::vector<float>(64, 5));
    expect_no_finding();
}

} // namespace
} // namespace test
} // namespace cuda_emulation
