// Painting the bars.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/expert_bars.h"

#include "ui/theme/color_maps.h"
#include "ui/widgets/number_text.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kScaleWidth = 34;  // pixels for the numbers at either side
constexpr double kBiasHeight = 0.3; // of the whole
constexpr double kRoomForTwo = 22;  // pixels of height for two numbers, one above the other

/// The smallest of 2, 4, 8, ... that holds value; keeps the old limit until it is more than twice too large.
double calmLimit(double value, double old, double least)
{
    double limit = least;
    while (limit < value) limit *= 2;
    return limit > old || limit * 4 <= old ? limit : old;
}

} // namespace

ExpertBars::ExpertBars(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Load and bias of the experts of the chosen layer"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExpertBars::setData(std::vector<float> ratio, std::vector<float> bias)
{
    m_ratio = std::move(ratio);
    m_bias = std::move(bias);
    float highest = 0;
    for (const float r : m_ratio) highest = std::max(highest, r);
    float furthest = 0;
    for (const float b : m_bias) furthest = std::max(furthest, std::abs(b));
    m_top = calmLimit(static_cast<double>(highest), m_top, 2);
    m_biasTop = calmLimit(static_cast<double>(furthest), m_biasTop, 0.01);
    update();
}

void ExpertBars::setSelected(int expert)
{
    m_selected = expert;
    update();
}

QRectF ExpertBars::plotArea() const
{
    return QRectF(rect()).adjusted(kScaleWidth, 4, -kScaleWidth, -4);
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
}

void ExpertBars::paintBars(QPainter& painter, const QRectF& area) const
{
    const auto map = divergingMap(m_theme.colors());
    const double slot = area.width() / static_cast<double>(m_ratio.size());
    const double bar = slot > 3 ? slot - 1 : slot;
    for (std::size_t e = 0; e < m_ratio.size(); ++e) {
        const auto r = static_cast<double>(m_ratio[e]);
        const double height = std::min(r / m_top, 1.0) * area.height();
        const QRectF box(area.left() + slot * static_cast<double>(e), area.bottom() - height, bar, height);
        QColor color = colorAt(map, ratioPosition(r));
        // A fair load is the colour of the ground; as a bar it must be seen.
        if (std::abs(ratioPosition(r) - 0.5) < 0.15) color = m_theme.colors().muted;
        painter.fillRect(box, color);
        if (static_cast<int>(e) == m_selected) {
            painter.setPen(QPen(m_theme.colors().text, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(box.left(), area.top(), bar, area.height()));
        }
    }
    const double even = area.bottom() - area.height() / m_top;
    painter.setPen(QPen(m_theme.colors().text, 1, Qt::DashLine));
    painter.drawLine(QPointF(area.left(), even), QPointF(area.right(), even));
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
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1.5));
    painter.setFont(small);
    const QRectF right(area.right() + 4, area.top() - 3, kScaleWidth, area.height() + 6);
    const QString limit = QLocale().toString(m_biasTop, 'g', 2);
    if (area.height() < kRoomForTwo) { // two numbers would lie over each other
        painter.drawText(right, Qt::AlignLeft | Qt::AlignVCenter, QChar(0x00b1) + limit);
    } else {
        painter.drawText(right, Qt::AlignLeft | Qt::AlignTop, QLatin1Char('+') + limit);
        painter.drawText(right, Qt::AlignLeft | Qt::AlignBottom, QChar(0x2212) + limit);
    }
    painter.drawText(QRectF(0, area.top(), kScaleWidth - 5, area.height()), Qt::AlignRight | Qt::AlignVCenter,
                     tr("bias"));
}

void ExpertBars::paintScale(QPainter& painter, const QRectF& area) const
{
    painter.setPen(m_theme.colors().muted);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1.5));
    painter.setFont(small);
    for (const double value : {0.0, 1.0, m_top}) {
        if (value == 0 && area.height() / m_top < kRoomForTwo / 2) continue; // it would lie over the 1
        const double y = area.bottom() - value / m_top * area.height();
        painter.drawText(QRectF(0, y - 8, kScaleWidth - 5, 16), Qt::AlignRight | Qt::AlignVCenter,
                         QLocale().toString(value, 'g', 3));
    }
}

int ExpertBars::expertAt(const QPointF& position) const
{
    const QRectF area = plotArea();
    if (m_ratio.empty() || position.x() < area.left() || position.x() >= area.right()) return -1;
    return static_cast<int>((position.x() - area.left()) / area.width() * static_cast<double>(m_ratio.size()));
}

void ExpertBars::mousePressEvent(QMouseEvent* event)
{
    if (const int expert = expertAt(event->position()); expert >= 0) emit expertChosen(expert);
}

void ExpertBars::mouseMoveEvent(QMouseEvent* event)
{
    const int expert = expertAt(event->position());
    if (expert < 0) return QToolTip::hideText();
    const auto e = static_cast<std::size_t>(expert);
    QString text =
        tr("Expert %1: %2 × the mean load").arg(countText(expert), fixedText(static_cast<double>(m_ratio[e]), 2));
    if (e < m_bias.size()) text += tr("; bias %1").arg(fixedText(static_cast<double>(m_bias[e]), 4));
    QToolTip::showText(event->globalPosition().toPoint(), text, this);
}

void ExpertBars::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || m_ratio.empty()) return QWidget::keyPressEvent(event);
    emit expertChosen(std::clamp(m_selected + step, 0, static_cast<int>(m_ratio.size()) - 1));
}

} // namespace triptych
