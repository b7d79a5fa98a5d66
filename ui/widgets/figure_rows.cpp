// Painting rows of figures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/figure_rows.h"

#include "ui/widgets/gap_cross.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPolygonF>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 12;
constexpr int kLeastFigure = 40; // px of a bar or curve

bool hasBars(const FigureRow& row)
{
    return std::any_of(row.shares.begin(), row.shares.end(), [](double share) { return std::isfinite(share); });
}

} // namespace

FigureRows::FigureRows(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FigureRows::setTitles(const QString& name, const QStringList& numbers)
{
    m_nameTitle = name;
    m_titles = numbers;
}

void FigureRows::setRows(std::vector<FigureRow> rows)
{
    const bool taller = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    QPolygonF all;
    QPolygonF shared;
    for (const FigureRow& row : m_rows)
        for (const QPointF& point : row.curve)
            if (std::isfinite(point.y())) (row.ownHeight ? all : shared) << point;
    m_scale = shared.boundingRect();
    all << shared;
    const QRectF steps = all.boundingRect();
    m_scale.setLeft(steps.left());
    m_scale.setRight(steps.right());
    QStringList lines;
    for (const FigureRow& row : m_rows)
        lines << row.name + QStringLiteral(": ") + row.numbers.join(QStringLiteral(", "));
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    if (taller) updateGeometry();
    update();
}

int FigureRows::nameWidth() const
{
    int width = fontMetrics().horizontalAdvance(m_nameTitle);
    for (const FigureRow& row : m_rows) width = std::max(width, fontMetrics().horizontalAdvance(row.name));
    const bool drawn = std::any_of(m_rows.begin(), m_rows.end(),
                                   [](const FigureRow& row) { return !row.curve.empty() || hasBars(row); });
    return std::min(width + 1, drawn ? this->width() / 3 : this->width() - numbersWidth()); // 1: rounded by who paints
}

int FigureRows::numberWidth(int column) const
{
    int width = fontMetrics().horizontalAdvance(m_titles[column]);
    for (const FigureRow& row : m_rows)
        width = std::max(width, fontMetrics().horizontalAdvance(row.numbers.value(column)));
    return width;
}

int FigureRows::numbersWidth() const
{
    int width = 0;
    for (int column = 0; column < m_titles.size(); ++column) width += kGap + numberWidth(column);
    return width;
}

QSize FigureRows::sizeHint() const
{
    return {320, rowHeight() * (1 + std::max(1, static_cast<int>(m_rows.size())))};
}

QSize FigureRows::minimumSizeHint() const
{
    return {numbersWidth() + 60 + kLeastFigure, sizeHint().height()};
}

QRect FigureRows::figureRect(int row) const
{
    const int left = nameWidth() + kGap;
    return {left, rowHeight() * (row + 1) + 2, std::max(width() - left - numbersWidth(), 0), rowHeight() - 4};
}

QRectF FigureRows::scaleOf(const FigureRow& row) const
{
    if (!row.ownHeight) return m_scale;
    double largest = 0;
    for (const QPointF& point : row.curve)
        if (std::isfinite(point.y())) largest = std::max(largest, point.y());
    return {m_scale.left(), 0, m_scale.width(), largest > 0 ? largest : 1};
}

void FigureRows::paintCurve(QPainter& painter, const FigureRow& row, const QRectF& place) const
{
    const QRectF scale = scaleOf(row);
    const auto along = [](double value, double from, double size) { return size > 0 ? (value - from) / size : 1; };
    const QPen pen(m_theme.colors().*m_accent, 1.4);
    QPolygonF line;
    const auto draw = [&] {
        painter.setPen(pen);
        painter.drawPolyline(line);
        line.clear();
    };
    for (const QPointF& point : row.curve) {
        const double x = place.left() + along(point.x(), scale.left(), scale.width()) * place.width();
        if (std::isfinite(point.y())) {
            line << QPointF(x, place.bottom() - along(point.y(), scale.top(), scale.height()) * place.height());
        } else {
            draw();
            paintGapCross(painter, {x, place.bottom()}, m_theme.colors());
        }
    }
    draw();
}

void FigureRows::paintBars(QPainter& painter, const FigureRow& row, const QRectF& place) const
{
    painter.fillRect(place, m_theme.colors().field);
    const double height = place.height() / static_cast<double>(row.shares.size());
    for (std::size_t i = 0; i < row.shares.size(); ++i) {
        const double share = row.shares[i];
        if (!std::isfinite(share)) continue;
        QColor color = m_theme.colors().*m_accent;
        color.setAlphaF(1.0F / static_cast<float>(1 + i));
        const double length = std::max(1.0, place.width() * std::clamp(share, 0.0, 1.0));
        painter.fillRect(QRectF(place.left(), place.top() + height * static_cast<double>(i), length, height), color);
    }
}

void FigureRows::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors& colors = m_theme.colors();
    const QFontMetrics metrics = fontMetrics();
    const auto numbers = [&](const QStringList& texts, int top, const QColor& color) {
        int right = width();
        for (int column = static_cast<int>(m_titles.size()) - 1; column >= 0; --column) {
            const int own = numberWidth(column);
            painter.setPen(color);
            painter.drawText(QRect(right - own, top, own, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                             texts.value(column));
            right -= own + kGap;
        }
    };
    painter.setPen(colors.muted);
    painter.drawText(QRect(0, 0, width() - numbersWidth(), rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, m_nameTitle);
    numbers(m_titles, 0, colors.muted);
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
        const FigureRow& row = m_rows[static_cast<std::size_t>(i)];
        const int top = rowHeight() * (i + 1);
        painter.setPen(colors.text);
        painter.drawText(QRect(0, top, nameWidth(), rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(row.name, Qt::ElideRight, nameWidth()));
        numbers(row.numbers, top, colors.text);
        const QRect figure = figureRect(i);
        if (!row.curve.empty()) {
            paintCurve(painter, row, QRectF(figure).adjusted(0, 1, 0, -1));
        } else if (hasBars(row)) {
            paintBars(painter, row, QRectF(figure).adjusted(0, 2, 0, -2));
        }
    }
}

bool FigureRows::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = help->pos().y() / rowHeight() - 1;
    const bool there = row >= 0 && row < static_cast<int>(m_rows.size());
    QToolTip::showText(help->globalPos(), there ? m_rows[static_cast<std::size_t>(row)].explanation : toolTip(), this);
    return true;
}

} // namespace triptych
