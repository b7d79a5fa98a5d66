// The threads that work on one row together: a warp for narrow rows, a block for wide ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cuda/gpu.h"
#include "kernels/cuda/warp.h"

#include <cstdint>

namespace triptych::cuda {

/// The same sum in every thread of a block of kThreads, added in the same order every time. For whole blocks only.
template <int kThreads>
__device__ __forceinline__ float block_sum(float value)
{
    SHARED(float[kThreads / kWarpSize], warp_sums);
    value = warp_sum(value);
    if (threadIdx.x % kWarpSize == 0) warp_sums[threadIdx.x / kWarpSize] = value;
    __syncthreads();
    float total = 0;
#pragma unroll
    for (int warp = 0; warp < kThreads / kWarpSize; ++warp) total += warp_sums[warp];
    __syncthreads(); // the next call writes warp_sums again
    return total;
}

/// Eight warps in a block, each with rows of its own.
struct WarpTeam {
    static constexpr int kThreads = 256;
    static constexpr int kSize = kWarpSize;
    static constexpr int kTeams = kThreads / kSize; ///< in a block
    static __device__ int rank() { return static_cast<int>(threadIdx.x) % kSize; }
    static __device__ int index() { return static_cast<int>(threadIdx.x) / kSize; }
    static __device__ float sum(float value) { return warp_sum(value); }
};

/// The whole block on one row.
struct BlockTeam {
    static constexpr int kThreads = 256;
    static constexpr int kSize = kThreads;
    static constexpr int kTeams = 1;
    static __device__ int rank() { return static_cast<int>(threadIdx.x); }
    static __device__ int index() { return 0; }
    static __device__ float sum(float value) { return block_sum<kThreads>(value); }
};

/// Up to this many columns a warp takes a row alone; beyond it would work on too few bytes at a time.
inline constexpr std::int64_t kWarpColumns = 1024;

/// Calls fn with the team for rows of so many columns: `using Team = decltype(team)` inside fn.
template <class Fn>
void with_team(std::int64_t columns, Fn&& fn)
{
    if (columns <= kWarpColumns)
        fn(WarpTeam{});
    else
        fn(BlockTeam{});
}

/// The first row of this thread's team, and how far it is to its next one. Whole blocks take the same number of steps
/// with a BlockTeam, so that its sum() may be called in such a loop.
template <class Team>
__device__ std::int64_t first_row()
{
    return std::int64_t{blockIdx.x} * Team::kTeams + Team::index();
}
template <class Team>
__device__ std::int64_t row_step()
{
    return std::int64_t{gridDim.x} * Team::kTeams;
}

} // namespace triptych::cuda
