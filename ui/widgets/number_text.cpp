// How numbers are written.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_text.h"

#include "ui/bridge/shown_currency.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kMostDecimals = 9;

/// Three digits that count: "1.53", "15.3", "153".
QString threeDigits(double value)
{
    const int decimals = std::abs(value) < 9.995 ? 2 : std::abs(value) < 99.95 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals);
}

QString scaled(double value, std::initializer_list<const char*> units)
{
    auto unit = units.begin();
    while (std::abs(value) >= 999.5 && unit + 1 != units.end()) {
        value /= 1000;
        ++unit;
    }
    const bool whole = unit == units.begin() && value == std::floor(value);
    const QString number = whole ? QLocale().toString(value, 'f', 0) : threeDigits(value);
    return **unit ? number + QChar(0x202f) + QString::fromUtf8(*unit) : number;
}

} // namespace

QString noNumber()
{
    return QString(QChar(0x2013));
}

QString countText(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString largeText(double value)
{
    return std::isfinite(value) ? scaled(value, {"", "k", "M", "B", "T"}) : noNumber();
}

QString plainNumberText(double value)
{
    if (!std::isfinite(value)) return noNumber();
    const int before = value == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    const int decimals = std::clamp(3 - before, 0, kMostDecimals);
    const QString all = QLocale().toString(value, 'f', decimals);
    if (decimals == 0) return all;
    // The last places of a number may be zeros, whatever digits the language writes.
    const QString zero = QLocale().zeroDigit();
    qsizetype end = all.size();
    while (all.first(end).endsWith(zero)) end -= zero.size();
    if (all.first(end).endsWith(QLocale().decimalPoint())) end -= QLocale().decimalPoint().size();
    return all.first(end);
}

QString fixedText(double value, int decimals)
{
    return std::isfinite(value) ? QLocale().toString(value, 'f', decimals) : noNumber();
}

QString percentText(double share, int decimals)
{
    return std::isfinite(share) ? fixedText(100 * share, decimals) + QChar(0x202f) + QLatin1Char('%') : noNumber();
}

QString usdText(double usd)
{
    return shownMoneyText(usd * ShownCurrency::get().perUsd());
}

QString bytesText(double bytes)
{
    return std::isfinite(bytes) ? scaled(bytes, {"B", "kB", "MB", "GB", "TB", "PB"}) : noNumber();
}

} // namespace triptych
