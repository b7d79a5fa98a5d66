// What the 32 threads of a warp do together: sums and the largest value with its index.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cuda/gpu.h"

#include <cfloat>
#include <cstdint>

namespace triptych::cuda {

inline constexpr int kWarpSize = 32;
inline constexpr unsigned kWholeWarp = 0xffffffffU;

/// The same sum in every lane, added in the same order every time.
__device__ __forceinline__ float warp_sum(float value)
{
#pragma unroll
    for (int distance = kWarpSize / 2; distance > 0; distance /= 2)
        value += __shfl_xor_sync(kWholeWarp, value, distance);
    return value;
}

/// The largest value in every lane. NaN loses against any number.
__device__ __forceinline__ float warp_max(float value)
{
#pragma unroll
    for (int distance = kWarpSize / 2; distance > 0; distance /= 2)
        value = fmaxf(value, __shfl_xor_sync(kWholeWarp, value, distance));
    return value;
}

/// Numbers of this order are in the order of the floats, so that the integer maximum of a warp, one instruction, finds
/// the largest float. Not for NaN. Adding zero turns -0 into +0, which must tie with it.
__device__ __forceinline__ unsigned ordered_bits(float value)
{
    const unsigned bits = __float_as_uint(value + 0.0f);
    return bits & 0x80000000U ? ~bits : bits | 0x80000000U;
}

/// The index that belongs to the largest value of the warp, the lowest one of a tie; the same in every lane.
__device__ __forceinline__ int warp_arg_max(float value, int index)
{
    const unsigned bits = ordered_bits(value);
    const unsigned largest = __reduce_max_sync(kWholeWarp, bits);
    return static_cast<int>(
        __reduce_min_sync(kWholeWarp, bits == largest ? static_cast<unsigned>(index) : 0xffffffffU));
}

/// Stops the kernel when an index is out of range, before anything is read or written through it: the host then gets a
/// DeviceError instead of silently wrong memory.
__device__ __forceinline__ void require_index(std::int64_t index, std::int64_t bound)
{
    if (index < 0 || index >= bound) __trap();
}

} // namespace triptych::cuda
