// Arithmetic that nvcc has built in and a host compiler has not. What <cmath> has is left to it: some last bits differ.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <type_traits>

template <class T>
requires std::is_arithmetic_v<T>
constexpr T min(T a, T b)
{
    return b < a ? b : a;
}
template <class T>
requires std::is_arithmetic_v<T>
constexpr T max(T a, T b)
{
    return a < b ? b : a;
}

inline float rsqrtf(float x)
{
    return 1.0f / std::sqrt(x);
}
/// Rounded on its own, never fused with the products that gave a and b.
inline float __fadd_rn(float a, float b)
{
    const volatile float left = a;
    const volatile float right = b;
    return left + right;
}
inline unsigned __float_as_uint(float x)
{
    return std::bit_cast<unsigned>(x);
}
inline float __uint_as_float(unsigned x)
{
    return std::bit_cast<float>(x);
}
inline int __popc(unsigned x)
{
    return std::popcount(x);
}
inline int __clz(int x)
{
    return std::countl_zero(static_cast<unsigned>(x));
}
/// The position of the lowest set bit, counted from one; 0 when there is none.
inline int __ffs(int x)
{
    return x == 0 ? 0 : std::countr_zero(static_cast<unsigned>(x)) + 1;
}
template <class T>
T __ldg(const T* from)
{
    return *from;
}
