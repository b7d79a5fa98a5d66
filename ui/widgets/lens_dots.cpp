// Painted dots, their names where they do not touch.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lens_dots.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 8;
constexpr double kRadius = 5;
constexpr double kReach = 9; // px around a dot that a mouse may be off
constexpr int kMostRow = 130;

} // namespace

QColor lensFamilyColor(LensFamily family, const ThemeColors& colors)
{
    switch (family) {
    case LensFamily::Rent: return colors.headline;
    case LensFamily::Own: return colors.fullCost;
    case LensFamily::Purchase: return colors.good;
    case LensFamily::Wider: return colors.warning;
    case LensFamily::Claim: return colors.muted;
    }
    return colors.text;
}

void paintLensSign(QPainter& painter, LensFamily family, const QPointF& place, double radius, const QColor& color,
                   const QColor& ground, bool hollow)
{
    QPainterPath shape;
    const double r = radius;
    switch (family) {
    case LensFamily::Rent:
    case LensFamily::Claim: shape.addEllipse(place, r, r); break;
    case LensFamily::Own: shape.addRect(QRectF(place.x() - r * 0.88, place.y() - r * 0.88, r * 1.76, r * 1.76)); break;
    case LensFamily::Purchase:
        shape.moveTo(place + QPointF(0, -r * 1.25));
        for (const QPointF& p : {QPointF(r * 1.25, 0), QPointF(0, r * 1.25), QPointF(-r * 1.25, 0)})
            shape.lineTo(place + p);
        shape.closeSubpath();
        break;
    case LensFamily::Wider:
        shape.moveTo(place + QPointF(0, -r * 1.15));
        for (const QPointF& p : {QPointF(r * 1.15, r * 0.9), QPointF(-r * 1.15, r * 0.9)}) shape.lineTo(place + p);
        shape.closeSubpath();
        break;
    }
    painter.setPen(QPen(ground, 4)); // keeps those apart that touch
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(hollow ? ground : color);
    painter.drawPath(shape);
    if (family != LensFamily::Claim) return;
    const double d = r * 0.5;
    painter.drawLine(place + QPointF(-d, -d), place + QPointF(d, d));
    painter.drawLine(place + QPointF(-d, d), place + QPointF(d, -d));
}

LensDots::LensDots(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LensDots::setRows(std::vector<LensDotRow> rows)
{
    m_rows = std::move(rows);
    setCurrent(m_row, m_dot);
    updateGeometry();
    update();
}

void LensDots::setCurrency(const Currency& currency)
{
    m_currency = currency;
    update();
}

void LensDots::setEmphasis(std::optional<LensFamily> family)
{
    m_emphasis = family;
    update();
}

void LensDots::setCurrent(int row, int dot)
{
    m_row = std::clamp(row, 0, std::max(static_cast<int>(m_rows.size()) - 1, 0));
    const int dots = m_rows.empty() ? 0 : static_cast<int>(m_rows[static_cast<std::size_t>(m_row)].dots.size());
    m_dot = std::clamp(dot, 0, std::max(dots - 1, 0));
    describe();
    update();
}

void LensDots::describe()
{
    const auto row = static_cast<std::size_t>(m_row);
    const auto dot = static_cast<std::size_t>(m_dot);
    if (row >= m_rows.size() || dot >= m_rows[row].dots.size()) return;
    setAccessibleDescription(m_rows[row].model + QStringLiteral(", ") + m_rows[row].dots[dot].lens);
}

int LensDots::rowHeight() const
{
    const int least = fontMetrics().height() + QFontMetrics(smallFont(font())).height() + 10;
    const int count = std::max(static_cast<int>(m_rows.size()), 1);
    return std::clamp((height() - QFontMetrics(smallFont(font())).height() - 6) / count, least, kMostRow);
}

QSize LensDots::sizeHint() const
{
    return {640, minimumSizeHint().height() + 80};
}

QSize LensDots::minimumSizeHint() const
{
    const int small = QFontMetrics(smallFont(font())).height();
    return {240, static_cast<int>(m_rows.size()) * (fontMetrics().height() + small + 10) + small + 6};
}

QRectF LensDots::area() const
{
    int name = 0;
    int spread = 0;
    for (const LensDotRow& row : m_rows) {
        name = std::max(name, fontMetrics().horizontalAdvance(row.model));
        spread = std::max(spread, fontMetrics().horizontalAdvance(row.spread));
    }
    const double left = name + 2 * kGap;
    const double high = static_cast<double>(m_rows.size()) * rowHeight();
    return {left, 0, std::max(width() - left - spread - 2 * kGap, 40.0), high};
}

MoneyAxis LensDots::axis() const
{
    std::vector<double> values;
    for (const LensDotRow& row : m_rows)
        for (const LensDot& dot : row.dots) values.insert(values.end(), {dot.value, dot.low, dot.high});
    return {MoneyScale::Logarithmic, values};
}

QPointF LensDots::placeOf(int row, int dot) const
{
    const LensDot& d = m_rows[static_cast<std::size_t>(row)].dots[static_cast<std::size_t>(dot)];
    return {axis().x(d.value, area()), (row + 0.5) * rowHeight()};
}

QColor LensDots::colorOf(const LensDot& dot) const
{
    const ThemeColors& colors = m_theme.colors();
    return m_emphasis && *m_emphasis != dot.family ? colors.border : lensFamilyColor(dot.family, colors);
}

void LensDots::paintEvent(QPaintEvent*)
{
    if (m_rows.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    const MoneyAxis scale = axis();
    scale.paint(painter, area(), m_theme.colors(), m_currency);
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) paintRow(painter, i, scale);
}

void LensDots::paintRow(QPainter& painter, int index, const MoneyAxis& axis) const
{
    const ThemeColors& colors = m_theme.colors();
    const LensDotRow& row = m_rows[static_cast<std::size_t>(index)];
    const QRectF place(0, index * rowHeight(), width(), rowHeight());
    const QRectF bars = area();
    painter.setFont(font());
    painter.setPen(colors.text);
    painter.drawText(place.adjusted(kGap / 2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, row.model);
    painter.setPen(colors.muted);
    painter.drawText(place.adjusted(0, 0, -kGap / 2, 0), Qt::AlignRight | Qt::AlignVCenter, row.spread);
    if (row.dots.empty()) return;
    const double y = place.center().y();
    painter.setPen(QPen(colors.border, 2));
    painter.drawLine(QPointF(axis.x(row.dots.front().value, bars), y), QPointF(axis.x(row.dots.back().value, bars), y));
    for (const LensDot& dot : row.dots) // what the inputs' ranges do
        if (dot.high > dot.low) {
            painter.setPen(QPen(colorOf(dot), 1.5));
            painter.drawLine(QPointF(axis.x(dot.low, bars), y + kRadius + 2),
                             QPointF(axis.x(dot.high, bars), y + kRadius + 2));
        }
    for (const LensDot& dot : row.dots)
        paintLensSign(painter, dot.family, {axis.x(dot.value, bars), y}, kRadius, colorOf(dot), colors.card,
                      dot.claimed);
    if (index == m_row && hasFocus()) {
        painter.setPen(QPen(colors.mla, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(placeOf(m_row, m_dot), kRadius + 4, kRadius + 4);
    }
    paintNames(painter, index);
}

/// Below the dots, else above them, where they touch no other name; the amount alone where there is no more room.
void LensDots::paintNames(QPainter& painter, int index) const
{
    const ThemeColors& colors = m_theme.colors();
    const LensDotRow& row = m_rows[static_cast<std::size_t>(index)];
    painter.setFont(smallFont(font()));
    const QFontMetrics metrics(painter.font());
    double freeBelow = 0;
    double freeAbove = 0;
    for (std::size_t i = 0; i < row.dots.size(); ++i) {
        const LensDot& dot = row.dots[i];
        if (m_emphasis && *m_emphasis != dot.family) continue;
        const QPointF at = placeOf(index, static_cast<int>(i));
        for (const QString& text : {dot.lens, dot.amount}) {
            const double wide = metrics.horizontalAdvance(text);
            const double left = std::clamp(at.x() - wide / 2, 0.0, std::max(width() - wide, 0.0));
            const bool below = left > freeBelow;
            if (!below && left <= freeAbove) continue;
            (below ? freeBelow : freeAbove) = left + wide + kGap;
            const double top = below ? at.y() + kRadius + 4 : at.y() - kRadius - 3 - metrics.height();
            painter.setPen(colors.muted);
            painter.drawText(QPointF(left, top + metrics.ascent()), text);
            break;
        }
    }
}

std::optional<std::pair<int, int>> LensDots::dotAt(const QPoint& position) const
{
    const int row = position.y() < 0 ? -1 : position.y() / rowHeight();
    if (row < 0 || row >= static_cast<int>(m_rows.size())) return std::nullopt;
    std::optional<std::pair<int, int>> nearest;
    double best = kReach;
    for (int i = 0; i < static_cast<int>(m_rows[static_cast<std::size_t>(row)].dots.size()); ++i) {
        const double far = std::abs(placeOf(row, i).x() - position.x());
        if (far > best) continue;
        best = far;
        nearest = {row, i};
    }
    return nearest;
}

bool LensDots::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto at = dotAt(help->pos());
    QToolTip::showText(help->globalPos(),
                       at ? m_rows[static_cast<std::size_t>(at->first)].dots[static_cast<std::size_t>(at->second)].tip
                          : toolTip(),
                       this);
    return true;
}

void LensDots::mousePressEvent(QMouseEvent* event)
{
    const auto at = dotAt(event->pos());
    if (!at) return QWidget::mousePressEvent(event);
    setCurrent(at->first, at->second);
    emit dotChosen(m_row, m_dot);
}

void LensDots::keyPressEvent(QKeyEvent* event)
{
    const auto go = [this](int row, int dot) {
        setCurrent(row, dot);
        emit dotChosen(m_row, m_dot);
    };
    switch (event->key()) {
    case Qt::Key_Up: return go(m_row - 1, m_dot);
    case Qt::Key_Down: return go(m_row + 1, m_dot);
    case Qt::Key_Left: return go(m_row, m_dot - 1);
    case Qt::Key_Right: return go(m_row, m_dot + 1);
    case Qt::Key_Home: return go(0, 0);
    case Qt::Key_End: return go(static_cast<int>(m_rows.size()) - 1, 0);
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace triptych
