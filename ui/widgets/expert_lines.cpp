// Painting the lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/expert_lines.h"

#include "ui/plots/nice_numbers.h"
#include "ui/widgets/calm_limit.h"
#include "ui/widgets/gap_cross.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

constexpr double kNearMark = 4; // pixels

double leastTop(LineScale scale)
{
    switch (scale) {
    case LineScale::Ratio: return 2;
    case LineScale::Signed: return 0.01;
    case LineScale::Share: break;
    }
    return 1;
}

/// Where texts of a height want to be, moved apart as little as they must be, between two edges. Those that find no
/// room, the later ones first, get no-number.
std::vector<double> apart(const std::vector<double>& wanted, double height, double top, double bottom)
{
    const auto room = static_cast<std::size_t>(std::max((bottom - top) / height, 1.0));
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < wanted.size() && order.size() < room; ++i)
        if (std::isfinite(wanted[i])) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });
    std::vector<double> places(wanted.size(), std::nan(""));
    double least = top + height / 2;
    for (const std::size_t i : order) {
        places[i] = std::max(wanted[i], least);
        least = places[i] + height;
    }
    double most = bottom - height / 2;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        places[*i] = std::min(places[*i], most);
        most = places[*i] - height;
    }
    return places;
}

} // namespace

ExpertLines::ExpertLines(const Theme& theme, LineScale scale, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_scale(scale), m_top(leastTop(scale))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ExpertLines::minimumSizeHint() const
{
    const int line = QFontMetrics(smallFont(font())).height();
    return {160, (m_axis ? 6 : 5) * line};
}

void ExpertLines::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void ExpertLines::setNote(const QString& note)
{
    if (note == m_note) return;
    m_note = note;
    update();
}

void ExpertLines::setWidestLabel(const QString& label)
{
    if (label == m_widestLabel) return;
    m_widestLabel = label;
    update();
}

void ExpertLines::setAxisVisible(bool visible)
{
    m_axis = visible;
    updateGeometry();
    update();
}

void ExpertLines::setData(std::vector<std::int64_t> steps, std::vector<ExpertLine> lines)
{
    m_steps = std::move(steps);
    m_lines = std::move(lines);
    double furthest = 0;
    for (const ExpertLine& line : m_lines)
        for (const double value : line.values)
            if (std::isfinite(value)) furthest = std::max(furthest, std::abs(value));
    if (m_scale != LineScale::Share) m_top = calmLimit(furthest, m_top, leastTop(m_scale));
    describe();
    update();
}

void ExpertLines::setRange(std::int64_t first, std::int64_t last)
{
    m_range = std::pair(first, last);
    update();
}

std::int64_t ExpertLines::firstStep() const
{
    return m_range ? m_range->first : m_steps.empty() ? 0 : m_steps.front();
}

std::int64_t ExpertLines::lastStep() const
{
    return m_range ? m_range->second : m_steps.empty() ? 0 : m_steps.back();
}

void ExpertLines::setMarks(std::vector<LineMark> marks)
{
    m_marks = std::move(marks);
    update();
}

void ExpertLines::setMoment(std::optional<std::int64_t> step)
{
    if (step == m_moment) return;
    m_moment = step;
    describe();
    update();
}

void ExpertLines::describe()
{
    setAccessibleDescription(m_steps.empty() ? tr("nothing yet") : textAt(m_moment.value_or(m_steps.back())));
}

/// As wide whatever the lines are, so that charts above each other share their steps.
QRectF ExpertLines::plotArea() const
{
    const QFontMetricsF metrics(smallFont(font()));
    const double left = std::max(34.0, metrics.horizontalAdvance(QStringLiteral("+1,311")) + 8);
    const double right = std::max(metrics.horizontalAdvance(QStringLiteral("e255 ")),
                                  metrics.horizontalAdvance(m_widestLabel + QLatin1Char(' '))) +
                         10;
    return QRectF(rect()).adjusted(left, metrics.height() + 1, -right, m_axis ? -metrics.height() - 1 : -4);
}

double ExpertLines::xOf(double step) const
{
    const QRectF area = plotArea();
    const auto first = static_cast<double>(firstStep());
    const double span = static_cast<double>(lastStep()) - first;
    if (span <= 0) return area.right();
    return area.left() + (step - first) / span * area.width();
}

std::int64_t ExpertLines::stepAt(double x) const
{
    if (m_steps.empty()) return 0;
    const auto after = std::partition_point(m_steps.begin(), m_steps.end(),
                                            [&](std::int64_t step) { return xOf(static_cast<double>(step)) < x; });
    if (after == m_steps.begin()) return m_steps.front();
    if (after == m_steps.end()) return m_steps.back();
    const std::int64_t before = *(after - 1);
    return x - xOf(static_cast<double>(before)) <= xOf(static_cast<double>(*after)) - x ? before : *after;
}

double ExpertLines::yOf(double value) const
{
    const QRectF area = plotArea();
    const double low = m_scale == LineScale::Signed ? -m_top : 0;
    return area.bottom() - (value - low) / (m_top - low) * area.height();
}

QColor ExpertLines::colorOf(std::size_t line) const
{
    return m_theme.runColor(static_cast<int>(line));
}

QString ExpertLines::valueText(double value) const
{
    switch (m_scale) {
    case LineScale::Ratio: return fixedText(value, 2) + QStringLiteral(" ×");
    case LineScale::Signed: return fixedText(value, 4);
    case LineScale::Share: break;
    }
    return percentText(value);
}

QString ExpertLines::axisText(double value) const
{
    if (m_scale == LineScale::Share) return percentText(value, 0);
    const QString text = plainNumberText(std::abs(value));
    if (value < 0) return QChar(0x2212) + text;
    return value > 0 && m_scale == LineScale::Signed ? QLatin1Char('+') + text : text;
}

QString ExpertLines::textAt(std::int64_t step) const
{
    const auto after = std::upper_bound(m_steps.begin(), m_steps.end(), step);
    if (after == m_steps.begin()) return {};
    const auto place = static_cast<std::size_t>(after - m_steps.begin()) - 1;
    QStringList parts;
    for (const ExpertLine& line : m_lines)
        if (place < line.values.size())
            parts << (line.label.isEmpty() ? QString() : line.label + QLatin1Char(' ')) + valueText(line.values[place]);
    return tr("step %1: %2").arg(countText(m_steps[place]), parts.join(QStringLiteral(", ")));
}

void ExpertLines::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    painter.setPen(m_theme.colors().muted);
    const QFontMetricsF metrics(painter.font());
    QRectF head(plotArea().left(), 0, width() - plotArea().left(), metrics.height());
    painter.drawText(head, Qt::AlignRight | Qt::AlignTop, m_note);
    head.setWidth(std::max(head.width() - metrics.horizontalAdvance(m_note) - 8, 0.0));
    painter.drawText(head, Qt::AlignLeft | Qt::AlignTop, metrics.elidedText(m_title, Qt::ElideRight, head.width()));
    paintGround(painter);
    if (m_steps.empty()) return;
    paintSteps(painter);
    paintMarks(painter);
    for (std::size_t line = m_lines.size(); line-- > 0;) paintLine(painter, line);
    paintNames(painter);
    paintCursors(painter);
    if (!hasFocus()) return;
    painter.setPen(QPen(m_theme.colors().moe, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plotArea().adjusted(-1, -1, 1, 1));
}

void ExpertLines::paintGround(QPainter& painter) const
{
    const QRectF area = plotArea();
    const ThemeColors& colors = m_theme.colors();
    const double even = m_scale == LineScale::Signed ? 0 : 1;
    const double low = m_scale == LineScale::Signed ? -m_top : 0;
    const double height = QFontMetricsF(painter.font()).height();
    std::vector<double> values = {low, m_top};
    if (even != m_top) values.push_back(even);
    for (const double value : values) {
        const double y = yOf(value);
        painter.setPen(value == even && m_scale != LineScale::Share ? QPen(colors.muted, 1, Qt::DashLine)
                                                                    : QPen(colors.grid, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        const bool edge = value == low || value == m_top;
        if (!edge && std::min(area.bottom() - y, y - area.top()) < 0.8 * height) continue; // numbers would overlap
        painter.setPen(colors.muted);
        painter.drawText(QRectF(0, y - height / 2, area.left() - 5, height), Qt::AlignRight | Qt::AlignVCenter,
                         axisText(value));
    }
}

void ExpertLines::paintSteps(QPainter& painter) const
{
    const QRectF area = plotArea();
    const QFontMetricsF metrics(painter.font());
    const auto first = static_cast<double>(firstStep());
    const auto last = static_cast<double>(lastStep());
    if (last <= first) return;
    const double room = 2.5 * metrics.horizontalAdvance(countText(lastStep()));
    const double spacing = std::max(tickSpacing(last - first, std::max(static_cast<int>(area.width() / room), 1)), 1.0);
    for (double step = std::ceil(first / spacing) * spacing; step <= last; step += spacing) {
        const double x = xOf(step);
        painter.setPen(QPen(m_theme.colors().grid, 1));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        if (!m_axis) continue;
        const double half = metrics.horizontalAdvance(tickText(step, spacing)) / 2;
        if (x + half > width() - metrics.horizontalAdvance(tr("step")) - 4) continue; // the name stands there
        painter.setPen(m_theme.colors().muted);
        painter.drawText(QRectF(x - room, area.bottom() + 1, 2 * room, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, tickText(step, spacing));
    }
    if (!m_axis) return;
    painter.setPen(m_theme.colors().muted);
    painter.drawText(QRectF(area.right() + 4, area.bottom() + 1, width() - area.right() - 4, metrics.height()),
                     Qt::AlignRight | Qt::AlignTop, tr("step"));
}

void ExpertLines::paintMarks(QPainter& painter) const
{
    const QRectF area = plotArea();
    painter.setPen(QPen(m_theme.colors().warning, 1, Qt::DotLine));
    double last = -2;
    for (const LineMark& mark : m_marks) {
        const double x = std::floor(xOf(static_cast<double>(mark.step))) + 0.5; // sharp
        if (x < area.left() || x > area.right() + 1 || x - last < 1) continue;
        last = x;
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
}

void ExpertLines::paintLine(QPainter& painter, std::size_t line) const
{
    QPainterPath path;
    bool down = false;
    const std::vector<double>& values = m_lines[line].values;
    for (std::size_t i = 0; i < m_steps.size() && i < values.size(); ++i) {
        const bool number = std::isfinite(values[i]);
        const QPointF point(xOf(static_cast<double>(m_steps[i])), number ? yOf(values[i]) : 0);
        if (number && down)
            path.lineTo(point);
        else if (number)
            path.moveTo(point);
        down = number;
        if (!number) paintGapCross(painter, {point.x(), plotArea().bottom()}, m_theme.colors());
        if (number && m_steps.size() == 1) path.addEllipse(point, 1.5, 1.5);
    }
    // Colours come again after a few: the second time with gaps.
    const bool again = line >= static_cast<std::size_t>(Theme::kRunColors);
    painter.setPen(QPen(colorOf(line), line == 0 ? 2 : 1.25, again ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

void ExpertLines::paintNames(QPainter& painter) const
{
    const QRectF area = plotArea();
    std::vector<double> ends;
    for (const ExpertLine& line : m_lines) ends.push_back(line.values.empty() ? std::nan("") : yOf(line.values.back()));
    const double height = QFontMetricsF(painter.font()).height() - 2;
    const auto places = apart(ends, height, 0, area.bottom() + height / 2);
    for (std::size_t line = 0; line < places.size(); ++line) {
        if (!std::isfinite(places[line]) || m_lines[line].label.isEmpty()) continue;
        painter.setPen(QPen(colorOf(line), 1));
        painter.drawLine(QPointF(area.right(), ends[line]), QPointF(area.right() + 5, places[line]));
        QFont bold = smallFont(font());
        bold.setBold(line == 0 && m_lines.size() > 1);
        painter.setFont(bold);
        painter.drawText(QRectF(area.right() + 7, places[line] - height, width() - area.right() - 7, 2 * height),
                         Qt::AlignLeft | Qt::AlignVCenter, m_lines[line].label);
    }
    painter.setFont(smallFont(font()));
}

void ExpertLines::paintCursors(QPainter& painter) const
{
    const QRectF area = plotArea();
    const auto upright = [&](std::int64_t step, const QPen& pen) {
        const double x = xOf(static_cast<double>(step));
        if (x < area.left() - 1 || x > area.right() + 1) return;
        painter.setPen(pen);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    };
    if (m_cursor) upright(*m_cursor, QPen(m_theme.colors().muted, 1));
    if (m_moment) upright(*m_moment, QPen(m_theme.colors().text, 1.5));
}

bool ExpertLines::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_steps.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString text = textAt(stepAt(help->pos().x()));
    for (const LineMark& mark : m_marks)
        if (std::abs(xOf(static_cast<double>(mark.step)) - help->pos().x()) <= kNearMark)
            text += QLatin1Char('\n') + mark.text;
    text += QStringLiteral("\n\n") + toolTip();
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void ExpertLines::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_steps.empty()) emit stepChosen(stepAt(event->position().x()));
}

void ExpertLines::mouseMoveEvent(QMouseEvent* event)
{
    if (m_steps.empty()) return;
    m_cursor = stepAt(event->position().x());
    update();
    if (event->buttons() & Qt::LeftButton) emit stepChosen(*m_cursor);
}

void ExpertLines::leaveEvent(QEvent*)
{
    m_cursor.reset();
    update();
}

void ExpertLines::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) return QWidget::keyPressEvent(event);
    emit expertStepped(event->key() == Qt::Key_Left ? -1 : 1);
}

} // namespace triptych
