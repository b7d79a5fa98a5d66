// Painting bars in cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bar_delegate.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kInset = 4; // pixels between bars and the edges of their cell
constexpr int kLeast = 2; // pixels; a small share is not nothing

} // namespace

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant value = index.data(kSpanRole);
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    if (!value.canConvert<BarSpan>()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    cell.text.clear(); // what the bar says is said by the other cells, and by the tooltip
    const QStyle* style = cell.widget ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    const BarSpan span = value.value<BarSpan>();
    const QRect room = option.rect.adjusted(kInset, kInset, -kInset, -kInset);
    const double from = std::clamp(span.from, 0.0, 1.0);
    const double to = std::clamp(span.to, from, 1.0);
    const int width = std::max(kLeast, static_cast<int>((to - from) * room.width() + 0.5));
    const int left = std::min(room.left() + static_cast<int>(from * room.width()), room.right() + 1 - width);
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.colors().grid);
    painter->drawRect(QRect(room.left(), room.center().y(), room.width(), 1));
    // On the ground of a chosen row the colour itself might not be seen.
    const bool chosen = (option.state & QStyle::State_Selected) != 0;
    painter->setBrush(chosen ? option.palette.color(QPalette::HighlightedText) : m_theme.colors().*m_color);
    painter->drawRect(QRect(left, room.top(), width, room.height()));
    painter->restore();
}

} // namespace triptych
