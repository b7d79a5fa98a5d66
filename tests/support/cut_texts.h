// Texts of a window that have less room than they need.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLabel>
#include <QRegularExpression>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

namespace triptych::test {

inline constexpr int kTabEdges = 12; // px, of the style sheet where there is little room

/// px; a button may be narrower than its style would like, but not than its text.
inline int roomFor(const QAbstractButton& button)
{
    static const QRegularExpression mnemonic(QStringLiteral("&(?=.)"));
    const auto* tool = qobject_cast<const QToolButton*>(&button);
    const bool alone = tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull();
    const int text = alone ? 0 : button.fontMetrics().horizontalAdvance(QString(button.text()).remove(mnemonic));
    return std::min(text + (button.icon().isNull() ? 0 : button.iconSize().width()), button.minimumSizeHint().width());
}

/// Labels, buttons and tabs in sight that have less room than their text.
inline QStringList cutTexts(const QWidget& window)
{
    QStringList cut;
    for (const QLabel* label : window.findChildren<QLabel*>())
        if (label->isVisible() && !label->wordWrap() && label->textFormat() != Qt::RichText &&
            !label->text().contains('<') && label->width() < label->sizeHint().width() - 1)
            cut << label->text();
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
        if (button->isVisible() && button->width() < roomFor(*button)) cut << button->text();
    for (const QTabBar* tabs : window.findChildren<QTabBar*>()) {
        if (!tabs->isVisible()) continue;
        const int shown = tabs->tabRect(tabs->count() - 1).right() + 1;
        if (shown > tabs->width()) cut << tabs->accessibleName() + QStringLiteral(": tabs");
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->isTabVisible(i) &&
                tabs->tabRect(i).width() < tabs->fontMetrics().horizontalAdvance(tabs->tabText(i)) + kTabEdges)
                cut << tabs->tabText(i);
    }
    return cut;
}

} // namespace triptych::test
