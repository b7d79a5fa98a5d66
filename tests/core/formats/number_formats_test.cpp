// Every bit pattern of the small floats, and rounding on the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/number_formats.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace triptych {
namespace {

/// The value by the definition of the format, in double.
double by_definition(std::uint32_t bits, int exponent_bits, int mantissa_bits)
{
    const double sign = bits >> (exponent_bits + mantissa_bits) & 1 ? -1 : 1;
    const int exponent = static_cast<int>(bits >> mantissa_bits) & ((1 << exponent_bits) - 1);
    const double fraction = static_cast<double>(bits & ((1u << mantissa_bits) - 1)) / (1 << mantissa_bits);
    const int bias = (1 << (exponent_bits - 1)) - 1;
    return exponent == 0 ? sign * fraction * std::pow(2.0, 1 - bias)
                         : sign * (1 + fraction) * std::pow(2.0, exponent - bias);
}

TEST(NumberFormats, EachE4M3IsDecodedByDefinition)
{
    for (unsigned bits = 0; bits < 256; ++bits) {
        const float value = f8e4m3_to_float(static_cast<std::uint8_t>(bits));
        if ((bits & 0x7f) == 0x7f)
            EXPECT_TRUE(std::isnan(value)) << bits;
        else
            EXPECT_EQ(value, by_definition(bits, 4, 3)) << bits;
    }
    EXPECT_EQ(f8e4m3_to_float(0x7e), 448);
    EXPECT_EQ(f8e4m3_to_float(0x01), 0x1p-9f);
    EXPECT_TRUE(std::signbit(f8e4m3_to_float(0x80)));
}

TEST(NumberFormats, EachE5M2IsDecodedByDefinition)
{
    for (unsigned bits = 0; bits < 256; ++bits) {
        const float value = f8e5m2_to_float(static_cast<std::uint8_t>(bits));
        if ((bits & 0x7f) > 0x7c)
            EXPECT_TRUE(std::isnan(value)) << bits;
        else if ((bits & 0x7f) == 0x7c)
            EXPECT_EQ(value, bits & 0x80 ? -HUGE_VALF : HUGE_VALF);
        else
            EXPECT_EQ(value, by_definition(bits, 5, 2)) << bits;
    }
    EXPECT_EQ(f8e5m2_to_float(0x7b), 57344);
}

TEST(NumberFormats, EachF16IsDecodedByDefinitionAndEncodedBack)
{
    for (unsigned bits = 0; bits < 65536; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float value = f16_to_float(half);
        if ((bits & 0x7fff) > 0x7c00) {
            EXPECT_TRUE(std::isnan(value)) << bits;
            EXPECT_TRUE(std::isnan(f16_to_float(float_to_f16(value)))) << bits;
            continue;
        }
        if ((bits & 0x7fff) < 0x7c00) {
            ASSERT_EQ(value, by_definition(bits, 5, 10)) << bits;
        }
        ASSERT_EQ(float_to_f16(value), half) << bits;
    }
}

TEST(NumberFormats, EachBf16IsTheUpperHalfOfAFloatAndEncodedBack)
{
    for (unsigned bits = 0; bits < 65536; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float value = bf16_to_float(half);
        ASSERT_EQ(std::bit_cast<std::uint32_t>(value), bits << 16);
        if (std::isnan(value))
            EXPECT_TRUE(std::isnan(bf16_to_float(float_to_bf16(value)))) << bits;
        else
            ASSERT_EQ(float_to_bf16(value), half) << bits;
    }
}

/// Between two neighbours of a 16-bit format the nearer wins, and the even one at the middle.
template <class Decode, class Encode>
void expect_nearest_even(unsigned last, Decode decode, Encode encode)
{
    for (unsigned bits = 0; bits < last; ++bits) {
        const float low = decode(static_cast<std::uint16_t>(bits));
        const float high = decode(static_cast<std::uint16_t>(bits + 1));
        const float middle = low / 2 + high / 2; // exact: a float has more bits
        ASSERT_EQ(encode(middle), bits % 2 == 0 ? bits : bits + 1) << bits;
        ASSERT_EQ(encode(std::nextafter(middle, -HUGE_VALF)), bits) << bits;
        ASSERT_EQ(encode(std::nextafter(middle, HUGE_VALF)), bits + 1) << bits;
        ASSERT_EQ(encode(-middle), (bits % 2 == 0 ? bits : bits + 1) | 0x8000u) << bits;
    }
}

TEST(NumberFormats, EncodingRoundsToTheNearestAndTiesToEven)
{
    expect_nearest_even(0x7bff, f16_to_float, float_to_f16);
    expect_nearest_even(
        0x7f7f, [](std::uint16_t b) { return bf16_to_float(b); }, float_to_bf16);
}

TEST(NumberFormats, WhatIsTooLargeBecomesInfinity)
{
    EXPECT_EQ(float_to_f16(65519.996f), 0x7bff);
    EXPECT_EQ(float_to_f16(65520.0f), 0x7c00);
    EXPECT_EQ(float_to_f16(-1e30f), 0xfc00);
    EXPECT_EQ(float_to_f16(HUGE_VALF), 0x7c00);
    EXPECT_EQ(float_to_bf16(std::numeric_limits<float>::max()), 0x7f80);
    EXPECT_EQ(float_to_f16(1e-30f), 0);
}

TEST(NumberFormats, ConvertGoesBetweenAllFloatsAndNeedsNoAlignment)
{
    const std::vector<float> values = {0, 1, -2.5f, 448, 0.015625f, -0.0f, 96};
    for (DType from : {DType::F32, DType::F64, DType::BF16, DType::F16})
        for (DType to : {DType::F32, DType::F64, DType::BF16, DType::F16}) {
            std::vector<char> source(values.size() * 8 + 1), target(values.size() * 8 + 1);
            std::vector<float> back(values.size());
            const auto count = static_cast<std::int64_t>(values.size());
            convert(values.data(), DType::F32, source.data() + 1, from, count);
            convert(source.data() + 1, from, target.data() + 1, to, count);
            convert(target.data() + 1, to, back.data(), DType::F32, count);
            EXPECT_EQ(back, values) << name_of(from) << " to " << name_of(to);
        }
    const double precise = 0.1;
    double copied = 0;
    convert(&precise, DType::F64, &copied, DType::F64, 1);
    EXPECT_EQ(copied, precise);
}

TEST(NumberFormats, OnlyFloatsAreConverted)
{
    EXPECT_TRUE(can_convert(DType::F8E4M3, DType::BF16));
    EXPECT_TRUE(can_convert(DType::I64, DType::I64));
    EXPECT_FALSE(can_convert(DType::I64, DType::F32));
    EXPECT_FALSE(can_convert(DType::F32, DType::I32));
    EXPECT_FALSE(can_convert(DType::F32, DType::F8E4M3));
}

} // namespace
} // namespace triptych
