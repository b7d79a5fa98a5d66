// Decodes and encodes small floats by their bits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/number_formats.h"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>

namespace triptych {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

namespace {

constexpr bool is_float(DType dtype)
{
    return dtype != DType::I32 && dtype != DType::I64 && dtype != DType::U8;
}

/// A finite number of a small format: sign, exponent field and mantissa field with their widths.
float decode(std::uint32_t bits, int exponent_bits, int mantissa_bits)
{
    const std::uint32_t mantissa = bits & ((1u << mantissa_bits) - 1);
    const std::uint32_t exponent = bits >> mantissa_bits & ((1u << exponent_bits) - 1);
    const bool negative = bits >> (mantissa_bits + exponent_bits) & 1;
    const int bias = (1 << (exponent_bits - 1)) - 1;
    // Without an exponent the leading one is missing, and the scale is that of exponent 1.
    const std::uint32_t whole = exponent == 0 ? mantissa : mantissa | 1u << mantissa_bits;
    const int scale = (exponent == 0 ? 1 : static_cast<int>(exponent)) - bias - mantissa_bits;
    const float value = std::ldexp(static_cast<float>(whole), scale);
    return negative ? -value : value;
}

template <class Decode>
std::array<float, 256> table_of(Decode decode_one)
{
    std::array<float, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = decode_one(static_cast<std::uint8_t>(i));
    return table;
}

template <class T>
T load(const char* from, std::int64_t index)
{
    T value;
    std::memcpy(&value, from + index * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
    return value;
}

template <class T>
void store(char* to, std::int64_t index, T value)
{
    std::memcpy(to + index * static_cast<std::int64_t>(sizeof(T)), &value, sizeof(T));
}

/// Calls with a function that gives element i as float, or as double for F64.
template <class Use>
void with_reader(const char* from, DType dtype, Use use)
{
    switch (dtype) {
    case DType::F64: return use([=](std::int64_t i) { return load<double>(from, i); });
    case DType::F32: return use([=](std::int64_t i) { return load<float>(from, i); });
    case DType::BF16: return use([=](std::int64_t i) { return bf16_to_float(load<std::uint16_t>(from, i)); });
    case DType::F16: return use([=](std::int64_t i) { return f16_to_float(load<std::uint16_t>(from, i)); });
    case DType::F8E4M3: {
        static const std::array<float, 256> table = table_of(f8e4m3_to_float);
        return use([=](std::int64_t i) { return table[load<std::uint8_t>(from, i)]; });
    }
    case DType::F8E5M2: {
        static const std::array<float, 256> table = table_of(f8e5m2_to_float);
        return use([=](std::int64_t i) { return table[load<std::uint8_t>(from, i)]; });
    }
    default: assert(!"convert: not a float");
    }
}

} // namespace

float bf16_to_float(std::uint16_t bits)
{
    return std::bit_cast<float>(std::uint32_t{bits} << 16);
}

float f16_to_float(std::uint16_t bits)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000) << 16;
    if ((bits & 0x7c00) == 0x7c00) // infinity, or NaN with its payload
        return std::bit_cast<float>(sign | 0x7f800000u | static_cast<std::uint32_t>(bits & 0x03ff) << 13);
    return decode(bits, 5, 10);
}

float f8e4m3_to_float(std::uint8_t bits)
{
    if ((bits & 0x7f) == 0x7f)
        return std::copysign(std::numeric_limits<float>::quiet_NaN(), bits & 0x80 ? -1.0f : 1.0f);
    return decode(bits, 4, 3);
}

float f8e5m2_to_float(std::uint8_t bits)
{
    return f16_to_float(static_cast<std::uint16_t>(bits << 8)); // the upper half of an F16
}

std::uint16_t float_to_bf16(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    if (std::isnan(value))
        return static_cast<std::uint16_t>(bits >> 16 | 0x0040); // rounding must not turn it into infinity
    return static_cast<std::uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

std::uint16_t float_to_f16(float value)
{
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const std::uint16_t sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
    const float magnitude = std::abs(value);
    if (std::isnan(value)) return static_cast<std::uint16_t>(sign | 0x7e00 | (bits >> 13 & 0x03ff));
    if (magnitude >= 65520.0f) return static_cast<std::uint16_t>(sign | 0x7c00);
    if (magnitude < 0x1p-14f) { // the steps below the smallest normal are 2^-24; adding this rounds to them in hardware
        const float shifted = magnitude + 0.5f;
        return static_cast<std::uint16_t>(sign |
                                          (std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(0.5f)));
    }
    const std::uint32_t rebased = (bits & 0x7fffffff) - (112u << 23);
    return static_cast<std::uint16_t>(sign | ((rebased + 0x0fff + (rebased >> 13 & 1)) >> 13));
}

bool can_convert(DType from, DType to)
{
    if (from == to) return true;
    return is_float(from) && (to == DType::F64 || to == DType::F32 || to == DType::BF16 || to == DType::F16);
}

void convert(const void* source, DType from, void* target, DType to, std::int64_t count)
{
    assert(can_convert(from, to));
    auto* out = static_cast<char*>(target);
    if (from == to) {
        if (count > 0) std::memcpy(target, source, static_cast<std::size_t>(count) * size_of(from));
        return;
    }
    with_reader(static_cast<const char*>(source), from, [&](auto read) {
        switch (to) {
        case DType::F64:
            for (std::int64_t i = 0; i < count; ++i) store(out, i, static_cast<double>(read(i)));
            return;
        case DType::F32:
            for (std::int64_t i = 0; i < count; ++i) store(out, i, static_cast<float>(read(i)));
            return;
        case DType::BF16:
            for (std::int64_t i = 0; i < count; ++i) store(out, i, float_to_bf16(static_cast<float>(read(i))));
            return;
        case DType::F16:
            for (std::int64_t i = 0; i < count; ++i) store(out, i, float_to_f16(static_cast<float>(read(i))));
            return;
        default: assert(!"convert: no such target");
        }
    });
}

} // namespace triptych
