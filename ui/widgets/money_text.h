// Amounts of the ledgers for people: short in pictures, exact where somebody asks, in the currency that was set.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/currency.h"

#include <QString>

namespace triptych {

/// Four digits that count from a million on: "$5.576 M", "$2,573 M", "$12.57 B"; below as usdText(): "$294,000". With
/// another currency its code stands before: "EUR 5.130 M".
QString moneyText(Money money, const Currency& currency);
/// The same with a sign, for what is added or taken away.
QString moneyChangeText(Money money, const Currency& currency);
/// All digits down to the micro-dollar, without zeros behind the cents: "$5,576,000.00".
QString exactMoneyText(Money money, const Currency& currency);
/// A tick of an axis in dollars: "$5M", "$2.5B".
QString moneyTickText(double usd, const Currency& currency);
/// Before a number: "$", or the code and a space.
QString currencySign(const Currency& currency);

} // namespace triptych
