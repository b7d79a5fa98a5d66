// A first pass over JSON that builds nothing: it finds the first mistake and says where.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json_text.h"

#include "core/util/quote.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <vector>

namespace triptych {

namespace {

constexpr std::size_t kMaxDepth = 100; // no file of ours nests deeper; a million brackets are an attack

/// Receives the events of the parser; returning false stops it.
class Checker {
public:
    bool null() { return value(); }
    bool boolean(bool) { return value(); }
    bool number_integer(std::int64_t) { return value(); }
    bool number_unsigned(std::uint64_t) { return value(); }
    bool number_float(double, const std::string&) { return value(); }
    bool string(std::string&) { return value(); }
    bool binary(nlohmann::json::binary_t&) { return value(); }
    bool start_object(std::size_t)
    {
        m_keys.emplace_back();
        return deep_enough();
    }
    bool key(std::string& key)
    {
        if (m_keys.back().insert(key).second) return true;
        return refuse(fmt::format("the key {} occurs twice", in_quotes(key)), "Remove one of the two.");
    }
    bool end_object()
    {
        m_keys.pop_back();
        return true;
    }
    bool start_array(std::size_t)
    {
        if (m_keys.empty()) return value();
        m_keys.emplace_back();
        return deep_enough();
    }
    bool end_array() { return end_object(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error)
    {
        m_position = position;
        if (error.id == 406) return refuse("a number is too large", "Write a smaller number.");
        return refuse("this is not valid JSON", "Correct this place; an editor with JSON highlighting shows it.");
    }

    std::size_t position() const { return m_position; }
    const Error& error() const { return m_error; }

private:
    bool value()
    {
        return !m_keys.empty() || refuse("this is not a JSON object", "The file must begin with { and end with }.");
    }
    bool deep_enough()
    {
        return m_keys.size() <= kMaxDepth ||
               refuse("brackets are nested too deeply", "Check that this is the file you meant.");
    }
    bool refuse(std::string what, std::string hint)
    {
        if (m_error.what.empty()) m_error = {std::move(what), std::move(hint)};
        return false;
    }

    std::vector<std::set<std::string, std::less<>>> m_keys;
    std::size_t m_position = 0;
    Error m_error;
};

} // namespace

Status check_json_object(std::string_view text, const std::string& name)
{
    Checker checker;
    if (nlohmann::json::sax_parse(text.begin(), text.end(), &checker)) return {};
    const Error& error = checker.error();
    if (checker.position() == 0) return Error{fmt::format("{}: {}", name, error.what), error.hint};
    const std::string_view before = text.substr(0, std::min(checker.position() - 1, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t start = before.rfind('\n');
    const std::size_t column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
    return Error{fmt::format("{}: line {}, column {}: {}", name, line, column, error.what), error.hint};
}

} // namespace triptych
