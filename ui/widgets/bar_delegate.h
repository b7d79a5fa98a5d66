// Cells of tables that are a bar: the table stays a table for everybody who reads it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace triptych {

/// Where a bar begins and ends in its cell, both from 0 to 1.
struct BarSpan {
    double from = 0;
    double to = 0;
};

/// Paints the span that a cell has under kSpanRole, at least two pixels wide; any other cell as usual.
class BarDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int kSpanRole = Qt::UserRole + 64;

    /// The theme outlives the delegate.
    BarDelegate(const Theme& theme, QColor ThemeColors::*color, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), m_theme(theme), m_color(color)
    {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
    QColor ThemeColors::*m_color;
};

} // namespace triptych

Q_DECLARE_METATYPE(triptych::BarSpan)
