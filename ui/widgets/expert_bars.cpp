// Painting the bars.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/expert_bars.h"

#include "ui/theme/color_maps.h"
#include "ui/widgets/calm_limit.h"
#include "ui/widgets/number_text.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kBiasHeight = 0.3; // of the whole
constexpr double kBelow = 2;        // pixels below the numbers of experts

/// Pixels of height for two numbers, one above the other: digits have no descent.
double roomForTwo(const QWidget& bars)
{
    return 2 * QFontMetricsF(smallFont(bars.font())).ascent();
}

/// Pixels for the numbers at either side: they grow with the type.
double scaleWidth(const QWidget& bars)
{
    return std::max(34.0, 2.5 * bars.fontMetrics().height());
}

} // namespace

ExpertBars::ExpertBars(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Load and bias of the experts of the chosen layer"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExpertBars::setData(std::vector<float> ratio, std::vector<float> bias, int first)
{
    m_ratio = std::move(ratio);
    m_bias = std::move(bias);
    m_first = first;
    float highest = 0;
    for (const float r : m_ratio) highest = std::max(highest, r);
    float furthest = 0;
    for (const float b : m_bias) furthest = std::max(furthest, std::abs(b));
    m_top = calmLimit(static_cast<double>(highest), m_top, 2);
    m_biasTop = calmLimit(static_cast<double>(furthest), m_biasTop, 0.01);
    update();
}

void ExpertBars::setSelected(std::vector<int> experts)
{
    if (experts.empty() || m_selected.empty() || experts.front() != m_selected.front()) m_end = -1;
    m_selected = std::move(experts);
    update();
}

void ExpertBars::setOff(std::vector<int> experts)
{
    m_off = std::move(experts);
    update();
}

QRectF ExpertBars::slotOf(std::size_t place, const QRectF& area) const
{
    const double width = area.width() / static_cast<double>(m_ratio.size());
    return {area.left() + width * static_cast<double>(place), area.top(), width, area.height()};
}

QRectF ExpertBars::plotArea() const
{
    return QRectF(rect()).adjusted(scaleWidth(*this), 4, -scaleWidth(*this),
                                   -QFontMetricsF(smallFont(font())).height() - kBelow);
}

void ExpertBars::paintEvent(QPaintEvent*)
{
    if (m_ratio.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF loads = plotArea();
    if (!m_bias.empty()) {
        QRectF biases = loads;
        biases.setTop(loads.bottom() - kBiasHeight * loads.height() + 4);
        loads.setBottom(biases.top() - 4);
        paintBias(painter, biases);
    }
    paintBars(painter, loads);
    paintScale(painter, loads);
    paintNumbers(painter, plotArea());
}

void ExpertBars::paintBars(QPainter& painter, const QRectF& area) const
{
    const auto map = divergingMap(m_theme.colors());
    const auto has = [](const std::vector<int>& list, int expert) {
        return std::find(list.begin(), list.end(), expert) != list.end();
    };
    for (std::size_t e = 0; e < m_ratio.size(); ++e) {
        const QRectF slot = slotOf(e, area);
        const double width = slot.width() > 3 ? slot.width() - 1 : slot.width();
        const auto r = static_cast<double>(m_ratio[e]);
        const double height = std::min(r / m_top, 1.0) * area.height();
        QColor color = colorAt(map, ratioPosition(r));
        // A fair load is the colour of the ground; as a bar it must be seen.
        if (std::abs(ratioPosition(r) - 0.5) < 0.15) color = m_theme.colors().muted;
        painter.fillRect(QRectF(slot.left(), area.bottom() - height, width, height), color);
        const int expert = m_first + static_cast<int>(e);
        if (has(m_off, expert)) paintCross(painter, slot);
        if (!has(m_selected, expert)) continue;
        const bool first = m_selected.front() == expert;
        painter.setPen(first ? QPen(m_theme.colors().text, 1.5) : QPen(m_theme.colors().muted, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(slot.left(), area.top(), width, area.height()));
    }
    const double even = area.bottom() - area.height() / m_top;
    painter.setPen(QPen(m_theme.colors().text, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), even), QPointF(area.right(), even));
}

void ExpertBars::paintCross(QPainter& painter, const QRectF& slot) const
{
    const double half = std::clamp(slot.width() - 3, 4.0, 10.0) / 2;
    const QPointF centre(slot.center().x(), slot.bottom() - half - 2);
    for (const QPen& pen : {QPen(m_theme.colors().card, 3), QPen(m_theme.colors().text, 1.25)}) {
        painter.setPen(pen);
        painter.drawLine(centre - QPointF(half, half), centre + QPointF(half, half));
        painter.drawLine(centre - QPointF(half, -half), centre + QPointF(half, -half));
    }
}

void ExpertBars::paintNumbers(QPainter& painter, const QRectF& area) const
{
    painter.setFont(smallFont(font()));
    const QFontMetricsF metrics(painter.font());
    const auto count = static_cast<int>(m_ratio.size());
    const double room = metrics.horizontalAdvance(QString::number(last())) + 5;
    const double width = area.width() / count;
    int stride = 1;
    for (const int nice : {1, 2, 4, 8, 16, 32, 64, 128, 256})
        if (stride = nice; nice * width >= room) break;
    const int chosen = m_selected.empty() ? -1 : m_selected.front();
    const auto draw = [&](int e, const QColor& color) {
        painter.setPen(color);
        const double x = area.left() + width * (e - m_first + 0.5);
        painter.drawText(QRectF(x - room, area.bottom() + 1, 2 * room, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, QString::number(e));
    };
    for (int e = m_first; e <= last(); e += stride)
        if (chosen < 0 || e == chosen || std::abs(e - chosen) * width >= room) draw(e, m_theme.colors().muted);
    if (chosen >= m_first && chosen <= last()) draw(chosen, m_theme.colors().text);
}

/// Two digits that count, and never a power of ten: it would be cut.
QString ExpertBars::biasLimitText() const
{
    return fixedText(m_biasTop, m_biasTop < 0.995 ? 2 : m_biasTop < 9.95 ? 1 : 0);
}

void ExpertBars::paintBias(QPainter& painter, const QRectF& area) const
{
    painter.setPen(QPen(m_theme.colors().grid, 1));
    painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colors().moe);
    const double slot = area.width() / static_cast<double>(m_ratio.size());
    const double radius = std::clamp(slot / 3, 1.0, 3.0);
    for (std::size_t e = 0; e < m_bias.size(); ++e) {
        const double y = area.center().y() - static_cast<double>(m_bias[e]) / m_biasTop * area.height() / 2;
        painter.drawEllipse(QPointF(area.left() + slot * (static_cast<double>(e) + 0.5), y), radius, radius);
    }
    painter.setPen(m_theme.colors().muted);
    painter.setFont(smallFont(font()));
    const QRectF right(area.right() + 2, area.top() - 3, scaleWidth(*this), area.height() + 6);
    const QString limit = biasLimitText();
    if (area.height() + 6 < roomForTwo(*this)) { // two numbers would lie over each other
        painter.drawText(right, Qt::AlignLeft | Qt::AlignVCenter, QChar(0x00b1) + limit);
    } else {
        painter.drawText(right, Qt::AlignLeft | Qt::AlignTop, QLatin1Char('+') + limit);
        painter.drawText(right, Qt::AlignLeft | Qt::AlignBottom, QChar(0x2212) + limit);
    }
    painter.drawText(QRectF(0, area.top(), scaleWidth(*this) - 5, area.height()), Qt::AlignRight | Qt::AlignVCenter,
                     tr("bias"));
}

void ExpertBars::paintScale(QPainter& painter, const QRectF& area) const
{
    painter.setPen(m_theme.colors().muted);
    painter.setFont(smallFont(font()));
    for (const double value : {0.0, 1.0, m_top}) {
        if (value == 0 && area.height() / m_top < roomForTwo(*this) / 2) continue; // it would lie over the 1
        const double y = area.bottom() - value / m_top * area.height();
        painter.drawText(QRectF(0, std::max(y - 8, 0.0), scaleWidth(*this) - 5, 16), Qt::AlignRight | Qt::AlignVCenter,
                         fixedText(value, 0));
    }
}

int ExpertBars::expertAt(const QPointF& position) const
{
    const QRectF area = plotArea();
    if (m_ratio.empty() || position.x() < area.left() || position.x() >= area.right()) return -1;
    return m_first +
           static_cast<int>((position.x() - area.left()) / area.width() * static_cast<double>(m_ratio.size()));
}

void ExpertBars::brushTo(int expert)
{
    expert = std::clamp(expert, std::max(m_anchor - m_reach, m_first), std::min(m_anchor + m_reach, last()));
    if (m_anchor < 0 || expert == (m_end < 0 ? m_anchor : m_end)) return;
    emit brushed(m_anchor, expert);
    m_end = expert; // last: whoever hears it may choose the anchor, which forgets the end
}

void ExpertBars::mousePressEvent(QMouseEvent* event)
{
    const int expert = expertAt(event->position());
    if (expert < 0 || event->button() != Qt::LeftButton) return;
    if (event->modifiers() & Qt::ControlModifier) {
        emit expertToggled(expert);
    } else if (event->modifiers() & Qt::ShiftModifier && !m_selected.empty()) {
        m_anchor = m_selected.front();
        brushTo(expert);
    } else {
        m_anchor = expert;
        m_end = -1;
        m_brushing = m_reach > 0;
        emit expertChosen(expert);
    }
}

void ExpertBars::mouseMoveEvent(QMouseEvent* event)
{
    const int expert = expertAt(event->position());
    if (expert < 0) return QToolTip::hideText();
    if (m_brushing) return brushTo(expert);
    tell(expert, event->globalPosition().toPoint());
}

void ExpertBars::mouseReleaseEvent(QMouseEvent*)
{
    m_brushing = false;
}

void ExpertBars::tell(int expert, const QPoint& place)
{
    const auto e = static_cast<std::size_t>(expert - m_first);
    QString text =
        tr("Expert %1: %2 × the mean load").arg(countText(expert), fixedText(static_cast<double>(m_ratio[e]), 2));
    if (e < m_bias.size()) text += tr("; bias %1").arg(fixedText(static_cast<double>(m_bias[e]), 4));
    if (std::find(m_off.begin(), m_off.end(), expert) != m_off.end()) text += tr("; switched off");
    QToolTip::showText(place, text, this);
}

void ExpertBars::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || m_ratio.empty()) return QWidget::keyPressEvent(event);
    const bool some = !m_selected.empty() && m_selected.front() >= m_first && m_selected.front() <= last();
    const int chosen = some ? m_selected.front() : m_first;
    if (m_reach > 0 && event->modifiers() & Qt::ShiftModifier) {
        m_anchor = chosen;
        brushTo((m_end < 0 ? chosen : m_end) + step);
    } else {
        m_end = -1;
        // The first key chooses the first.
        emit expertChosen(some ? std::clamp(chosen + step, m_first, last()) : m_first);
    }
}

} // namespace triptych
