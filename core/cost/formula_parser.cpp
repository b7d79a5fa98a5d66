// Descends through brackets no deeper than the stack is high.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/formula_parser.h"

#include "core/cost/formula_functions.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace triptych {

namespace {

constexpr std::size_t kMaxText = 2000;
constexpr int kMaxBrackets = 50;

bool begins_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// "straight_line(price, residual, years, utilisation)": what a formula may call.
std::vector<std::string> formula_functions()
{
    std::vector<std::string> result;
    for (const FormulaFunction& function : formula_function_list()) {
        std::string text(function.name);
        text += "(";
        for (std::size_t i = 0; i < function.arguments.size(); ++i)
            text += (i > 0 ? ", " : "") + std::string(function.arguments[i]);
        result.push_back(text + ")");
    }
    return result;
}

} // namespace

FormulaParser::FormulaParser(std::string text, const Formula::Resolve& resolve) : m_resolve(resolve)
{
    m_formula.m_text = std::move(text);
}

Result<Formula> FormulaParser::parse()
{
    const std::string& text = m_formula.m_text;
    if (text.size() > kMaxText)
        return Error{fmt::format("the formula {} is longer than {} characters", in_quotes(text), kMaxText),
                     "Split it into named quantities."};
    if (sum(0) && (next() != '\0' || m_at < text.size()))
        refuse("an operator was expected", "Write + - * or / between two values.");
    if (!m_error.what.empty()) return m_error;
    auto& reads = m_formula.m_reads;
    std::sort(reads.begin(), reads.end());
    reads.erase(std::unique(reads.begin(), reads.end()), reads.end());
    return std::move(m_formula);
}

bool FormulaParser::sum(int depth)
{
    return chain(depth, &FormulaParser::product, {'+', Kind::Add}, {'-', Kind::Subtract});
}

bool FormulaParser::product(int depth)
{
    return chain(depth, &FormulaParser::factor, {'*', Kind::Multiply}, {'/', Kind::Divide});
}

bool FormulaParser::chain(int depth, bool (FormulaParser::*part)(int), Operator one, Operator other)
{
    if (!(this->*part)(depth)) return false;
    for (;;) {
        const char sign = next();
        if (sign != one.sign && sign != other.sign) return true;
        ++m_at;
        if (!(this->*part)(depth)) return false;
        reduce(sign == one.sign ? one.kind : other.kind, 2);
    }
}

bool FormulaParser::factor(int depth)
{
    if (depth > kMaxBrackets) return refuse("brackets are nested too deeply", "Split it into named quantities.");
    if (take('-')) {
        if (!factor(depth + 1)) return false;
        reduce(Kind::Negate, 1);
        return true;
    }
    if (take('(')) {
        if (!sum(depth + 1)) return false;
        return take(')') || refuse("a ) is missing", "Close the bracket.");
    }
    if (is_digit(next()) || next() == '.') return number();
    if (begins_word(next())) return word(depth);
    return refuse("a number or a name was expected", "Complete the formula here.");
}

bool FormulaParser::number()
{
    const std::string& text = m_formula.m_text;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data() + m_at, text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value))
        return refuse("this is no number that can be used", "Write it like 8766 or 1.5e6.");
    m_at = static_cast<std::size_t>(end - text.data());
    return push(Kind::Number, value, 0);
}

bool FormulaParser::word(int depth)
{
    const std::string& text = m_formula.m_text;
    const std::size_t begin = m_at;
    while (m_at < text.size() && (begins_word(text[m_at]) || is_digit(text[m_at]))) ++m_at;
    const std::string name = text.substr(begin, m_at - begin);
    if (take('(')) return call(name, depth);
    const auto place = m_resolve(name);
    if (!place) {
        m_at = begin;
        return refuse(in_quotes(name) + " is not known here",
                      "Use a name that stands above this formula: an input, a quantity, or a line.");
    }
    m_formula.m_reads.push_back(*place);
    return push(Kind::Place, 0, *place);
}

bool FormulaParser::call(const std::string& name, int depth)
{
    const auto functions = formula_function_list();
    const auto function =
        std::find_if(functions.begin(), functions.end(), [&](const FormulaFunction& f) { return f.name == name; });
    if (function == functions.end())
        return refuse("there is no function " + in_quotes(name),
                      fmt::format("There are: {}.", fmt::join(formula_functions(), ", ")));
    const std::size_t wanted = function->arguments.size();
    for (std::size_t i = 0; i < wanted; ++i) {
        if (i > 0 && !take(','))
            return refuse(fmt::format("{} takes {} values with , between", name, wanted), "Give it all of them.");
        if (!sum(depth + 1)) return false;
    }
    if (!take(')'))
        return refuse(fmt::format("{} takes {} values and then a )", name, wanted), "Give it just as many.");
    reduce(Kind::Call, wanted, static_cast<std::size_t>(function - functions.begin()));
    return true;
}

bool FormulaParser::refuse(const std::string& what, const std::string& hint)
{
    if (m_error.what.empty())
        m_error = {fmt::format("formula {}, column {}: {}", in_quotes(m_formula.m_text), m_at + 1, what), hint};
    return false;
}

bool FormulaParser::push(Kind kind, double number, std::size_t place)
{
    if (++m_height > kMaxFormulaDepth)
        return refuse("too many values wait for each other", "Split it into named quantities.");
    m_formula.m_steps.push_back({kind, number, place});
    return true;
}

void FormulaParser::reduce(Kind kind, std::size_t values, std::size_t place)
{
    m_height -= values - 1;
    m_formula.m_steps.push_back({kind, 0, place});
}

bool FormulaParser::take(char c)
{
    if (next() != c) return false;
    ++m_at;
    return true;
}

char FormulaParser::next()
{
    const std::string& text = m_formula.m_text;
    while (m_at < text.size() && text[m_at] == ' ') ++m_at;
    return m_at < text.size() ? text[m_at] : '\0';
}

} // namespace triptych
