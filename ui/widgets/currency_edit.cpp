// Reading a currency and its rate.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/currency_edit.h"

#include <QToolTip>

namespace triptych {

namespace {

constexpr int kWidth = 92;
constexpr int kMostTyped = 40; // letters

} // namespace

CurrencyEdit::CurrencyEdit(QWidget* parent) : QLineEdit(parent)
{
    setObjectName(QStringLiteral("costCurrency"));
    setFixedWidth(kWidth);
    setMaxLength(kMostTyped);
    setPlaceholderText(QStringLiteral("USD"));
    setAccessibleName(tr("Currency and its rate"));
    showCurrency();
    connect(this, &QLineEdit::editingFinished, this, [this] {
        if (isModified()) read();
    });
    connect(&ShownCurrency::get(), &ShownCurrency::changed, this, &CurrencyEdit::showCurrency);
}

void CurrencyEdit::showCurrency()
{
    const ShownCurrency& shown = ShownCurrency::get();
    setText(shown.text());
    setAccessibleDescription({});
    const QString what = tr("Shows every amount of the window in other money, at a rate that you give, as EUR=0.92: "
                            "what a dollar is worth. Empty: dollars. No rate is ever fetched. Tables and their files "
                            "stay in dollars.");
    setToolTip(shown.isDollar() ? what : shown.rateText() + QLatin1Char('\n') + what);
    emit currencyChanged();
}

void CurrencyEdit::read()
{
    setModified(false);
    const Status chosen = ShownCurrency::get().choose(text());
    if (chosen) return showCurrency();
    const QString why = QString::fromStdString(chosen.error().what + ". " + chosen.error().hint);
    setAccessibleDescription(why);
    if (isVisible()) QToolTip::showText(mapToGlobal(QPoint(0, height())), why, this);
}

} // namespace triptych
