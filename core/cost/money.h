// An amount of money in whole micro-dollars, so that sums are exact and a table adds up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <compare>
#include <cstdint>
#include <span>

namespace triptych {

/// Millionths of a US dollar in 64 bits: from a token's share of a cent to 9.2 trillion dollars, either sign.
///
/// Rounding: an amount that is computed as a real number is rounded once, to the nearest micro-dollar, halves away from
/// zero. Whatever is added up afterwards is added up in integers. Nothing wraps around: what does not fit is an error.
class Money {
public:
    constexpr Money() = default;
    static constexpr Money from_micro(std::int64_t micro_usd) { return Money(micro_usd); }
    /// Errors: not finite, or more than fits.
    static Result<Money> from_usd(double usd);
    /// The same, with what is too much cut to the largest amount and what is no number to nothing: for meters, which
    /// must go on.
    static Money clamped(double usd);

    constexpr std::int64_t micro() const { return m_micro; }
    constexpr double usd() const { return static_cast<double>(m_micro) / 1e6; }

    constexpr auto operator<=>(const Money&) const = default;

private:
    explicit constexpr Money(std::int64_t micro_usd) : m_micro(micro_usd) {}

    std::int64_t m_micro = 0;
};

/// Exact. Error: more than fits.
Result<Money> add(Money a, Money b);
Result<Money> sum(std::span<const Money> amounts);

} // namespace triptych
