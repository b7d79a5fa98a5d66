// A field for other money than dollars, at a rate that a person gives.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/shown_currency.h"

#include <QLineEdit>

namespace triptych {

/// "EUR=0.92": what a dollar is worth; empty: dollars. What cannot be read stays to be mended, and what was in force
/// stays in force. All such fields say and set the same (ShownCurrency).
class CurrencyEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit CurrencyEdit(QWidget* parent = nullptr);

    const Currency& currency() const { return ShownCurrency::get().currency(); }

signals:
    /// By this field or another.
    void currencyChanged();

private:
    void read();
    void showCurrency();
};

} // namespace triptych
