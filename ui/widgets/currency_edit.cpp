// Reading a currency and its rate.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/currency_edit.h"

#include <QToolTip>
#include <QVariant>

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
    setToolTip(tr("Shows other money at a rate that you give, as EUR=0.92: what a dollar is worth. Empty: dollars. No "
                  "rate is ever fetched."));
    connect(this, &QLineEdit::editingFinished, this, [this] {
        if (isModified()) read();
    });
}

void CurrencyEdit::restore(const QVariant& text)
{
    if (text.typeId() != QMetaType::QString) return;
    setText(text.toString().left(kMostTyped));
    read();
}

void CurrencyEdit::read()
{
    setModified(false);
    setAccessibleDescription({});
    const QString tidy = text().trimmed().toUpper();
    Currency wanted;
    if (!tidy.isEmpty() && tidy != QLatin1String("USD")) {
        const auto parsed = parse_currency(tidy.toStdString());
        if (!parsed) {
            const QString why = QString::fromStdString(parsed.error().what + ". " + parsed.error().hint);
            setAccessibleDescription(why);
            if (isVisible()) QToolTip::showText(mapToGlobal(QPoint(0, height())), why, this);
            return;
        }
        wanted = *parsed;
    }
    m_currency = wanted;
    emit currencyChanged();
}

} // namespace triptych
