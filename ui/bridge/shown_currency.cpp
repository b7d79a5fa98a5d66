// One currency for the program.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/shown_currency.h"

#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"

#include <QLocale>

#include <cmath>

namespace triptych {

ShownCurrency& ShownCurrency::get()
{
    static ShownCurrency shown;
    return shown;
}

QString ShownCurrency::equation() const
{
    if (isDollar()) return {};
    return QStringLiteral("1 USD = %1 %2").arg(QLocale().toString(m_currency.per_usd, 'g', 6), code());
}

QString ShownCurrency::rateText() const
{
    return isDollar() ? QString() : tr("%1, a rate set by you", "what a dollar is worth").arg(equation());
}

Status ShownCurrency::choose(const QString& text)
{
    QString tidy = text.trimmed().toUpper();
    Currency wanted;
    if (tidy == QLatin1String("USD")) tidy.clear();
    if (!tidy.isEmpty()) {
        const auto parsed = parse_currency(tidy.toStdString());
        if (!parsed) return parsed.error();
        wanted = *parsed;
    }
    if (tidy == m_text) return {};
    m_currency = wanted;
    m_text = tidy;
    emit changed();
    return {};
}

QString withRate(const QString& explanation)
{
    const ShownCurrency& shown = ShownCurrency::get();
    return shown.isDollar() ? explanation : explanation + QLatin1Char('\n') + shown.rateText();
}

QString currencySign()
{
    return currencySign(ShownCurrency::get().currency());
}

QString shownMoneyText(double amount)
{
    if (!std::isfinite(amount)) return noNumber();
    const int decimals = std::abs(amount) < 1 ? 6 : std::abs(amount) < 100'000 ? 2 : 0;
    return currencySign() + QLocale().toString(amount, 'f', decimals);
}

} // namespace triptych
