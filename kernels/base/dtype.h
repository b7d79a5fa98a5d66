// Element types of tensors, and how many bytes each takes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace triptych {

enum class DType : std::uint8_t { F32 = 1, F64, BF16, F16, F8E4M3, F8E5M2, I32, I64, U8 };

constexpr std::size_t size_of(DType dtype)
{
    switch (dtype) {
    case DType::F64:
    case DType::I64: return 8;
    case DType::F32:
    case DType::I32: return 4;
    case DType::BF16:
    case DType::F16: return 2;
    case DType::F8E4M3:
    case DType::F8E5M2:
    case DType::U8: return 1;
    }
    return 0;
}

/// What sums over values of this type run in, and what stays exact beside them (statistics, losses, master weights): F64 for
/// F64, F32 for F32 and BF16.
constexpr DType wide_of(DType dtype)
{
    return dtype == DType::BF16 ? DType::F32 : dtype;
}

/// The name that safetensors files use: "F32", "BF16", "F8_E4M3".
std::string_view name_of(DType dtype);

template <class T> struct DTypeOf;
template <> struct DTypeOf<float> { static constexpr DType value = DType::F32; };
template <> struct DTypeOf<double> { static constexpr DType value = DType::F64; };
template <> struct DTypeOf<std::int32_t> { static constexpr DType value = DType::I32; };
template <> struct DTypeOf<std::int64_t> { static constexpr DType value = DType::I64; };
template <> struct DTypeOf<std::uint8_t> { static constexpr DType value = DType::U8; };

template <class T> inline constexpr DType kDTypeOf = DTypeOf<T>::value;

} // namespace triptych
