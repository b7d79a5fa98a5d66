// How amounts are written.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/money_text.h"

#include "ui/widgets/number_text.h"

#include <QLocale>

#include <cmath>

namespace triptych {

namespace {

constexpr double kMillion = 1e6;
constexpr double kBillion = 1e9;
constexpr int kMicroDigits = 6;
const QChar kNarrowSpace(0x202f);
const QChar kMinus(0x2212);

int decimalsFor(double value, int digits)
{
    for (int decimals = digits - 1; decimals > 0; --decimals)
        if (value < std::pow(10.0, digits - decimals) - 0.5 * std::pow(10.0, -decimals)) return decimals;
    return 0;
}

/// Of what is not negative.
QString shortNumber(double value)
{
    if (value >= 9'999.5 * kMillion) {
        const double billions = value / kBillion;
        return QLocale().toString(billions, 'f', decimalsFor(billions, 4)) + kNarrowSpace + QLatin1Char('B');
    }
    if (value >= 0.99995 * kMillion) {
        const double millions = value / kMillion;
        return QLocale().toString(millions, 'f', decimalsFor(millions, 4)) + kNarrowSpace + QLatin1Char('M');
    }
    const int decimals = value == 0 ? 0 : value < 1 ? kMicroDigits : value < 10'000 ? 2 : 0;
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

QString currencySign(const Currency& currency)
{
    return currency.code == "USD" ? QStringLiteral("$") : QString::fromStdString(currency.code) + kNarrowSpace;
}

QString moneyText(Money money, const Currency& currency)
{
    const double value = currency.from(money);
    const QString text = currencySign(currency) + shortNumber(std::abs(value));
    return value < 0 ? kMinus + text : text;
}

QString moneyChangeText(Money money, const Currency& currency)
{
    const QString text = moneyText(money, currency);
    return money > Money() ? QLatin1Char('+') + text : text;
}

QString exactMoneyText(Money money, const Currency& currency)
{
    const double value = std::abs(currency.from(money));
    QString digits = QLocale().toString(value, 'f', kMicroDigits);
    for (int zeros = 0; zeros < kMicroDigits - 2 && digits.endsWith(QLatin1Char('0')); ++zeros) digits.chop(1);
    const QString text = currencySign(currency) + digits;
    return money < Money() ? kMinus + text : text;
}

QString moneyTickText(double usd, const Currency& currency)
{
    const double value = usd * currency.per_usd;
    const bool small = value != 0 && std::abs(value) < 0.01;
    if (small && std::abs(value) < 1e-6) return currencySign(currency) + QLocale().toString(value, 'g', 2);
    QString text = small ? QLocale().toString(std::abs(value), 'f', kMicroDigits + 1) : largeText(std::abs(value));
    text.remove(kNarrowSpace);
    // Round numbers are written without zeros behind the point.
    const QString point = QLocale().decimalPoint();
    if (const qsizetype at = text.indexOf(point); at >= 0) {
        qsizetype end = at + point.size();
        while (end < text.size() && text[end].isDigit()) ++end;
        QString rest = text.mid(end);
        QString number = text.left(end);
        while (number.endsWith(QLatin1Char('0'))) number.chop(1);
        if (number.endsWith(point)) number.chop(point.size());
        text = number + rest;
    }
    return (value < 0 ? QString(kMinus) : QString()) + currencySign(currency) + text;
}

} // namespace triptych
