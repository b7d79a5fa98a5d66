// The small floating-point formats of checkpoints, decoded bit for bit and encoded to the nearest, ties to even.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/dtype.h"

#include <cstdint>

namespace triptych {

float bf16_to_float(std::uint16_t bits);
float f16_to_float(std::uint16_t bits);
/// 4 bits of exponent, 3 of mantissa, no infinity: 0x7e is 448, 0x7f and 0xff are NaN (arXiv 2209.05433).
float f8e4m3_to_float(std::uint8_t bits);
/// 5 bits of exponent, 2 of mantissa, with infinities: 0x7b is 57344, 0x7c is infinity.
float f8e5m2_to_float(std::uint8_t bits);

std::uint16_t float_to_bf16(float value);
/// Values beyond 65520 become infinity.
std::uint16_t float_to_f16(float value);

/// Whether convert() goes from one to the other: the same type, or from any float to F64, F32, BF16 or F16.
bool can_convert(DType from, DType to);

/// Converts count elements; the pointers need no alignment and must not overlap. Through f32, but F64 to F64 or F32
/// directly. can_convert(from, to) must hold.
void convert(const void* source, DType from, void* target, DType to, std::int64_t count);

} // namespace triptych
