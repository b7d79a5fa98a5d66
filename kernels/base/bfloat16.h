// bfloat16: the upper half of a float. Values are rounded to nearest, ties to even; sums never run in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"

#include <bit>
#include <cstdint>

namespace triptych {

/// 1 sign, 8 exponent and 7 fraction bits. Storage only: convert, compute in float, convert back.
struct bfloat16 {
    std::uint16_t bits = 0;

    bfloat16() = default;
    /// NaN stays NaN (quiet), what is too large becomes infinity.
    explicit bfloat16(float value)
    {
        const auto u = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t rounded = u + 0x7FFF + ((u >> 16) & 1);
        bits = static_cast<std::uint16_t>((value != value ? u | 0x400000 : rounded) >> 16);
    }
    explicit operator float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }
};
static_assert(sizeof(bfloat16) == 2);

template <> struct DTypeOf<bfloat16> { static constexpr DType value = DType::BF16; };

} // namespace triptych
