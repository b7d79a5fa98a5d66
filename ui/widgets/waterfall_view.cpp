// Rows under mouse and keys; how they are drawn is in waterfall_paint.cpp.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/waterfall_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kMostRowLines = 9; // lines of text that a row is high at most
constexpr int kNotch = 120;      // of a wheel, in its own unit

} // namespace

WaterfallView::WaterfallView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void WaterfallView::setRows(std::vector<WaterfallRow> rows, WaterfallTotal total)
{
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const WaterfallRow& a, const WaterfallRow& b) { return a.title == b.title; });
    if (rows.size() != m_rows.size()) updateGeometry();
    if (!same) m_widest = {};
    m_rows = std::move(rows);
    m_total = std::move(total);
    measure();
    m_current = std::clamp(m_current, 0, std::max(rowCount() - 1, 0));
    m_opened = m_opened < rowCount() ? m_opened : -1;
    m_zoom = std::clamp(m_zoom, 0, std::max(rowCount() - 1, 0));
    describe();
    update();
}

void WaterfallView::setCurrency(const Currency& currency)
{
    if (currency.code != m_currency.code) m_widest = {};
    m_currency = currency;
    update();
}

void WaterfallView::setScale(MoneyScale scale)
{
    if (scale == m_scale) return;
    m_scale = scale;
    update();
    emit scaleChanged();
}

void WaterfallView::setZoom(int zoom)
{
    zoom = std::clamp(zoom, 0, std::max(rowCount() - 1, 0));
    if (zoom == m_zoom) return;
    m_zoom = zoom;
    update();
    emit scaleChanged();
}

void WaterfallView::setOpened(int row)
{
    m_opened = row < rowCount() ? row : -1;
    if (m_opened >= 0) m_current = m_opened;
    describe();
    update();
}

MoneyAxis WaterfallView::axis() const
{
    std::vector<double> ends;
    for (const WaterfallRow& row : m_rows) {
        ends.push_back(row.from);
        ends.push_back(row.to);
    }
    std::optional<double> upper;
    if (m_scale == MoneyScale::Linear && m_zoom > 0) {
        std::vector<double> totals;
        for (const WaterfallRow& row : m_rows) totals.push_back(row.to);
        std::sort(totals.begin(), totals.end());
        const double wanted = totals[static_cast<std::size_t>(std::max(rowCount() - 1 - m_zoom, 0))];
        if (wanted > 0) upper = wanted * 1.04;
    }
    if (m_total.range && !upper) {
        ends.push_back(m_total.range->first);
        ends.push_back(m_total.range->second);
    }
    return {m_scale, ends, upper};
}

int WaterfallView::rowAt(const QPoint& position) const
{
    for (int i = 0; i <= rowCount(); ++i)
        if (row(i).contains(position)) return i;
    return -1;
}

QSize WaterfallView::sizeHint() const
{
    return {640, (rowCount() + 1) * (leastRowHeight() + 8) + axisHeight()};
}

QSize WaterfallView::minimumSizeHint() const
{
    return {260, (rowCount() + 1) * leastRowHeight() + axisHeight()};
}

int WaterfallView::axisHeight() const
{
    return QFontMetrics(smallFont(font())).height() + 4;
}

int WaterfallView::leastRowHeight() const
{
    return fontMetrics().height() + 3;
}

int WaterfallView::rowHeight() const
{
    const int room = (height() - axisHeight()) / std::max(rowCount() + 1, 1);
    return std::clamp(room, leastRowHeight(), kMostRowLines * fontMetrics().lineSpacing());
}

QRect WaterfallView::row(int index) const
{
    return {0, index * rowHeight(), width(), rowHeight()};
}

void WaterfallView::open(int row)
{
    if (row < 0 || row >= rowCount()) return;
    m_current = row;
    setOpened(row == m_opened ? -1 : row);
    emit stepChosen(m_opened);
}

void WaterfallView::moveTo(int row)
{
    m_current = std::clamp(row, 0, std::max(rowCount() - 1, 0));
    if (m_opened >= 0 && m_opened != m_current) { // what is open follows the keys
        setOpened(m_current);
        emit stepChosen(m_opened);
    }
    describe();
    update();
}

/// What a screen reader says: the step that the keys stand on, else the total.
void WaterfallView::describe()
{
    const auto at = static_cast<std::size_t>(m_current);
    QString text = m_total.title + QLatin1Char(' ') + m_total.amount;
    if (!m_total.band.isEmpty()) text += QStringLiteral(", ") + m_total.band;
    if (at < m_rows.size()) {
        const WaterfallRow& r = m_rows[at];
        text = tr("%1 (%2): %3, total after it %4. %5", "a step of a waterfall; last the total of all")
                   .arg(r.title, r.sign, r.amount, r.running, text);
    }
    setAccessibleDescription(text);
}

bool WaterfallView::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    if (event->type() == QEvent::FontChange) {
        m_widest = {};
        measure();
        updateGeometry();
    }
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = rowAt(help->pos());
    const QString tip = index < 0             ? QString()
                        : index == rowCount() ? m_total.tip
                                              : m_rows[static_cast<std::size_t>(index)].tip;
    QToolTip::showText(help->globalPos(), tip, this, index >= 0 ? row(index) : QRect());
    return true;
}

void WaterfallView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
    open(rowAt(event->pos()));
}

void WaterfallView::mouseMoveEvent(QMouseEvent* event)
{
    const int index = rowAt(event->pos());
    const bool step = index >= 0 && index < rowCount();
    setCursor(step ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (index == m_hovered) return;
    m_hovered = index;
    update();
}

void WaterfallView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hovered = -1;
    update();
}

void WaterfallView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: return moveTo(m_current - 1);
    case Qt::Key_Down: return moveTo(m_current + 1);
    case Qt::Key_Home: return moveTo(0);
    case Qt::Key_End: return moveTo(rowCount() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: return open(m_current);
    case Qt::Key_L: return setScale(m_scale == MoneyScale::Linear ? MoneyScale::Logarithmic : MoneyScale::Linear);
    case Qt::Key_Plus: return setZoom(m_zoom + 1);
    case Qt::Key_Minus: return setZoom(m_zoom - 1);
    case Qt::Key_Escape:
        if (m_opened >= 0) return open(m_opened);
        break;
    default: break;
    }
    QWidget::keyPressEvent(event);
}

/// Zooms with Ctrl, as everywhere; else the wheel is the scroll area's.
void WaterfallView::wheelEvent(QWheelEvent* event)
{
    if (m_scale != MoneyScale::Linear || !event->modifiers().testFlag(Qt::ControlModifier))
        return QWidget::wheelEvent(event);
    m_wheel += event->angleDelta().y();
    const int notches = m_wheel / kNotch;
    m_wheel -= notches * kNotch;
    setZoom(m_zoom + notches);
    event->accept();
}

} // namespace triptych
