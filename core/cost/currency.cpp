// Reads a rate.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/currency.h"

#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace triptych {

namespace {

constexpr double kMostPerUsd = 1e9; // no currency was ever further from the dollar and in use

} // namespace

Result<Currency> parse_currency(std::string_view text)
{
    const char* hint = "Write the currency and what a dollar is worth in it: EUR=0.92.";
    const std::string_view code = text.substr(0, text.find('='));
    const bool capitals =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!capitals || text.size() < 5)
        return Error{fmt::format("{} is no currency with its rate", in_quotes(text)), hint};
    const std::string_view number = text.substr(4);
    double rate = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), rate);
    if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(rate) || !(rate > 0))
        return Error{fmt::format("the rate {} of {} is no number above zero", in_quotes(number), code), hint};
    if (rate < 1 / kMostPerUsd || rate > kMostPerUsd)
        return Error{
            fmt::format("a dollar is worth {} {}, expected {} to {}", rate, code, 1 / kMostPerUsd, kMostPerUsd), hint};
    if (code == "USD" && rate != 1) return Error{fmt::format("a dollar is worth {} dollars", rate), hint};
    return Currency{std::string(code), rate};
}

} // namespace triptych
