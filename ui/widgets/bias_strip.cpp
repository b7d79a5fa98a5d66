// Painting the dots, and moving them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bias_strip.h"

#include "ui/widgets/calm_limit.h"
#include "ui/widgets/number_text.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kReach = 8;         // pixels around a dot that take hold of it
constexpr double kFarthest = 100;    // as Trainer::set_expert_bias() has it
constexpr double kRoomForPushes = 5; // pixels for an expert, so that its arrow can be told from its neighbour's

bool has(const std::vector<int>& list, int expert)
{
    return std::find(list.begin(), list.end(), expert) != list.end();
}

/// To a two-hundredth of the axis: as fine as a hand is.
double rounded(double bias, double top)
{
    const double unit = std::pow(10, std::floor(std::log10(top / 20)));
    return std::clamp(std::round(bias / unit) * unit, -kFarthest, kFarthest);
}

} // namespace

BiasStrip::BiasStrip(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Bias of the experts of the chosen layer"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize BiasStrip::minimumSizeHint() const
{
    return {160, 7 * QFontMetrics(smallFont(font())).height()};
}

void BiasStrip::setData(std::vector<float> bias, std::vector<BiasPush> pushes)
{
    m_bias = std::move(bias);
    m_pushes = std::move(pushes);
    if (m_drag && m_drag->expert >= static_cast<int>(m_bias.size())) m_drag.reset();
    if (!m_drag) { // an axis that moves under the hand would move the dot
        double furthest = 0;
        for (const float b : m_bias) furthest = std::max(furthest, static_cast<double>(std::abs(b)));
        m_top = calmLimit(furthest, m_top, 0.01);
    }
    update();
}

void BiasStrip::setBias(int expert, double bias)
{
    if (static_cast<std::size_t>(expert) < m_bias.size())
        m_bias[static_cast<std::size_t>(expert)] = static_cast<float>(bias);
    update();
}

void BiasStrip::setSelected(std::vector<int> experts)
{
    m_selected = std::move(experts);
    update();
}

void BiasStrip::setOff(std::vector<int> experts)
{
    m_off = std::move(experts);
    update();
}

void BiasStrip::setRequested(std::map<int, double> requested)
{
    m_requested = std::move(requested);
    update();
}

void BiasStrip::setMovable(bool movable)
{
    m_movable = movable;
    if (!movable) m_drag.reset();
}

/// Its sides are those of the lines above it.
QRectF BiasStrip::plotArea() const
{
    const QFontMetricsF metrics(smallFont(font()));
    const double left = std::max(34.0, metrics.horizontalAdvance(QStringLiteral("+1,311")) + 8);
    return QRectF(rect()).adjusted(left, metrics.height() + 2, -6, -metrics.height());
}

QString BiasStrip::limitText() const
{
    return plainNumberText(m_top);
}

double BiasStrip::yOf(double bias) const
{
    const QRectF area = plotArea();
    return area.center().y() - std::clamp(bias / m_top, -1.1, 1.1) * area.height() / 2;
}

double BiasStrip::shown(int expert) const
{
    if (m_drag && m_drag->moved && m_drag->expert == expert) return m_drag->to;
    return static_cast<double>(m_bias[static_cast<std::size_t>(expert)]);
}

QPointF BiasStrip::placeOf(int expert) const
{
    const QRectF area = plotArea();
    const double slot = area.width() / static_cast<double>(std::max<std::size_t>(m_bias.size(), 1));
    return {area.left() + slot * (expert + 0.5), yOf(shown(expert))};
}

int BiasStrip::expertAt(double x) const
{
    const QRectF area = plotArea();
    const auto count = static_cast<int>(m_bias.size());
    return count == 0 ? -1 : std::clamp(static_cast<int>((x - area.left()) / area.width() * count), 0, count - 1);
}

void BiasStrip::paintEvent(QPaintEvent*)
{
    if (m_bias.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(smallFont(font()));
    const QRectF area = plotArea();
    paintScale(painter, area);
    const double slot = area.width() / static_cast<double>(m_bias.size());
    const double radius = std::clamp(slot / 3, 1.5, 4.0);
    for (int e = 0; e < static_cast<int>(m_bias.size()); ++e) {
        if (!has(m_selected, e)) paintDot(painter, e, radius);
        if (slot >= kRoomForPushes || has(m_selected, e)) paintPush(painter, e, std::min(slot / 3, 4.0));
    }
    for (auto e = m_selected.rbegin(); e != m_selected.rend(); ++e)
        if (*e < static_cast<int>(m_bias.size())) paintDot(painter, *e, std::max(radius, 3.5));
    painter.setBrush(Qt::NoBrush);
    for (const auto& [expert, bias] : m_requested) {
        if (expert >= static_cast<int>(m_bias.size())) continue;
        painter.setPen(QPen(m_theme.colors().warning, 1.5));
        painter.drawEllipse(QPointF(placeOf(expert).x(), yOf(bias)), 5, 5);
    }
    paintNumbers(painter, area);
    if (isDragging()) paintDragged(painter, area);
    if (!hasFocus()) return;
    painter.setPen(QPen(m_theme.colors().moe, 1));
    painter.drawRect(area.adjusted(-1, -1, 1, 1));
}

void BiasStrip::paintScale(QPainter& painter, const QRectF& area) const
{
    const ThemeColors& colors = m_theme.colors();
    const double height = QFontMetricsF(painter.font()).height();
    painter.setPen(QPen(colors.grid, 1));
    for (const double y : {area.top(), area.bottom()}) painter.drawLine(QPointF(area.left(), y), {area.right(), y});
    painter.setPen(QPen(colors.muted, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()));
    painter.setPen(colors.muted);
    const auto number = [&](double y, const QString& text) {
        painter.drawText(QRectF(0, y - height / 2, area.left() - 5, height), Qt::AlignRight | Qt::AlignVCenter, text);
    };
    const QString limit = limitText();
    number(area.top(), QLatin1Char('+') + limit);
    if (area.height() > 2.4 * height) number(area.center().y(), QStringLiteral("0"));
    number(area.bottom(), QChar(0x2212) + limit);
    const QRectF head(area.left(), 0, width() - area.left(), height);
    painter.drawText(
        head, Qt::AlignLeft | Qt::AlignTop,
        QFontMetricsF(painter.font())
            .elidedText(tr("bias of all experts; arrows: where γ moves it next"), Qt::ElideRight, head.width()));
}

void BiasStrip::paintDot(QPainter& painter, int expert, double radius) const
{
    const QPointF place = placeOf(expert);
    const auto chosen = std::find(m_selected.begin(), m_selected.end(), expert);
    const bool selected = chosen != m_selected.end();
    const ThemeColors& colors = m_theme.colors();
    if (selected && chosen == m_selected.begin()) {
        painter.setPen(QPen(colors.muted, 1));
        painter.drawLine(QPointF(place.x(), plotArea().top()), QPointF(place.x(), plotArea().bottom()));
    }
    if (has(m_off, expert)) {
        painter.setPen(QPen(colors.muted, 1.5));
        painter.drawLine(place - QPointF(radius, radius), place + QPointF(radius, radius));
        painter.drawLine(place - QPointF(radius, -radius), place + QPointF(radius, -radius));
        return;
    }
    painter.setPen(selected ? QPen(colors.card, 1) : QPen(Qt::NoPen));
    painter.setBrush(selected ? m_theme.runColor(static_cast<int>(chosen - m_selected.begin())) : colors.moe);
    painter.drawEllipse(place, radius, radius);
}

/// Beside the dot, on the side that it will move to.
void BiasStrip::paintPush(QPainter& painter, int expert, double half) const
{
    const auto e = static_cast<std::size_t>(expert);
    if (e >= m_pushes.size() || m_pushes[e] == BiasPush::None || has(m_off, expert)) return;
    half = std::max(half, 2.0);
    const double up = m_pushes[e] == BiasPush::Up ? -1 : 1;
    const QPointF tip = placeOf(expert) + QPointF(0, up * (7 + half));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colors().muted);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(-half, -up * half), tip + QPointF(half, -up * half)}));
}

void BiasStrip::paintNumbers(QPainter& painter, const QRectF& area) const
{
    const QFontMetricsF metrics(painter.font());
    const auto count = static_cast<int>(m_bias.size());
    const double room = metrics.horizontalAdvance(QString::number(count - 1)) + 6;
    const double slot = area.width() / count;
    int stride = 1;
    while (stride * slot < room && stride < count) stride *= 2;
    const int chosen = m_selected.empty() ? -1 : m_selected.front();
    const auto draw = [&](int e, const QColor& color) {
        painter.setPen(color);
        painter.drawText(QRectF(area.left() + slot * (e + 0.5) - room, area.bottom() + 1, 2 * room, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, QString::number(e));
    };
    for (int e = 0; e < count; e += stride)
        if (chosen < 0 || std::abs(e - chosen) * slot >= room) draw(e, m_theme.colors().muted);
    if (chosen >= 0 && chosen < count) draw(chosen, m_theme.colors().text);
}

/// Where the hand has the dot, in numbers beside it.
void BiasStrip::paintDragged(QPainter& painter, const QRectF& area) const
{
    const QString text = fixedText(m_drag->to, 4);
    const QFontMetricsF metrics(painter.font());
    QRectF box(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height());
    const QPointF place = placeOf(m_drag->expert);
    const bool left = place.x() + 10 + box.width() > area.right();
    box.moveTopLeft({left ? place.x() - 10 - box.width() : place.x() + 10, place.y() - box.height() / 2});
    painter.setPen(QPen(m_theme.colors().border, 1));
    painter.setBrush(m_theme.colors().card);
    painter.drawRect(box);
    painter.setPen(m_theme.colors().text);
    painter.drawText(box, Qt::AlignCenter, text);
}

bool BiasStrip::isNear(int expert, const QPointF& position) const
{
    const QPointF away = placeOf(expert) - position;
    return std::hypot(away.x(), away.y()) <= kReach;
}

void BiasStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_bias.empty()) return;
    // Where dots are close the chosen one is meant.
    const bool chosen = !m_selected.empty() && m_selected.front() < static_cast<int>(m_bias.size()) &&
                        isNear(m_selected.front(), event->position());
    const int expert = chosen ? m_selected.front() : expertAt(event->position().x());
    emit expertChosen(expert);
    if (!m_movable || !isNear(expert, event->position())) return;
    const double from = shown(expert);
    m_drag = Drag{expert, from, event->position().y(), from};
}

void BiasStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_drag) {
        if (const int expert = expertAt(event->position().x()); expert >= 0) {
            setCursor(m_movable && isNear(expert, event->position()) ? Qt::SizeVerCursor : Qt::ArrowCursor);
        }
        return;
    }
    const double way = event->position().y() - m_drag->y;
    if (!m_drag->moved && std::abs(way) < QApplication::startDragDistance() / 3.0) return;
    m_drag->moved = true;
    m_drag->to = rounded(m_drag->from - 2 * way / plotArea().height() * m_top, m_top);
    emit dragged(m_drag->expert, m_drag->to);
    update();
}

void BiasStrip::mouseReleaseEvent(QMouseEvent*)
{
    const auto drag = std::exchange(m_drag, std::nullopt);
    if (drag && drag->moved) emit dropped(drag->expert, drag->to);
    update();
}

bool BiasStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_bias.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textOf(expertAt(help->pos().x())), this);
    return true;
}

QString BiasStrip::textOf(int expert) const
{
    const auto e = static_cast<std::size_t>(expert);
    QString text = tr("Expert %1: bias %2").arg(countText(expert), fixedText(static_cast<double>(m_bias[e]), 4));
    if (has(m_off, expert))
        text += tr("; switched off, the bias rests");
    else if (e < m_pushes.size() && m_pushes[e] != BiasPush::None)
        text += m_pushes[e] == BiasPush::Up ? tr("; fewer tokens than the mean, γ moves it up")
                                            : tr("; more tokens than the mean, γ moves it down");
    if (const auto asked = m_requested.find(expert); asked != m_requested.end())
        text += tr("; %1 is requested").arg(fixedText(asked->second, 4));
    return text + QLatin1Char('\n') + toolTip();
}

void BiasStrip::keyPressEvent(QKeyEvent* event)
{
    const auto last = static_cast<int>(m_bias.size()) - 1;
    const int now = m_selected.empty() ? -1 : m_selected.front();
    switch (event->key()) {
    case Qt::Key_Left: return emit expertChosen(std::max(now - 1, 0));
    case Qt::Key_Right: return emit expertChosen(std::min(now + 1, last));
    case Qt::Key_Home: return emit expertChosen(0);
    case Qt::Key_End: return emit expertChosen(last);
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace triptych
