// Numbers for people: grouped, rounded, money to the micro-dollar; always of the same width for the same kind of
// number.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace triptych {

/// What stands where there is no number yet.
QString noNumber();

/// "1,240".
QString countText(std::int64_t count);
/// "1.53 M", "671 B": three digits that count.
QString largeText(double value);
/// "0.064", "1.28", "12.3", "1,311": three digits that count where there is a point, no zeros at its end and no
/// exponent.
QString plainNumberText(double value);
/// With so many decimals; noNumber() for what is none.
QString fixedText(double value, int decimals);
/// "61.2 %" of a share 0..1.
QString percentText(double share, int decimals = 1);
/// In the money that is shown (ShownCurrency): "$0.002134" below one, "$12.34" and "$5,576,000" above.
QString usdText(double usd);
/// "842 B", "1.6 kB", "12.9 MB", powers of 1000.
QString bytesText(double bytes);

} // namespace triptych
