// Rounding and units.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

std::string count_text(double count)
{
    constexpr std::array kUnits = {"", "k", "M", "B", "T", "P"};
    std::size_t unit = 0;
    while (std::abs(count) >= 999.5 && unit + 1 < kUnits.size()) {
        count /= 1000;
        ++unit;
    }
    if (unit == 0 && count == std::round(count)) return fmt::format("{:.0f}", count);
    const int decimals = std::abs(count) < 9.995 ? 2 : std::abs(count) < 99.95 ? 1 : 0;
    return fmt::format("{:.{}f}{}", count, decimals, kUnits[unit]);
}

std::string duration_text(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0) return "?";
    const auto whole = static_cast<long long>(std::min(seconds, 1e15) + 0.5);
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
    if (whole < 86400) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    return fmt::format("{} d {:02}:{:02}", whole / 86400, whole / 3600 % 24, whole / 60 % 60);
}

std::string usd_text(double usd)
{
    if (!(std::abs(usd) > 0) || std::abs(usd) >= 0.1) return fmt::format("${:.{}f}", usd, std::abs(usd) < 1000 ? 2 : 0);
    const int leading_zeros = static_cast<int>(-std::floor(std::log10(std::abs(usd)))) - 1;
    return fmt::format("${:.{}f}", usd, std::min(leading_zeros + 2, 12));
}

std::string grouped(std::string digits)
{
    const std::size_t first = std::min(digits.find_first_of("0123456789"), digits.size());
    for (std::size_t at = std::min(digits.find('.'), digits.size()); at > first + 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

} // namespace triptych
