// Names of kinds and bases, and what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/price_input.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

struct BasisRow {
    PriceBasis basis;
    std::string_view name;
};
constexpr std::array kBases = {BasisRow{PriceBasis::Published, "published"}, BasisRow{PriceBasis::Assumed, "assumed"},
                               BasisRow{PriceBasis::Measured, "measured"}, BasisRow{PriceBasis::Claimed, "claimed"},
                               BasisRow{PriceBasis::Unknown, "unknown"}};

struct KindRow {
    InputKind kind;
    std::string_view name;
    double low, high;
    bool low_allowed, high_allowed;
    std::string_view words;
};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::array kKinds = {
    KindRow{InputKind::Amount, "amount", 0, kInfinity, true, false, "zero or more"},
    KindRow{InputKind::Positive, "positive", 0, kInfinity, false, false, "more than zero"},
    KindRow{InputKind::Share, "share", 0, 1, false, true, "above 0, at most 1"},
    KindRow{InputKind::RestShare, "rest_share", 0, 1, true, false, "at least 0, below 1"},
    KindRow{InputKind::Overhead, "overhead", 1, kInfinity, true, false, "1 or more"},
};

const KindRow& row_of(InputKind kind)
{
    for (const KindRow& row : kKinds)
        if (row.kind == kind) return row;
    return kKinds.front();
}

} // namespace

std::string_view name_of(PriceBasis basis)
{
    for (const BasisRow& row : kBases)
        if (row.basis == basis) return row.name;
    return kBases.front().name;
}

std::optional<PriceBasis> price_basis_from_name(std::string_view name)
{
    for (const BasisRow& row : kBases)
        if (row.name == name) return row.basis;
    return std::nullopt;
}

std::string_view name_of(InputKind kind)
{
    return row_of(kind).name;
}

std::optional<InputKind> input_kind_from_name(std::string_view name)
{
    for (const KindRow& row : kKinds)
        if (row.name == name) return row.kind;
    return std::nullopt;
}

bool allowed(InputKind kind, double value)
{
    const KindRow& limits = row_of(kind);
    const bool above = limits.low_allowed ? value >= limits.low : value > limits.low;
    const bool below = limits.high_allowed ? value <= limits.high : value < limits.high;
    return std::isfinite(value) && above && below;
}

std::string_view words_for(InputKind kind)
{
    return row_of(kind).words;
}

Status check_value(double value, InputKind kind, std::string_view key, std::string_view title)
{
    if (allowed(kind, value)) return {};
    return Error{fmt::format("{} is {} but must be {}", title, value, words_for(kind)),
                 fmt::format("Give '{}' a value that is {}.", key, words_for(kind))};
}

Status validate(const PriceInput& input, InputKind kind, std::string_view key, std::string_view title)
{
    if (Status status = check_value(input.value, kind, key, title); !status) return status;
    const std::string range = "the range of " + std::string(title);
    for (const double end : {input.low, input.high})
        if (Status status = check_value(end, kind, key, range); !status) return status;
    if (input.low <= input.value && input.value <= input.high) return {};
    return Error{
        fmt::format("{} is {}, outside its range of {} to {}", title, input.value, input.low, input.high),
        fmt::format("Give '{}' a low end that is not above its value, and a high end that is not below.", key)};
}

} // namespace triptych
