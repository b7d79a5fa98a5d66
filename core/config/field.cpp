// Range checks, parsing and printing of configuration values, and suggestions for mistyped names.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych {

namespace {

std::string range_in_words(double min, double max)
{
    const bool open = std::isinf(max);
    return open ? fmt::format("at least {}", min) : fmt::format("between {} and {}", min, max);
}

Status check_number(std::string_view key, const FieldValue& value, double number, double min, double max)
{
    if (std::isfinite(number) && number >= min && number <= max) return {};
    return Error{fmt::format("{} is {}, expected {}", key, to_string(value), range_in_words(min, max)),
                 fmt::format("Choose {} {}", key, range_in_words(min, max))};
}

std::string joined(std::span<const char* const> words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

Error cannot_parse(std::string_view key, std::string_view text, const char* kind, const char* example)
{
    return Error{fmt::format("{} is \"{}\", expected {}", key, text, kind),
                 fmt::format("Write it like {}={}", key, example)};
}

template <class T>
bool parse_whole(std::string_view text, T& value)
{
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    return result.ec == std::errc() && result.ptr == end;
}

/// Letters to add, drop, replace or swap with the neighbour to get from one word to the other.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        next[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + cost});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before.swap(row);
        row.swap(next);
    }
    return row[b.size()];
}

/// Whether the letters of word occur in name in this order: "n_experts" in "n_routed_experts".
bool is_abbreviation(std::string_view word, std::string_view name)
{
    std::size_t matched = 0;
    for (char c : name)
        if (matched < word.size() && word[matched] == c) ++matched;
    return word.size() >= 3 && matched == word.size();
}

} // namespace

Status check_field_value(std::string_view key, const FieldValue& value, double min, double max,
                         std::span<const char* const> choices)
{
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return check_number(key, value, static_cast<double>(*whole), min, max);
    if (const auto* number = std::get_if<double>(&value)) return check_number(key, value, *number, min, max);
    if (const auto* text = std::get_if<std::string>(&value); text && !choices.empty()) {
        const bool known = std::any_of(choices.begin(), choices.end(), [&](const char* c) { return *text == c; });
        if (!known)
            return Error{fmt::format("{} is \"{}\", expected one of {}", key, *text, joined(choices)),
                         fmt::format("Choose {} among {}", key, joined(choices))};
    }
    return {};
}

Result<FieldValue> parse_field_value(std::string_view key, std::string_view text, const FieldValue& like)
{
    if (std::holds_alternative<std::int64_t>(like)) {
        std::int64_t whole = 0;
        if (text == "null" || text == "none") return FieldValue(whole);
        if (!parse_whole(text, whole)) return cannot_parse(key, text, "a whole number", "64");
        return FieldValue(whole);
    }
    if (std::holds_alternative<double>(like)) {
        double number = 0;
        if (!parse_whole(text, number)) return cannot_parse(key, text, "a number", "0.001");
        return FieldValue(number);
    }
    if (std::holds_alternative<bool>(like)) {
        if (text == "true" || text == "1" || text == "on" || text == "yes") return FieldValue(true);
        if (text == "false" || text == "0" || text == "off" || text == "no") return FieldValue(false);
        return cannot_parse(key, text, "true or false", "true");
    }
    return FieldValue(std::string(text));
}

std::string to_string(const FieldValue& value)
{
    return std::visit([](const auto& v) { return fmt::format("{}", v); }, value);
}

std::vector<std::string> near_matches(std::string_view word, const std::vector<std::string>& names)
{
    std::vector<std::pair<std::size_t, std::string>> found;
    for (const std::string& name : names) {
        const bool inside = is_abbreviation(word, name) || is_abbreviation(name, word);
        const std::size_t distance = edit_distance(word, name);
        const std::size_t allowed = std::max<std::size_t>(2, std::min(word.size(), name.size()) / 3);
        if (distance <= allowed || inside) found.emplace_back(distance, name);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> result;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, found.size()); ++i) result.push_back(found[i].second);
    return result;
}

} // namespace triptych
