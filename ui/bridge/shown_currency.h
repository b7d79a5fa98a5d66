// The money that amounts are shown in: chosen once, for everything that the program shows, as its language is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that this includes
#include "core/cost/currency.h"
#endif

#include <QObject>
#include <QString>

namespace triptych {

/// Amounts stay in dollars inside, in files and in tables; what is drawn and written for people is converted at a rate
/// that a person gives. Dollars at first.
class ShownCurrency : public QObject {
    Q_OBJECT

public:
    static ShownCurrency& get();

    const Currency& currency() const { return m_currency; }
    bool isDollar() const { return m_currency.code == "USD"; }
    double perUsd() const { return m_currency.per_usd; }
    /// "EUR".
    QString code() const { return QString::fromStdString(m_currency.code); }
    /// As it is typed: "EUR=0.92"; empty for dollars.
    const QString& text() const { return m_text; }
    /// "1 USD = 0.92 EUR"; empty for dollars.
    QString equation() const;
    /// The same, and whose word it is: "1 USD = 0.92 EUR, a rate set by you".
    QString rateText() const;

    /// Empty or "USD": dollars. Error: no currency with its rate; what was in force stays so.
    Status choose(const QString& text);

signals:
    void changed();

private:
    ShownCurrency() = default;

    Currency m_currency;
    QString m_text;
};

/// What explains an amount, and the rate that it was converted at, where it was.
QString withRate(const QString& explanation);
/// "$", or the code and a narrow space.
QString currencySign();
/// As usdText() of an amount that is converted already, as those of the curves are: "$0.002134", "EUR 0.001963".
QString shownMoneyText(double amount);

} // namespace triptych
