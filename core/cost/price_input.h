// A number that a cost is computed from, with what a reader needs to doubt it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace triptych {

/// How a number came to be known. Whatever shows the number must say which.
enum class PriceBasis : std::uint8_t {
    Published = 1, ///< somebody who could know it wrote it down
    Assumed,       ///< we had to choose it; the source says from what
    Measured,      ///< by this program on this machine
    Claimed,       ///< said in public, disputed or without proof
    Unknown,       ///< nobody has published it; it stands at what leaves it out until somebody sets it
};
/// "published", "assumed", ...
std::string_view name_of(PriceBasis basis);
std::optional<PriceBasis> price_basis_from_name(std::string_view name);

struct PriceInput {
    double value = 0;
    std::string unit;
    double low = 0; ///< plausible range, low <= value <= high
    double high = 0;
    std::string source;
    std::string date; ///< year, month or day the number holds for: "2024", "2024-12"
    PriceBasis basis = PriceBasis::Assumed;
    bool edited = false; ///< a user has replaced what the source says
};

/// Which values make sense, whatever the source says.
enum class InputKind : std::uint8_t {
    Amount = 1, ///< zero or more
    Positive,   ///< more than zero
    Share,      ///< (0, 1]
    RestShare,  ///< [0, 1)
    Overhead,   ///< 1 or more
};
/// "amount", "positive", "share", "rest_share", "overhead"
std::string_view name_of(InputKind kind);
std::optional<InputKind> input_kind_from_name(std::string_view name);
/// Finite and of the kind.
bool allowed(InputKind kind, double value);
/// "zero or more"
std::string_view words_for(InputKind kind);

/// Refuses what is not of the kind. The message begins with the title, the hint names the key to be changed.
Status check_value(double value, InputKind kind, std::string_view key, std::string_view title);
/// Refuses a value or an end of the range that is not of the kind, and a range that does not hold the value.
Status validate(const PriceInput& input, InputKind kind, std::string_view key, std::string_view title);

} // namespace triptych
