// Painted bars around a line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tornado_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kGap = 8;
constexpr double kNameShare = 0.42;
constexpr int kMostBar = 14;  // px of a bar's height
constexpr int kNameLines = 3; // that a name has where there is height

} // namespace

TornadoView::TornadoView(const Theme& theme, QWidget* parent) : RowList(theme, parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void TornadoView::setRows(std::vector<TornadoRow> rows, double total)
{
    m_rows = std::move(rows);
    m_total = m_least = m_most = total;
    for (const TornadoRow& r : m_rows) {
        m_least = std::min({m_least, r.atLow, r.atHigh});
        m_most = std::max({m_most, r.atLow, r.atHigh});
    }
    m_current = std::clamp(m_current, 0, std::max(static_cast<int>(m_rows.size()) - 1, 0));
    measure();
    describe();
    update();
}

/// Texts in the font as it is now, so that none is cut.
void TornadoView::measure()
{
    m_nameWidth = m_lowWidth = m_highWidth = 0;
    for (const TornadoRow& r : m_rows) {
        m_nameWidth = std::max(m_nameWidth, fontMetrics().horizontalAdvance(r.title));
        const bool rises = r.atLow <= r.atHigh;
        m_lowWidth = std::max(m_lowWidth, fontMetrics().horizontalAdvance(rises ? r.lowText : r.highText));
        m_highWidth = std::max(m_highWidth, fontMetrics().horizontalAdvance(rises ? r.highText : r.lowText));
    }
}

void TornadoView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange) measure();
    RowList::changeEvent(event);
}

int TornadoView::rowHeight() const
{
    const int least = fontMetrics().height() + 6;
    const int most = kNameLines * fontMetrics().lineSpacing() + QFontMetrics(smallFont(font())).lineSpacing() + 10;
    return std::clamp(height() / std::max(static_cast<int>(m_rows.size()), 1), least, most);
}

QSize TornadoView::sizeHint() const
{
    return {320, (fontMetrics().height() + 6) * std::max(static_cast<int>(m_rows.size()), 1)};
}

QSize TornadoView::minimumSizeHint() const
{
    return {160, fontMetrics().height() + 6};
}

void TornadoView::describe()
{
    const auto at = static_cast<std::size_t>(m_current);
    setAccessibleDescription(at < m_rows.size() ? tr("%1: total %2 at its low, %3 at its high end")
                                                      .arg(m_rows[at].title, m_rows[at].lowText, m_rows[at].highText)
                                                : emptyText());
}

/// In one line or two; its range below where that leaves room.
void TornadoView::paintName(QPainter& painter, const TornadoRow& row, const QRect& place) const
{
    const int line = fontMetrics().lineSpacing();
    const QFont small = smallFont(font());
    const int ranged = row.range.isEmpty() ? 0 : QFontMetrics(small).lineSpacing();
    const auto flags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;
    const QRect asked = fontMetrics().boundingRect(QRect(0, 0, place.width(), 10 * line), flags, row.title);
    const bool wraps = asked.height() > line && asked.height() <= place.height() - 2 && asked.width() <= place.width();
    const int name = wraps ? asked.height() : line;
    const bool both = ranged > 0 && place.height() >= name + ranged + 2;
    const int top = place.center().y() - (name + (both ? ranged : 0)) / 2;
    const QRect words(place.left(), top, place.width(), name);
    painter.setPen(theme().colors().text);
    if (wraps)
        painter.drawText(words, flags, row.title);
    else
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(row.title, Qt::ElideRight, place.width()));
    if (!both) return;
    const QFont own = painter.font();
    painter.setFont(small);
    painter.setPen(theme().colors().muted);
    painter.drawText(QRect(place.left(), top + name, place.width(), ranged), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(small).elidedText(row.range, Qt::ElideRight, place.width()));
    painter.setFont(own);
}

void TornadoView::paintRow(QPainter& painter, int index) const
{
    const ThemeColors& colors = theme().colors();
    const TornadoRow& r = m_rows[static_cast<std::size_t>(index)];
    const QRect line = row(index).adjusted(kInset, 0, -kInset, 0);
    const int name = std::min(m_nameWidth, static_cast<int>(width() * kNameShare));
    paintName(painter, r, QRect(line.left(), line.top(), name, line.height()));
    const double left = line.left() + name + kGap + m_lowWidth + kGap;
    const double room = std::max(line.right() - m_highWidth - kGap - left, 1.0);
    const double span = m_most > m_least ? m_most - m_least : 1;
    const auto x = [&](double value) { return left + (value - m_least) / span * room; };
    const bool rises = r.atLow <= r.atHigh;
    painter.setPen(colors.muted);
    painter.drawText(QRectF(left - kGap - m_lowWidth, line.top(), m_lowWidth, line.height()),
                     Qt::AlignRight | Qt::AlignVCenter, rises ? r.lowText : r.highText);
    painter.drawText(QRectF(left + room + kGap, line.top(), m_highWidth, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, rises ? r.highText : r.lowText);
    const double high = std::min(line.height() - 6, kMostBar);
    const double top = line.center().y() + 0.5 - high / 2;
    const auto part = [&](double end, bool filled) {
        const double a = std::min(x(end), x(m_total));
        const double b = std::max(x(end), x(m_total));
        if (b - a < 0.5) return;
        painter.setPen(QPen(colors.fullCost, 1));
        painter.setBrush(filled ? QBrush(colors.fullCost) : QBrush(Qt::NoBrush));
        painter.drawRect(QRectF(a, top, b - a, high));
    };
    part(r.atLow, false); // hollow: the input's low end
    part(r.atHigh, true);
    painter.setPen(QPen(colors.text, 1));
    painter.drawLine(QPointF(x(m_total), line.top()), QPointF(x(m_total), line.bottom() + 1));
    if (hasFocus() && index == m_current) paintFrame(painter, index, colors.mla);
}

void TornadoView::mousePressEvent(QMouseEvent* event)
{
    const int index = rowAt(event->pos());
    if (index < 0 || m_rows.empty()) return;
    m_current = index;
    emit inputChosen(index);
}

void TornadoView::keyPressEvent(QKeyEvent* event)
{
    const int last = shownRows() - 1;
    switch (event->key()) {
    case Qt::Key_Up: m_current = std::max(m_current - 1, 0); break;
    case Qt::Key_Down: m_current = std::clamp(m_current + 1, 0, std::max(last, 0)); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_rows.empty()) emit inputChosen(m_current);
        return;
    default: return QWidget::keyPressEvent(event);
    }
    describe();
    update();
}

} // namespace triptych
