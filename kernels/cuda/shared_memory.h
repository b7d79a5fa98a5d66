// How many warps of a block get a piece of dynamic shared memory each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cuda/launch.h"
#include "kernels/cuda/warp.h"

#include <cstdint>

namespace triptych::cuda {

/// Warps of a block that work without each other.
inline constexpr int kWarpsPerBlock = 4;

/// A launch of `items`, one a warp at a time, with bytes of shared memory for each warp. Blocks get fewer warps when
/// the pieces are large. Throws UnsupportedError, naming what is too many, when not even one piece fits.
template <class Op>
LaunchShape warp_per_item(std::int64_t items, std::int64_t bytes, const char* what)
{
    constexpr std::int64_t kComfortable = 48 * 1024; // several blocks on a multiprocessor
    if (bytes > static_cast<std::int64_t>(kMaxSharedBytes))
        throw UnsupportedError(std::string(Op::name) + ": " + what + " take " + std::to_string(bytes) +
                               " bytes of shared memory, a GPU has " + std::to_string(kMaxSharedBytes) +
                               ": run on the CPU");
    const std::int64_t warps =
        std::clamp<std::int64_t>(kComfortable / std::max<std::int64_t>(bytes, 1), 1, kWarpsPerBlock);
    return {blocks_for(items, warps), static_cast<unsigned>(warps * kWarpSize),
            static_cast<std::size_t>(warps * bytes)};
}

/// The number of the calling warp among all of the launch, and how many there are.
__device__ __forceinline__ std::int64_t warp_of_launch()
{
    return std::int64_t{blockIdx.x} * (blockDim.x / kWarpSize) + threadIdx.x / kWarpSize;
}
__device__ __forceinline__ std::int64_t warps_of_launch()
{
    return std::int64_t{gridDim.x} * (blockDim.x / kWarpSize);
}
__device__ __forceinline__ int lane_of_warp()
{
    return static_cast<int>(threadIdx.x) % kWarpSize;
}

/// The calling warp's piece of `elements` values; 16-byte aligned only if all pieces are.
template <class T>
__device__ __forceinline__ T* shared_of_warp(std::int64_t elements)
{
    return gpu::dynamic_shared<T>() + threadIdx.x / kWarpSize * elements;
}

} // namespace triptych::cuda
