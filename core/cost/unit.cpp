// Reading, writing and combining units.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/unit.h"

#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>

namespace triptych {

namespace {

constexpr std::size_t kLongest = 80;

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string singular(std::string word)
{
    // Dollars are USD and gas is not sold here: no unit of ours ends in s by itself.
    if (word.size() > 3 && word.back() == 's') word.pop_back();
    return word;
}

/// Adds one factor; false for what is none.
bool add_factor(std::string_view factor, int sign, std::map<std::string, int>& powers)
{
    if (is_pure_number(factor)) return true;
    if (factor.empty() || !std::all_of(factor.begin(), factor.end(), is_letter)) return false;
    if (factor == "kWh") {
        powers["kW"] += sign;
        powers["hour"] += sign;
    } else {
        powers[singular(std::string(factor))] += sign;
    }
    return true;
}

bool add_product(std::string_view product, int sign, std::map<std::string, int>& powers)
{
    for (std::size_t begin = 0; begin <= product.size();) {
        const std::size_t end = std::min(product.find('-', begin), product.size());
        if (!add_factor(product.substr(begin, end - begin), sign, powers)) return false;
        begin = end + 1;
    }
    return true;
}

std::string product_text(const std::map<std::string, int>& powers, int sign)
{
    std::string text;
    for (const auto& [word, power] : powers)
        for (int i = 0; i < sign * power; ++i) text += (text.empty() ? "" : "-") + word;
    return text;
}

} // namespace

bool is_pure_number(std::string_view unit)
{
    return unit == "1" || unit == "share" || unit == "times";
}

Result<Unit> Unit::parse(std::string_view text)
{
    const Error wrong{fmt::format("{} is no unit", in_quotes(text)),
                      "Write it like USD/GPU-hour: words with - between, and one / before what it is divided by."};
    if (text.size() > kLongest) return wrong;
    const std::size_t slash = text.find('/');
    Unit unit;
    if (!add_product(text.substr(0, slash), 1, unit.m_powers)) return wrong;
    if (slash != text.npos && !add_product(text.substr(slash + 1), -1, unit.m_powers)) return wrong;
    std::erase_if(unit.m_powers, [](const auto& power) { return power.second == 0; });
    return unit;
}

Unit Unit::combined(const Unit& other, int sign) const
{
    Unit result = *this;
    for (const auto& [word, power] : other.m_powers) result.m_powers[word] += sign * power;
    std::erase_if(result.m_powers, [](const auto& power) { return power.second == 0; });
    return result;
}

Result<Unit> Unit::square_root() const
{
    Unit root = *this;
    for (auto& [word, power] : root.m_powers) {
        if (power % 2 != 0)
            return Error{fmt::format("the square root of {} is no unit", text()),
                         "Take the root of a product of two like units."};
        power /= 2;
    }
    return root;
}

std::string Unit::text() const
{
    const std::string above = product_text(m_powers, 1);
    const std::string below = product_text(m_powers, -1);
    if (below.empty()) return above.empty() ? "1" : above;
    return (above.empty() ? "1" : above) + "/" + below;
}

} // namespace triptych
