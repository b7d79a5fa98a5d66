// Places, tooltips and the empty state of rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_list.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace triptych {

RowList::RowList(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RowList::setEmptyText(const QString& text)
{
    m_emptyText = text;
    describe();
    update();
}

QRect RowList::row(int index) const
{
    return {0, index * rowHeight(), width(), rowHeight()};
}

int RowList::shownRows() const
{
    return std::min(rowCount(), std::max(1, height() / rowHeight()));
}

int RowList::rowAt(const QPoint& position) const
{
    const int index = position.y() < 0 ? -1 : position.y() / rowHeight();
    return index < shownRows() ? index : -1;
}

void RowList::paintFrame(QPainter& painter, int index, const QColor& color) const
{
    painter.setPen(QPen(color, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(row(index)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void RowList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (rowCount() == 0) {
        painter.setPen(m_theme.colors().muted);
        painter.drawText(rect().adjusted(kInset, 0, -kInset, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                         m_emptyText);
        return;
    }
    for (int i = 0; i < shownRows(); ++i) paintRow(painter, i);
    paintOver(painter);
}

bool RowList::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = rowAt(help->pos());
    const QString own = index >= 0 ? rowTip(index) : QString();
    QToolTip::showText(help->globalPos(), own.isEmpty() ? toolTip() : own, this);
    return true;
}

} // namespace triptych
