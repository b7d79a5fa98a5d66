// A field for other money than dollars, at a rate that a person gives.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/currency.h"

#include <QLineEdit>

namespace triptych {

/// "EUR=0.92": what a dollar is worth; empty: dollars. What cannot be read stays to be mended, and what was in force
/// stays in force.
class CurrencyEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit CurrencyEdit(QWidget* parent = nullptr);

    const Currency& currency() const { return m_currency; }
    /// As if typed.
    void restore(const QVariant& text);

signals:
    void currencyChanged();

private:
    void read();

    Currency m_currency;
};

} // namespace triptych
