// Drawing the steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/waterfall_view.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 8;
constexpr int kChipRoom = 6; // px on both sides of a sign's text
constexpr double kRadius = 2;
constexpr int kRunningFrom = 600; // px: narrower than this, running totals are in tooltips alone
constexpr double kTitleShare = 0.36;
constexpr int kBarRoom = 90;     // px that bars have at least
constexpr double kMostBar = 2.2; // lines of text that a bar is high at most

} // namespace

QColor WaterfallView::colorOf(const WaterfallRow& row) const
{
    const ThemeColors& colors = m_theme.colors();
    switch (row.tone) {
    case StepTone::Price:
    case StepTone::Headline: return colors.headline;
    case StepTone::Scope:
    case StepTone::Other: return colors.fullCost;
    }
    return colors.text;
}

/// A colour so strong on the card, without a painter's transparency, which drawings on paper may lose.
QColor WaterfallView::over(const QColor& color, double share) const
{
    const QColor card = m_theme.colors().card;
    const auto mixed = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return {mixed(color.red(), card.red()), mixed(color.green(), card.green()), mixed(color.blue(), card.blue())};
}

void WaterfallView::measure()
{
    const QFontMetrics small(smallFont(font()));
    const QFontMetrics metrics = fontMetrics();
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics strong(bold);
    Columns& c = m_widest;
    const auto widen = [](int& column, int wide) { column = std::max(column, wide); };
    widen(c.title, strong.horizontalAdvance(m_total.title) + 2);
    widen(c.amount, strong.horizontalAdvance(m_total.amount));
    widen(c.marks, metrics.horizontalAdvance(QStringLiteral("✎!")));
    for (const WaterfallRow& r : m_rows) {
        widen(c.sign, small.horizontalAdvance(r.sign) + 2 * kChipRoom);
        widen(c.title, metrics.horizontalAdvance(r.title) + 2);
        widen(c.amount, metrics.horizontalAdvance(r.amount));
        widen(c.running, metrics.horizontalAdvance(r.running));
        widen(c.marks, metrics.horizontalAdvance(r.marks));
    }
}

WaterfallView::Columns WaterfallView::columns() const
{
    Columns c = m_widest;
    if (width() < kRunningFrom) c.running = 0;
    const int fixed = c.sign + c.marks + c.amount + c.running + 6 * kGap;
    c.title = std::max(std::min({c.title, static_cast<int>(width() * kTitleShare), width() - fixed - kBarRoom}), 40);
    return c;
}

QRectF WaterfallView::barArea() const
{
    const Columns c = columns();
    const int left = kGap / 2 + c.sign + kGap + c.title + kGap;
    const int right = c.amount + (c.running > 0 ? c.running + kGap : 0) + (c.marks > 0 ? c.marks + kGap : 0) + kGap;
    const double wide = std::max(width() - left - right - kGap / 2, 1);
    return {static_cast<double>(left), 0, wide, static_cast<double>((rowCount() + 1) * rowHeight())};
}

QRectF WaterfallView::bar(int index) const
{
    const MoneyAxis scale = axis();
    const QRectF area = barArea();
    const bool total = index == rowCount();
    const double from = total ? 0 : m_rows[static_cast<std::size_t>(index)].from;
    const double to = total ? m_total.value : m_rows[static_cast<std::size_t>(index)].to;
    const double left = scale.x(std::min(from, to), area);
    const double right = scale.x(std::max(from, to), area);
    const QRect place = row(index);
    const double high = std::clamp(place.height() - 8.0, 6.0, kMostBar * fontMetrics().lineSpacing());
    return {left, place.center().y() + 0.5 - high / 2, std::max(right - left, 1.5), high};
}

void WaterfallView::paintEvent(QPaintEvent*)
{
    if (m_rows.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const MoneyAxis scale = axis();
    for (int i = 0; i < rowCount(); ++i) paintRow(painter, i);
    painter.setFont(smallFont(font()));
    scale.paint(painter, barArea(), m_theme.colors(), m_currency);
    painter.setFont(font());
    paintJoints(painter, scale);
    for (int i = 0; i < rowCount(); ++i) paintBar(painter, i, scale);
    paintTotal(painter, scale);
}

void WaterfallView::paintRow(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF place = QRectF(row(index)).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool opened = index == m_opened;
    if (opened || index == m_hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(opened ? colors.field : over(colors.field, 0.6));
        painter.drawRoundedRect(place, 4, 4);
    }
    if (opened || (hasFocus() && index == m_current)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(hasFocus() && index == m_current ? colors.mla : colors.border, 1));
        painter.drawRoundedRect(place, 4, 4);
    }
    paintTexts(painter, index);
}

void WaterfallView::paintSign(QPainter& painter, const WaterfallRow& row, const QRect& place) const
{
    const QColor color = row.leftOut ? m_theme.colors().muted : colorOf(row);
    painter.setFont(smallFont(font()));
    const int high = QFontMetrics(painter.font()).height() + 1;
    const QRectF chip(place.left() + 0.5, place.center().y() + 0.5 - high / 2.0, place.width() - 1, high);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(over(color, 0.7), 1));
    painter.drawRoundedRect(chip, 3, 3);
    painter.setPen(color);
    painter.drawText(chip, Qt::AlignCenter, row.sign);
    painter.setFont(font());
}

void WaterfallView::paintTexts(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const WaterfallRow& r = m_rows[static_cast<std::size_t>(index)];
    const Columns c = columns();
    const QRect place = row(index);
    int x = kGap / 2;
    paintSign(painter, r, QRect(x, place.top(), c.sign, place.height()));
    x += c.sign + kGap;
    QFont titleFont = font();
    titleFont.setStrikeOut(r.leftOut);
    painter.setFont(titleFont);
    painter.setPen(r.leftOut ? colors.muted : colors.text);
    const QFontMetrics titleMetrics(titleFont);
    const QRect room(x, place.top(), c.title, place.height());
    const auto flags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;
    const QRect wrapped = titleMetrics.boundingRect(room, static_cast<int>(flags), r.title);
    if (wrapped.height() <= place.height() - 2 && wrapped.width() <= c.title)
        painter.drawText(room, flags, r.title);
    else
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         titleMetrics.elidedText(r.title, Qt::ElideRight, c.title));
    painter.setFont(font());
    int right = width() - kGap / 2;
    if (c.running > 0) {
        painter.setPen(colors.muted);
        painter.drawText(QRect(right - c.running, place.top(), c.running, place.height()),
                         Qt::AlignRight | Qt::AlignVCenter, r.running);
        right -= c.running + kGap;
    }
    painter.setPen(r.leftOut ? colors.muted : colors.text);
    painter.setFont(titleFont);
    painter.drawText(QRect(right - c.amount, place.top(), c.amount, place.height()), Qt::AlignRight | Qt::AlignVCenter,
                     r.amount);
    painter.setFont(font());
    right -= c.amount + kGap;
    painter.setPen(colors.warning);
    painter.drawText(QRect(right - c.marks, place.top(), c.marks, place.height()), Qt::AlignRight | Qt::AlignVCenter,
                     r.marks);
}

void WaterfallView::paintBar(QPainter& painter, int index, const MoneyAxis& axis) const
{
    const WaterfallRow& r = m_rows[static_cast<std::size_t>(index)];
    const QRectF area = barArea();
    const QRectF place = bar(index);
    const QColor color = colorOf(r);
    if (axis.isBeyond(std::min(r.from, r.to))) return paintArrow(painter, place, color);
    const bool down = r.to < r.from;
    if (r.leftOut) { // where it would be is in its row; here stands nothing
        painter.setPen(QPen(m_theme.colors().muted, 1, Qt::DotLine));
        painter.drawLine(QPointF(place.left(), place.top()), QPointF(place.left(), place.bottom()));
        return;
    }
    // What is taken away is hollow.
    painter.setPen(QPen(color, 1));
    painter.setBrush(down ? over(color, 0.2) : over(color, 0.85));
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    if (axis.scale() == MoneyScale::Logarithmic && place.left() <= area.left() + 0.5 && !down)
        paintBreak(painter, place);
    if (axis.isBeyond(std::max(r.from, r.to))) paintArrow(painter, place, color);
}

/// A logarithmic axis has no zero: the bar goes on to the left without end.
void WaterfallView::paintBreak(QPainter& painter, const QRectF& bar) const
{
    painter.setPen(QPen(m_theme.colors().card, 2));
    for (const double x : {bar.left() + 6, bar.left() + 11})
        painter.drawLine(QPointF(x - 2, bar.bottom() + 1), QPointF(x + 2, bar.top() - 1));
}

/// The bar goes on beyond the end of a zoomed axis.
void WaterfallView::paintArrow(QPainter& painter, const QRectF& bar, const QColor& color) const
{
    const double right = barArea().right();
    const double y = bar.center().y();
    QPainterPath tip;
    tip.moveTo(right + 7, y);
    tip.lineTo(right, y - 5);
    tip.lineTo(right, y + 5);
    tip.closeSubpath();
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPath(tip);
}

/// From where a step ends to where the next one begins.
void WaterfallView::paintJoints(QPainter& painter, const MoneyAxis& axis) const
{
    const QRectF area = barArea();
    painter.setPen(QPen(m_theme.colors().muted, 1, Qt::DotLine));
    for (int i = 0; i < rowCount(); ++i) {
        const double total = m_rows[static_cast<std::size_t>(i)].to;
        if (axis.isBeyond(total)) continue;
        const double x = axis.x(total, area);
        painter.drawLine(QPointF(x, bar(i).bottom()), QPointF(x, bar(i + 1).top()));
    }
}

void WaterfallView::paintTotal(QPainter& painter, const MoneyAxis& axis) const
{
    const ThemeColors& colors = m_theme.colors();
    const Columns c = columns();
    const QRect place = row(rowCount());
    const QRectF solid = bar(rowCount());
    const QRectF area = barArea();
    painter.setPen(QPen(colors.border, 1));
    painter.drawLine(QPointF(0, place.top() + 0.5), QPointF(width(), place.top() + 0.5));
    painter.setPen(Qt::NoPen);
    painter.setBrush(over(colors.text, 0.5));
    painter.drawRoundedRect(solid, kRadius, kRadius);
    if (axis.scale() == MoneyScale::Logarithmic && m_total.value > 0) paintBreak(painter, solid);
    if (axis.isBeyond(m_total.value)) paintArrow(painter, solid, colors.text);
    if (m_total.range && !axis.isBeyond(m_total.range->first)) {
        const double low = axis.x(m_total.range->first, area);
        const double high = axis.x(m_total.range->second, area);
        const double y = solid.center().y();
        painter.setPen(QPen(colors.text, 1.5));
        painter.drawLine(QPointF(low, y), QPointF(high, y));
        for (const double x : {low, high}) painter.drawLine(QPointF(x, y - 5), QPointF(x, y + 5));
    }
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(colors.text);
    const int left = kGap / 2 + c.sign + kGap;
    painter.drawText(QRect(left, place.top(), c.title, place.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(bold).elidedText(m_total.title, Qt::ElideRight, c.title));
    painter.drawText(QRect(0, place.top(), width() - kGap / 2, place.height()), Qt::AlignRight | Qt::AlignVCenter,
                     m_total.amount);
    painter.setFont(font());
}

} // namespace triptych
