// Checks of option values, and what several commands look up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/options.h"

#include "core/config/field.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace triptych {

namespace {

template <class T>
std::optional<T> read_number(const std::string& text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// CLI11 names the option itself and takes the empty text for "right".
template <class Check>
CLI::Validator validator(Check check)
{
    return CLI::Validator([check](std::string& text) { return check(text); }, "");
}

std::string wrong_name(const std::string& name, const std::vector<std::string>& names)
{
    const auto near = near_matches(name, names);
    return near.empty() ? fmt::format("{} is none of {}", in_quotes(name), fmt::join(names, ", "))
                        : fmt::format("{} is unknown, did you mean {}?", in_quotes(name), fmt::join(near, " or "));
}

bool is_among(const std::string& name, const std::vector<std::string>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

CLI::Validator whole_number(std::int64_t least, std::int64_t most)
{
    return validator([least, most](const std::string& text) -> std::string {
        const auto value = read_number<std::int64_t>(text);
        if (value && *value >= least && *value <= most) return {};
        const std::string expected =
            most == INT64_MAX ? fmt::format("{} or more", least) : fmt::format("{} to {}", least, most);
        return value ? fmt::format("{} is out of range, expected {}", *value, expected)
                     : fmt::format("{} is no whole number, expected {}", in_quotes(text), expected);
    });
}

CLI::Validator number(double least, double most)
{
    return validator([least, most](const std::string& text) -> std::string {
        const auto value = read_number<double>(text);
        if (value && std::isfinite(*value) && *value >= least && *value <= most) return {};
        const std::string expected =
            std::isinf(most) ? fmt::format("{} or more", least) : fmt::format("{} to {}", least, most);
        return value ? fmt::format("{} is out of range, expected {}", *value, expected)
                     : fmt::format("{} is no number, expected {}", in_quotes(text), expected);
    });
}

CLI::Validator number_above(double limit)
{
    return validator([limit](const std::string& text) -> std::string {
        const auto value = read_number<double>(text);
        if (value && std::isfinite(*value) && *value > limit) return {};
        return value ? fmt::format("{} is out of range, expected more than {}", *value, limit)
                     : fmt::format("{} is no number, expected more than {}", in_quotes(text), limit);
    });
}

CLI::Validator one_of(std::vector<std::string> names)
{
    return validator([names = std::move(names)](const std::string& text) {
        return is_among(text, names) ? std::string() : wrong_name(text, names);
    });
}

CLI::Validator list_of(std::vector<std::string> names)
{
    return validator([names = std::move(names)](const std::string& text) {
        for (const std::string& part : split_list(text))
            if (!is_among(part, names)) return wrong_name(part, names);
        return std::string();
    });
}

void add_json(CLI::App& command, Format& format)
{
    command.add_flag_callback(
        "--json", [&format] { format = Format::Json; }, "Print JSON, and nothing else, on stdout");
}

CLI::Option* add_precision(CLI::App& command, std::string& precision)
{
    return command.add_option("--precision", precision, "Number format of products; bf16 where the CPU multiplies it, else f32")
        ->option_text("f32,bf16,fp8-sim,f64")
        ->check(one_of({"f32", "bf16", "fp8-sim", "f64"}));
}

std::vector<std::string> split_list(const std::string& text)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t comma = 0; comma != std::string::npos; begin = comma + 1) {
        comma = text.find(',', begin);
        parts.push_back(text.substr(begin, comma == std::string::npos ? comma : comma - begin));
    }
    return parts;
}

Result<std::vector<std::int32_t>> parse_tokens(const std::string& text, std::int64_t vocab_size)
{
    constexpr const char* kBetween = " \t\r\n,";
    std::vector<std::int32_t> tokens;
    for (std::size_t begin = text.find_first_not_of(kBetween); begin != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_of(kBetween, begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        const auto token = read_number<std::int64_t>(word);
        if (!token)
            return Error{fmt::format("{} is no token id", in_quotes(word)), "Give whole numbers with spaces between."};
        if (*token < 0 || *token >= vocab_size)
            return Error{fmt::format("token {} is outside the vocabulary of the model, whose ids are 0 to {}", *token,
                                     vocab_size - 1),
                         "Check that these tokens were made for this model."};
        tokens.push_back(static_cast<std::int32_t>(*token));
        begin = text.find_first_not_of(kBetween, end);
    }
    if (tokens.empty()) return Error{"no tokens were given", "Give ids with spaces between: \"1 2 3\"."};
    return tokens;
}

} // namespace triptych
