// Numbers in few bits: the scales that frames of a history are written in, each with its largest error.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace triptych {

/// Ratios around 1 by their logarithm: code 0 is less than half of the smallest (and what is no number), 1 to kCodes
/// are 2^-Octaves to 2^Octaves; what lies beyond is the end. `Code` says how fine it is.
template <class Code, int Octaves>
struct RatioScale {
    static constexpr int kCodes = (1 << (8 * sizeof(Code))) - 1;
    static constexpr double kPerOctave = (kCodes - 1) / (2.0 * Octaves);

    static Code pack(double ratio)
    {
        if (!(ratio >= std::exp2(-Octaves - 1))) return 0;
        const double place = (std::log2(std::min(ratio, std::exp2(Octaves))) + Octaves) * kPerOctave;
        return static_cast<Code>(1 + std::lround(std::max(place, 0.0)));
    }
    static float unpack(Code code)
    {
        return code == 0 ? 0.0F : static_cast<float>(std::exp2((code - 1) / kPerOctave - Octaves));
    }
};
/// Load / mean load: 0.0085 % from 1/256 to 256.
using LoadScale = RatioScale<std::uint16_t, 8>;
/// Share / even share, lift: 1.4 % from 1/32 to 32.
using ShareScale = RatioScale<std::uint8_t, 5>;

/// From low to high in equal parts: 1/131070 of the distance.
struct RangeScale {
    float low = 0;
    float high = 0;

    std::uint16_t pack(float value) const
    {
        const double place = (static_cast<double>(value) - low) / (static_cast<double>(high) - low);
        return place > 0 ? static_cast<std::uint16_t>(std::lround(std::min(place, 1.0) * 65535)) : std::uint16_t{0};
    }
    float unpack(std::uint16_t code) const
    {
        return static_cast<float>(low + (static_cast<double>(high) - low) * code / 65535);
    }
};

/// From 0 to 1: 1/510.
inline std::uint8_t pack_share(double share)
{
    return share > 0 ? static_cast<std::uint8_t>(std::lround(std::min(share, 1.0) * 255)) : std::uint8_t{0};
}
inline float unpack_share(std::uint8_t code)
{
    return static_cast<float>(code) / 255;
}

/// Weights of attention, of which the small ones matter too, by their root: sqrt(weight) / 255 + 4e-6, so 0.4 % of all.
inline std::uint8_t pack_weight(double weight)
{
    return pack_share(std::sqrt(std::max(weight, 0.0)));
}
inline float unpack_weight(std::uint8_t code)
{
    return unpack_share(code) * unpack_share(code);
}

/// As bfloat16: 0.4 %.
inline std::uint16_t pack_brief(float value)
{
    return bfloat16(value).bits;
}
inline float unpack_brief(std::uint16_t bits)
{
    bfloat16 value;
    value.bits = bits;
    return static_cast<float>(value);
}

} // namespace triptych
