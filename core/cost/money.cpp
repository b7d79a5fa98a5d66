// Rounding, and sums that say when they overflow.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/money.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr double kMicro = 1e6;
/// The first real number that no longer fits; doubles near it are 2048 apart.
constexpr double kTooMuch = 9223372036854775808.0;

Error overflow()
{
    return Error{"an amount is more than 9.2 trillion dollars, which is the most that can be counted",
                 "Look for a number with too many digits, or a price in another unit."};
}

} // namespace

Result<Money> Money::from_usd(double usd)
{
    const double micro = std::round(usd * kMicro);
    if (std::isnan(micro))
        return Error{"an amount is no number", "Look for a division by zero among what it is made of."};
    if (!(std::abs(micro) < kTooMuch)) return overflow();
    return from_micro(static_cast<std::int64_t>(micro));
}

Money Money::clamped(double usd)
{
    if (std::isnan(usd)) return {};
    if (const auto money = from_usd(usd)) return *money;
    using Limits = std::numeric_limits<std::int64_t>;
    return from_micro(usd > 0 ? Limits::max() : -Limits::max());
}

Result<Money> add(Money a, Money b)
{
    std::int64_t total = 0;
    if (__builtin_add_overflow(a.micro(), b.micro(), &total)) return overflow();
    return Money::from_micro(total);
}

Result<Money> sum(std::span<const Money> amounts)
{
    Money total;
    for (const Money amount : amounts) {
        const auto next = add(total, amount);
        if (!next) return next.error();
        total = *next;
    }
    return total;
}

} // namespace triptych
