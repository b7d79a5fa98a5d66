// Field<Config>: one row describes one member of a configuration: JSON key, flag, form editor, unit, range and help
// come from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace triptych {

/// Whether a running training may take a new value.
enum class Change : std::uint8_t { BeforeTraining = 1, WhileTraining };

/// The value of any field.
using FieldValue = std::variant<std::int64_t, double, bool, std::string>;

template <class Config>
struct Field {
    using Member = std::variant<std::int64_t Config::*, double Config::*, bool Config::*, std::string Config::*>;

    const char* key;   ///< in JSON and in --set
    const char* title; ///< for people
    const char* unit;  ///< "" where there is none
    const char* doc;   ///< one sentence, with the section of the paper
    Member member;
    double min = 0; ///< of numbers, inclusive
    double max = 0;
    Change change = Change::BeforeTraining;
    std::span<const char* const> choices = {}; ///< of strings; empty: any text
};

/// Refuses a number outside [min, max], one that is not finite, or a text that is none of the choices (when there are
/// any).
Status check_field_value(std::string_view key, const FieldValue& value, double min, double max,
                         std::span<const char* const> choices);

/// Reads text as the kind of value that like holds: "4096", "2.2e-4", "true", "none" or "null" for an integer 0.
Result<FieldValue> parse_field_value(std::string_view key, std::string_view text, const FieldValue& like);

/// "4096", "0.00022", "true", "bf16": what parse_field_value reads back to the same value.
std::string to_string(const FieldValue& value);

/// The names that a person may have meant, best first, at most three; empty when nothing is near.
std::vector<std::string> near_matches(std::string_view word, const std::vector<std::string>& names);

template <class Config>
FieldValue get(const Field<Config>& field, const Config& config)
{
    return std::visit([&](auto member) -> FieldValue { return config.*member; }, field.member);
}

/// Stores the value if it is of the member's kind (an integer may become a double) and in range.
template <class Config>
Status set(const Field<Config>& field, Config& config, const FieldValue& value)
{
    if (Status status = check_field_value(field.key, value, field.min, field.max, field.choices); !status)
        return status;
    return std::visit(
        [&](auto member) -> Status {
            using Value = std::remove_reference_t<decltype(config.*member)>;
            if (const Value* same = std::get_if<Value>(&value)) {
                config.*member = *same;
                return {};
            }
            if constexpr (std::is_same_v<Value, double>) {
                if (const auto* whole = std::get_if<std::int64_t>(&value)) {
                    config.*member = static_cast<double>(*whole);
                    return {};
                }
            }
            return Error{std::string(field.key) + " is " + to_string(value) + ", which is of the wrong kind.",
                         "Give " + std::string(field.key) + " a value like " + to_string(FieldValue(Config{}.*member)) +
                             "."};
        },
        field.member);
}

/// Checks every row's range; the first miss is the error.
template <class Config>
Status check_ranges(const std::vector<Field<Config>>& fields, const Config& config)
{
    for (const Field<Config>& field : fields)
        if (Status status = check_field_value(field.key, get(field, config), field.min, field.max, field.choices);
            !status)
            return status;
    return {};
}

/// The row with this key, or null.
template <class Config>
const Field<Config>* find_field(const std::vector<Field<Config>>& fields, std::string_view key)
{
    for (const Field<Config>& field : fields)
        if (field.key == key) return &field;
    return nullptr;
}

} // namespace triptych
