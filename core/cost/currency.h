// Showing dollars in another currency, at a rate that the user sets: no rate is ever fetched.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/money.h"

#include <string>
#include <string_view>

namespace triptych {

/// Amounts stay in dollars; this converts where they are shown.
struct Currency {
    std::string code = "USD"; ///< three capital letters, ISO 4217
    double per_usd = 1;

    double from(Money money) const { return money.usd() * per_usd; }
};

/// Reads "EUR=0.92": what a dollar is worth. Errors: another form, a rate that is not above zero, another rate than 1
/// for USD.
Result<Currency> parse_currency(std::string_view text);

} // namespace triptych
