// exp and log in plain multiplications and additions: the C library's take fused multiply-add where the CPU has it, so
// their last bit differs from CPU to CPU. The f64 kernels, which are the reference, use these.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <limits>

namespace triptych::cpu {

namespace detail {
inline constexpr double kLn2High = 0x1.62e42fee00000p-1; ///< the leading 32 bits of ln 2, so that k * high is exact
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33; ///< the rest

/// 2^k for k in [-1022, 1023].
inline double power_of_two(std::int64_t k)
{
    return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}
} // namespace detail

/// e^x within about one unit in the last place; 0 below -745.2, infinity above 709.8, NaN for NaN.
inline double portable_exp(double x)
{
    if (!(x < 709.79)) return x != x ? x : std::numeric_limits<double>::infinity();
    if (x < -745.2) return 0.0;
    const auto k = static_cast<std::int64_t>(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
    const auto kd = static_cast<double>(k);
    const double r = (x - kd * detail::kLn2High) - kd * detail::kLn2Low;
    double p = 1.0 / 6227020800.0; // Taylor, |r| < 0.35
    for (const double c : {1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0, 1.0 / 40320.0,
                           1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5})
        p = p * r + c;
    const double e = 1.0 + (r + r * r * p);
    // Two factors, since 2^k itself may lie outside the normal numbers.
    const std::int64_t half = k / 2;
    return e * detail::power_of_two(half) * detail::power_of_two(k - half);
}

/// Natural logarithm of x within about one unit in the last place; -infinity at 0, NaN below.
inline double portable_log(double x)
{
    if (!(x > 0.0))
        return x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    if (x > std::numeric_limits<double>::max()) return x;
    int exponent = 0;
    double m = std::frexp(x, &exponent); // [0.5, 1)
    if (m < 0.7071067811865476) {
        m *= 2.0;
        --exponent;
    }
    const double s = (m - 1.0) / (m + 1.0); // log m = 2 atanh(s)
    const double z = s * s;
    double p = 1.0 / 25.0;
    for (const double c : {1.0 / 23.0, 1.0 / 21.0, 1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0,
                           1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0})
        p = p * z + c;
    const auto k = static_cast<double>(exponent);
    return k * detail::kLn2High + (2.0 * s + (2.0 * s * z * p + k * detail::kLn2Low));
}

} // namespace triptych::cpu
