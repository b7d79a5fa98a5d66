// Painted bars with names and numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bar_rows.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 8;

} // namespace

BarRows::BarRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : RowList(theme, parent), m_accent(accent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void BarRows::setRows(std::vector<BarRow> rows, double top, double mark)
{
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    m_top = top > 0 ? top : 1;
    m_mark = mark;
    m_nameWidth = m_numberWidth = 0;
    for (const BarRow& r : m_rows) {
        m_nameWidth = std::max(m_nameWidth, fontMetrics().horizontalAdvance(r.name));
        m_numberWidth = std::max(m_numberWidth, fontMetrics().horizontalAdvance(r.number));
    }
    if (resized) updateGeometry();
    describe();
    update();
}

void BarRows::setSelected(int row)
{
    if (row == m_selected) return;
    m_selected = row;
    describe();
    update();
}

void BarRows::setLeastNameWidth(int pixels)
{
    m_leastNameWidth = pixels;
    update();
}

void BarRows::setChoosable(bool choosable)
{
    m_choosable = choosable;
    setFocusPolicy(choosable ? Qt::StrongFocus : Qt::NoFocus);
}

void BarRows::describe()
{
    QStringList texts;
    for (const BarRow& r : m_rows) texts << r.name + QLatin1Char(' ') + r.number;
    const auto chosen = static_cast<std::size_t>(m_selected);
    setAccessibleDescription(m_selected >= 0 && chosen < m_rows.size() ? texts[m_selected]
                                                                       : texts.join(QStringLiteral("; ")));
}

QSize BarRows::sizeHint() const
{
    return {240, std::max(fullHeight(), rowHeight())};
}

QRect BarRows::bar(int index) const
{
    const int left = kInset + nameWidth() + kGap;
    const int room = std::max(width() - left - kGap - m_numberWidth - kInset, 1);
    const double share = std::clamp(m_rows[static_cast<std::size_t>(index)].value / m_top, 0.0, 1.0);
    const QRect place = row(index);
    return {left, place.top() + 4, std::max(2, static_cast<int>(std::lround(room * share))), place.height() - 8};
}

void BarRows::paintRow(QPainter& painter, int index) const
{
    const ThemeColors& colors = theme().colors();
    const BarRow& r = m_rows[static_cast<std::size_t>(index)];
    const QRect line = row(index).adjusted(kInset, 0, -kInset, 0);
    const bool muted = r.tone == BarTone::Muted;
    painter.setPen(muted ? colors.muted : colors.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, r.name);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, r.number);
    painter.setPen(Qt::NoPen);
    painter.setBrush(muted ? colors.border : colors.*m_accent);
    painter.drawRoundedRect(bar(index), 2, 2);
    if (index == m_selected) paintFrame(painter, index, hasFocus() ? colors.*m_accent : colors.text);
}

void BarRows::paintOver(QPainter& painter) const
{
    if (std::isnan(m_mark)) return;
    const int left = kInset + nameWidth() + kGap;
    const double x = left + (width() - left - kGap - m_numberWidth - kInset) * std::min(m_mark / m_top, 1.0);
    painter.setPen(QPen(theme().colors().text, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, 1), QPointF(x, shownRows() * rowHeight() - 1));
}

void BarRows::mousePressEvent(QMouseEvent* event)
{
    const int index = rowAt(event->pos());
    if (m_choosable && index >= 0 && !m_rows.empty()) emit chosen(index);
}

void BarRows::keyPressEvent(QKeyEvent* event)
{
    if (!m_choosable || m_rows.empty()) return QWidget::keyPressEvent(event);
    const int last = shownRows() - 1;
    switch (event->key()) {
    case Qt::Key_Up: emit chosen(std::clamp(m_selected - 1, 0, last)); break;
    case Qt::Key_Down: emit chosen(std::clamp(m_selected + 1, 0, last)); break;
    case Qt::Key_Home: emit chosen(0); break;
    case Qt::Key_End: emit chosen(last); break;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace triptych
