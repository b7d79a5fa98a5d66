// Units of numbers: enough algebra to see that a formula of dollars comes out in dollars.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <map>
#include <string>
#include <string_view>

namespace triptych {

/// "1", "share" or "times": nothing to write behind a number.
bool is_pure_number(std::string_view unit);

/// Base units with their powers. Any word is a base unit: "GPU", "node", "token". No conversions: a month is not 730
/// hours by itself; a formula that wants it says so with a constant.
class Unit {
public:
    Unit() = default; ///< of a pure number
    /// "USD/GPU-hour", "kWh", "years": products by "-", one "/" before the divisors. "1", "share" and "times" are pure
    /// numbers, a plural is its singular, kWh is kW times hour. Errors: anything that is no word there, more than one
    /// "/".
    static Result<Unit> parse(std::string_view text);

    Unit times(const Unit& other) const { return combined(other, 1); }
    Unit over(const Unit& other) const { return combined(other, -1); }
    /// Only where all powers are even.
    Result<Unit> square_root() const;

    /// "USD/GPU-hour"; "1" for a pure number.
    std::string text() const;
    bool operator==(const Unit&) const = default;

private:
    Unit combined(const Unit& other, int sign) const;

    std::map<std::string, int> m_powers; // none is zero
};

} // namespace triptych
