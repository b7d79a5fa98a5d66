// Several neighbouring floats moved as one word of up to 16 bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/cuda/gpu.h"

#include <cstdint>
#include <type_traits>

namespace triptych::cuda {

/// How many floats one instruction of memory moves at best.
inline constexpr int kPackWidth = 4;

template <int kWidth>
struct alignas(kWidth * sizeof(float)) Pack {
    float value[kWidth];
    __device__ float& operator[](int i) { return value[i]; }
    __device__ float operator[](int i) const { return value[i]; }
};

template <int kWidth>
__device__ __forceinline__ Pack<kWidth> load(const float* from)
{
    return *reinterpret_cast<const Pack<kWidth>*>(from);
}

template <int kWidth>
__device__ __forceinline__ void store(float* to, const Pack<kWidth>& pack)
{
    *reinterpret_cast<Pack<kWidth>*>(to) = pack;
}

/// Whether rows of such a tensor can be read in packs of four: its start is aligned and every row begins where a pack
/// begins. The number of columns must divide by four as well; ask for it once per op.
inline bool has_aligned_rows(const void* start, std::int64_t row_stride)
{
    return reinterpret_cast<std::uintptr_t>(start) % (kPackWidth * sizeof(float)) == 0 && row_stride % kPackWidth == 0;
}

/// Calls fn(std::integral_constant<int, width>{}) with 4 or 1.
template <class Fn>
void with_pack_width(bool aligned, Fn&& fn)
{
    if (aligned)
        fn(std::integral_constant<int, kPackWidth>{});
    else
        fn(std::integral_constant<int, 1>{});
}

} // namespace triptych::cuda
