// The built-in functions of the emulation do what the CUDA programming guide says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cuda/gpu.h"
#include "tests/cuda_emulation/device_array.h"
#include "tests/cuda_emulation/findings.h"

#include <cmath>
#include <functional>

namespace cuda_emulation::test {
namespace {

constexpr unsigned kAll = 0xffffffffU;

/// What a function of (lane, results) writes into 32 integers.
std::vector<int> on_one_warp(void (*kernel)(int*))
{
    const DeviceArray<int> results(32);
    EXPECT_EQ(gpu::launch(kernel, 1, 32, 0, nullptr, results.data()), cudaSuccess);
    return results.values();
}
std::vector<int> by_lane(const std::function<int(int)>& value)
{
    std::vector<int> values;
    for (int lane = 0; lane < 32; ++lane) values.push_back(value(lane));
    return values;
}

__global__ void broadcast_kernel(int* y)
{
    y[threadIdx.x] = __shfl_sync(kAll, static_cast<int>(threadIdx.x) * 10, 5);
}
__global__ void broadcast_in_eights_kernel(int* y)
{
    y[threadIdx.x] = __shfl_sync(kAll, static_cast<int>(threadIdx.x), 3, 8);
}
__global__ void swap_kernel(int* y)
{
    y[threadIdx.x] = __shfl_xor_sync(kAll, static_cast<int>(threadIdx.x), 16);
}
__global__ void from_below_kernel(int* y)
{
    y[threadIdx.x] = __shfl_up_sync(kAll, static_cast<int>(threadIdx.x), 3);
}
__global__ void from_above_kernel(int* y)
{
    y[threadIdx.x] = __shfl_down_sync(kAll, static_cast<int>(threadIdx.x), 3);
}
TEST(EmulatedWarp, ShufflesTakeTheValueOfAnotherLane)
{
    EXPECT_EQ(on_one_warp(broadcast_kernel), by_lane([](int) { return 50; }));
    EXPECT_EQ(on_one_warp(broadcast_in_eights_kernel), by_lane([](int lane) { return lane / 8 * 8 + 3; }));
    EXPECT_EQ(on_one_warp(swap_kernel), by_lane([](int lane) { return lane ^ 16; }));
    EXPECT_EQ(on_one_warp(from_below_kernel), by_lane([](int lane) { return lane < 3 ? lane : lane - 3; }));
    EXPECT_EQ(on_one_warp(from_above_kernel), by_lane([](int lane) { return lane > 28 ? lane : lane + 3; }));
}

__global__ void ballot_kernel(int* y)
{
    y[threadIdx.x] = static_cast<int>(__ballot_sync(kAll, threadIdx.x % 3 == 0));
}
__global__ void any_and_all_kernel(int* y)
{
    const int lane = static_cast<int>(threadIdx.x);
    y[lane] = __any_sync(kAll, lane == 7) + 2 * __all_sync(kAll, lane < 32) + 4 * __all_sync(kAll, lane != 7) +
              8 * __any_sync(kAll, lane > 31);
}
__global__ void match_kernel(int* y)
{
    y[threadIdx.x] = static_cast<int>(__match_any_sync(kAll, threadIdx.x % 4));
}
TEST(EmulatedWarp, VotesSeeAllLanes)
{
    EXPECT_EQ(on_one_warp(ballot_kernel), by_lane([](int) { return 0x49249249; }));
    EXPECT_EQ(on_one_warp(any_and_all_kernel), by_lane([](int) { return 3; }));
    EXPECT_EQ(on_one_warp(match_kernel), by_lane([](int lane) { return 0x11111111 << lane % 4; }));
}

__global__ void reduce_kernel(int* y)
{
    const int value = static_cast<int>(threadIdx.x) - 10;
    y[threadIdx.x] =
        __reduce_max_sync(kAll, value) * 10000 + __reduce_min_sync(kAll, value) * 1000 + __reduce_add_sync(kAll, value);
}
TEST(EmulatedWarp, ReductionsTakeAllLanesOnce)
{
    EXPECT_EQ(on_one_warp(reduce_kernel), by_lane([](int) { return 21 * 10000 - 10 * 1000 + (496 - 320); }));
}

__global__ void half_warp_kernel(int* y)
{
    const int lane = static_cast<int>(threadIdx.x);
    const unsigned half = lane < 16 ? 0x0000ffffU : 0xffff0000U;
    y[lane] = __reduce_add_sync(half, lane);
}
TEST(EmulatedWarp, HalvesMayMeetByThemselves)
{
    EXPECT_EQ(on_one_warp(half_warp_kernel), by_lane([](int lane) { return lane < 16 ? 120 : 376; }));
}

__global__ void leaving_kernel(int* y)
{
    y[threadIdx.x] = 1;
    if (threadIdx.x % 2 == 1) return;
    __syncthreads();
    y[threadIdx.x] = 2 + static_cast<int>(__ballot_sync(0x55555555U, 1) == 0x55555555U);
}
TEST(EmulatedWarp, ThreadsThatHaveReturnedAreNotWaitedFor)
{
    EXPECT_EQ(on_one_warp(leaving_kernel), by_lane([](int lane) { return lane % 2 == 1 ? 1 : 3; }));
}

__global__ void barrier_votes_kernel(int* y)
{
    const int lane = static_cast<int>(threadIdx.x);
    const int count = __syncthreads_count(lane < 10);
    const int any = __syncthreads_or(lane == 4);
    const int all = __syncthreads_and(lane != 4);
    y[lane] = count * 100 + any * 10 + all;
}
TEST(EmulatedBlock, BarriersCountPredicates)
{
    EXPECT_EQ(on_one_warp(barrier_votes_kernel), by_lane([](int) { return 1010; }));
}

__global__ void indices_kernel(int* y)
{
    const unsigned block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
    const unsigned thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
    y[block * 24 + thread] = static_cast<int>(block * 24 + thread);
}
TEST(EmulatedBlock, EveryThreadOfEveryBlockRunsOnce)
{
    KeepsOptions keeps;
    std::vector<int> expected(24 * 30);
    for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = static_cast<int>(i);
    for (const Schedule schedule : {Schedule::Forward, Schedule::Reverse, Schedule::Random}) {
        options().schedule = schedule;
        const DeviceArray<int> y(expected.size());
        gpu::launch(indices_kernel, dim3(2, 3, 5), dim3(4, 3, 2), 0, nullptr, y.data());
        EXPECT_EQ(y.values(), expected);
    }
}

template <int kNumber>
__device__ int* own_variable()
{
    SHARED(int[4], values);
    return values;
}
__global__ void variables_kernel(int* y)
{
    own_variable<1>()[0] = 1;
    own_variable<2>()[0] = 2;
    y[0] = own_variable<1>()[0] * 10 + own_variable<2>()[0];
    y[1] = reinterpret_cast<std::uintptr_t>(own_variable<1>()) % 16 == 0 ? 1 : 0;
    y[2] = own_variable<1>() == own_variable<1>() ? 1 : 0;
}
TEST(EmulatedBlock, EveryInstanceOfATemplateHasItsOwnSharedVariable)
{
    const DeviceArray<int> y(3);
    gpu::launch(variables_kernel, 1, 1, 0, nullptr, y.data());
    EXPECT_EQ(y.values(), (std::vector<int>{12, 1, 1}));
}

__global__ void unwritten_kernel(float* y)
{
    y[0] = gpu::dynamic_shared<float>()[0];
}
TEST(EmulatedBlock, UnwrittenMemoryIsNan)
{
    const DeviceArray<float> y(2);
    gpu::launch(unwritten_kernel, 1, 1, 16, nullptr, y.data());
    EXPECT_TRUE(std::isnan(y.values()[0])) << "shared memory";
    EXPECT_TRUE(std::isnan(y.values()[1])) << "global memory";
    take_reports(); // the check build says so as well
}

__global__ void order_kernel(int* order, int* next)
{
    order[atomicAdd(next, 1)] = static_cast<int>(threadIdx.x);
}
std::vector<int> order_of_threads(Schedule schedule, std::uint64_t seed)
{
    KeepsOptions keeps;
    options() = {schedule, seed};
    const DeviceArray<int> order(96);
    const DeviceArray<int> next(std::vector<int>{0});
    gpu::launch(order_kernel, 1, 96, 0, nullptr, order.data(), next.data());
    return order.values();
}
TEST(EmulatedBlock, SchedulesDifferAndRepeat)
{
    std::vector<int> rising(96);
    for (std::size_t i = 0; i < rising.size(); ++i) rising[i] = static_cast<int>(i);
    EXPECT_EQ(order_of_threads(Schedule::Forward, 1), rising);
    EXPECT_EQ(order_of_threads(Schedule::Reverse, 1), std::vector<int>(rising.rbegin(), rising.rend()));
    const std::vector<int> random = order_of_threads(Schedule::Random, 1);
    EXPECT_NE(random, rising);
    EXPECT_EQ(random, order_of_threads(Schedule::Random, 1));
    EXPECT_NE(random, order_of_threads(Schedule::Random, 2));
    EXPECT_TRUE(std::is_permutation(random.begin(), random.end(), rising.begin()));
}

__global__ void atomics_kernel(int* y)
{
    const int lane = static_cast<int>(threadIdx.x);
    atomicAdd(&y[0], lane);
    atomicMax(&y[1], lane);
    atomicMin(&y[2], lane);
    atomicCAS(&y[3], 0, 7);
    atomicExch(&y[4], 9);
}
TEST(EmulatedBlock, AtomicsUpdateAndReturnTheOldValue)
{
    const DeviceArray<int> y(std::vector<int>{0, 0, 99, 0, 0});
    gpu::launch(atomics_kernel, 1, 32, 0, nullptr, y.data());
    EXPECT_EQ(y.values(), (std::vector<int>{496, 31, 0, 7, 9}));
}

} // namespace
} // namespace cuda_emulation::test
