// Painting the curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/log_chart.h"

#include "ui/plots/nice_numbers.h"
#include "ui/widgets/gap_cross.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr int kGap = 4;
constexpr int kLegendLine = 14; // px of a line before its name
constexpr double kTickHeight = 48;
constexpr double kTickWidth = 44;

} // namespace

double LogChart::Range::share(double value) const
{
    return std::log(value / lower) / std::log(upper / lower);
}

std::vector<double> LogChart::Range::ticks(int most) const
{
    return logarithmicTicks(lower, upper, most);
}

bool LogChart::canBeDrawn(const QPointF& point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y()) && point.x() > 0 && point.y() > 0;
}

LogChart::LogChart(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    m_xText = m_yText = [](double value) { return QLocale().toString(value, 'g', 4); };
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LogChart::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void LogChart::setXName(const QString& name)
{
    m_xName = name;
    update();
}

void LogChart::setTexts(std::function<QString(double)> x, std::function<QString(double)> y)
{
    m_xText = std::move(x);
    m_yText = std::move(y);
    update();
}

void LogChart::setLines(std::vector<ChartLine> lines)
{
    m_lines = std::move(lines);
    findRanges();
    const std::vector<double> all = places();
    if (m_cursor && std::find(all.begin(), all.end(), *m_cursor) == all.end()) m_cursor.reset();
    describe();
    update();
}

void LogChart::setEmptyText(const QString& text)
{
    m_empty = text;
    update();
}

void LogChart::findRanges()
{
    constexpr double kFar = std::numeric_limits<double>::infinity();
    m_any = false;
    m_x.lower = m_y.lower = kFar;
    m_x.upper = m_y.upper = -kFar;
    for (const ChartLine& line : m_lines)
        for (const QPointF& p : line.points) {
            if (!canBeDrawn(p)) continue;
            m_any = true;
            m_x.lower = std::min(m_x.lower, p.x());
            m_x.upper = std::max(m_x.upper, p.x());
            m_y.lower = std::min(m_y.lower, p.y());
            m_y.upper = std::max(m_y.upper, p.y());
        }
    if (!m_any) return;
    for (Range* range : {&m_x, &m_y}) // a single point has room around it
        if (!(range->upper > range->lower)) range->upper = range->lower * 2;
}

/// Where the longest line has points.
std::vector<double> LogChart::places() const
{
    std::vector<double> result;
    for (const ChartLine& line : m_lines) {
        if (line.points.size() <= result.size()) continue;
        result.clear();
        for (const QPointF& p : line.points) result.push_back(p.x());
    }
    return result;
}

QRectF LogChart::area() const
{
    const QFontMetrics metrics(smallFont(font()));
    int wide = metrics.horizontalAdvance(QStringLiteral("0"));
    if (m_any)
        for (const double tick : m_y.ticks(4)) wide = std::max(wide, metrics.horizontalAdvance(m_yText(tick)));
    const int line = metrics.height();
    return QRectF(rect()).adjusted(wide + kGap + 2, 2 * line + kGap, -8, -line - kGap);
}

QPointF LogChart::placeOf(double x, double y) const
{
    const QRectF place = area();
    return {place.left() + m_x.share(x) * place.width(), place.bottom() - m_y.share(y) * place.height()};
}

void LogChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    painter.setPen(m_theme.colors().muted);
    const QFontMetrics metrics(smallFont(font()));
    painter.drawText(QRect(0, 0, width(), metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_title, Qt::ElideRight, width()));
    if (!m_any) {
        painter.drawText(rect().adjusted(8, metrics.height(), -8, 0), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    paintAxes(painter);
    paintLegend(painter);
    for (const ChartLine& line : m_lines) paintLine(painter, line);
    paintCursor(painter);
}

void LogChart::paintCursor(QPainter& painter) const
{
    if (!hasFocus()) return;
    const QRectF place = area();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.colors().text, 1));
    painter.drawRect(place.adjusted(-1, -1, 1, 1));
    if (!m_cursor) return;
    const double x = placeOf(*m_cursor, m_y.lower).x();
    painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
}

void LogChart::describe()
{
    const std::vector<double> all = places();
    const double x = m_cursor.value_or(all.empty() ? 1 : all.back());
    setAccessibleDescription(m_any ? readingAt(placeOf(x, m_y.lower).toPoint()) : m_empty);
}

void LogChart::keyPressEvent(QKeyEvent* event)
{
    const std::vector<double> all = places();
    const int last = static_cast<int>(all.size()) - 1;
    const auto at = m_cursor ? static_cast<int>(std::find(all.begin(), all.end(), *m_cursor) - all.begin()) : -1;
    int to = at;
    switch (event->key()) {
    case Qt::Key_Left: to = at < 0 ? last : at - 1; break;
    case Qt::Key_Right: to = at + 1; break;
    case Qt::Key_Home: to = 0; break;
    case Qt::Key_End: to = last; break;
    case Qt::Key_Escape:
        if (at < 0) return QWidget::keyPressEvent(event);
        m_cursor.reset();
        QToolTip::hideText();
        describe();
        return update();
    default: return QWidget::keyPressEvent(event);
    }
    if (!m_any || last < 0) return;
    m_cursor = all[static_cast<std::size_t>(std::clamp(to, 0, last))];
    const QPointF place(placeOf(*m_cursor, m_y.lower).x(), area().center().y());
    QToolTip::showText(mapToGlobal(place.toPoint()), readingAt(place.toPoint()), this);
    describe();
    update();
}

void LogChart::paintAxes(QPainter& painter) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF place = area();
    const QFontMetrics metrics(smallFont(font()));
    const auto level = [&](double value) { return place.bottom() - m_y.share(value) * place.height(); };
    for (const double tick : m_y.ticks(std::max(2, static_cast<int>(place.height() / kTickHeight)))) {
        painter.setPen(QPen(colors.grid, 1));
        painter.drawLine(QPointF(place.left(), level(tick)), QPointF(place.right(), level(tick)));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(0, level(tick) - 10, place.left() - kGap, 20), Qt::AlignRight | Qt::AlignVCenter,
                         m_yText(tick));
    }
    const double floor = place.bottom() + 2;
    const int nameWidth = metrics.horizontalAdvance(m_xName) + kGap;
    double free = -kTickWidth; // from here on there is room
    for (const double tick : places()) {
        const double x = place.left() + m_x.share(tick) * place.width();
        // The name of the axis stands at its end.
        if (x - kTickWidth / 2 < free || x + kTickWidth / 2 > width() - nameWidth) continue;
        free = x + kTickWidth / 2;
        painter.drawText(QRectF(x - kTickWidth / 2, floor, kTickWidth, metrics.height()), Qt::AlignCenter,
                         m_xText(tick));
    }
    painter.drawText(QRectF(0, floor, width(), metrics.height()), Qt::AlignRight | Qt::AlignVCenter, m_xName);
}

void LogChart::paintLine(QPainter& painter, const ChartLine& line) const
{
    const QColor color = m_theme.colors().*line.color;
    QPainterPath path;
    bool drawing = false;
    for (const QPointF& p : line.points) {
        const bool there = canBeDrawn(p);
        if (!there && p.x() > 0) paintGapCross(painter, {placeOf(p.x(), 1).x(), area().bottom()}, m_theme.colors());
        if (there && drawing)
            path.lineTo(placeOf(p.x(), p.y()));
        else if (there)
            path.moveTo(placeOf(p.x(), p.y()));
        drawing = there;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, line.name.isEmpty() ? 1 : 1.8, line.style));
    painter.drawPath(path);
    // A single point is no line, but it was measured.
    if (!line.dots && line.points.size() > 1) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (const QPointF& p : line.points)
        if (canBeDrawn(p)) painter.drawEllipse(placeOf(p.x(), p.y()), 2.5, 2.5);
}

void LogChart::paintLegend(QPainter& painter) const
{
    const QFontMetrics metrics(smallFont(font()));
    const int line = metrics.height();
    double x = area().left();
    for (const ChartLine& each : m_lines) {
        if (each.name.isEmpty()) continue;
        painter.setPen(QPen(m_theme.colors().*each.color, 2, each.style));
        painter.drawLine(QPointF(x, 1.5 * line), QPointF(x + kLegendLine, 1.5 * line));
        painter.setPen(m_theme.colors().text);
        const QRectF room(x + kLegendLine + kGap, line, width() - x - kLegendLine - kGap, line);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(each.name, Qt::ElideRight, static_cast<int>(room.width())));
        x += kLegendLine + 3 * kGap + metrics.horizontalAdvance(each.name);
    }
}

QString LogChart::readingAt(const QPoint& at) const
{
    if (!m_any) return {};
    double best = std::numeric_limits<double>::infinity();
    double x = 0;
    for (const ChartLine& line : m_lines)
        for (const QPointF& p : line.points) {
            if (line.name.isEmpty() || !canBeDrawn(p)) continue;
            const double distance = std::abs(placeOf(p.x(), p.y()).x() - at.x());
            if (distance >= best) continue;
            best = distance;
            x = p.x();
        }
    if (!std::isfinite(best)) return {};
    QStringList lines = {tr("%1 %2", "name of the axis and a value on it").arg(m_xName, m_xText(x))};
    for (const ChartLine& line : m_lines)
        for (const QPointF& p : line.points)
            if (!line.name.isEmpty() && p.x() == x && canBeDrawn(p))
                lines.push_back(tr("%1: %2", "a curve and its value").arg(line.name, m_yText(p.y())));
    return lines.join(QLatin1Char('\n'));
}

bool LogChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const bool above = help->pos().y() < area().top(); // the title explains, the curves tell values
    const QString reading = above ? QString() : readingAt(help->pos());
    QToolTip::showText(help->globalPos(), reading.isEmpty() ? toolTip() : reading, this);
    return true;
}

} // namespace triptych
