// Painting numbers by token.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_strip.h"

#include "ui/widgets/gap_cross.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr int kMargin = 4; // above the largest and below the smallest dot

} // namespace

TokenStrip::TokenStrip(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TokenStrip::setValues(std::vector<float> values, std::function<QString(int)> explanation)
{
    m_values = std::move(values);
    m_explanation = std::move(explanation);
    m_smallest = std::numeric_limits<float>::infinity();
    m_largest = -m_smallest;
    for (const float value : m_values) {
        if (!std::isfinite(value)) continue;
        m_smallest = std::min(m_smallest, value);
        m_largest = std::max(m_largest, value);
    }
    update();
}

void TokenStrip::setBase(StripBase base)
{
    m_base = base;
    update();
}

float TokenStrip::smallest() const
{
    return m_largest >= m_smallest ? m_smallest : std::numeric_limits<float>::quiet_NaN();
}

float TokenStrip::largest() const
{
    return m_largest >= m_smallest ? m_largest : std::numeric_limits<float>::quiet_NaN();
}

void TokenStrip::setSpan(int left, int right)
{
    m_left = left;
    m_right = right;
    update();
}

void TokenStrip::setSelected(int token)
{
    if (token == m_selected) return;
    m_selected = token;
    update();
}

int TokenStrip::tokenAt(const QPoint& position) const
{
    if (m_right <= m_left || position.x() < m_left || position.x() >= m_right) return -1;
    const auto count = static_cast<int>(m_values.size());
    return std::min((position.x() - m_left) * count / (m_right - m_left), count - 1);
}

QPoint TokenStrip::dot(int token) const
{
    const double cell =
        static_cast<double>(m_right - m_left) / std::max<double>(1, static_cast<double>(m_values.size()));
    const float value = m_values[static_cast<std::size_t>(token)];
    const double range = m_largest - floor();
    const double share = range > 0 ? (value - floor()) / range : 0.5;
    const double high = height() - 2 * kMargin;
    return {static_cast<int>(m_left + (token + 0.5) * cell), static_cast<int>(kMargin + (1 - share) * high)};
}

void TokenStrip::paintEvent(QPaintEvent*)
{
    if (m_values.empty() || !(m_largest >= m_smallest)) return;
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 2));
    painter.setFont(small);
    painter.setPen(colors.muted);
    const QRect margin(0, 0, m_left - 6, height());
    if (m_largest > floor()) painter.drawText(margin, Qt::AlignRight | Qt::AlignTop, fixedText(m_largest, 2));
    painter.drawText(margin, Qt::AlignRight | Qt::AlignBottom, floor() == 0 ? countText(0) : fixedText(floor(), 2));

    paintAxis(painter);
    painter.setPen(Qt::NoPen);
    QColor stem = colors.*m_accent;
    stem.setAlpha(70);
    for (int token = 0; token < static_cast<int>(m_values.size()); ++token) {
        if (!std::isfinite(m_values[static_cast<std::size_t>(token)])) {
            const double cell = static_cast<double>(m_right - m_left) / static_cast<double>(m_values.size());
            paintGapCross(painter, QPointF(m_left + (token + 0.5) * cell, height()), colors);
            painter.setPen(Qt::NoPen);
            continue;
        }
        const bool chosen = token == m_selected;
        const QPoint at = dot(token);
        if (m_base == StripBase::Zero) painter.fillRect(QRectF(at.x() - 0.5, at.y(), 1, height() - 1 - at.y()), stem);
        painter.setBrush(chosen ? colors.text : colors.*m_accent);
        const double radius = chosen ? 3.5 : 1.8;
        painter.drawEllipse(QPointF(at), radius, radius);
    }
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.*m_accent, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
}

void TokenStrip::paintAxis(QPainter& painter) const
{
    // An axis that does not begin with 0 is broken at its foot, and its dots have no stems that would look like
    // lengths.
    const double x = m_left - 3;
    const double bottom = height() - kMargin;
    QPolygonF line{{x, static_cast<double>(kMargin)}, {x, bottom - 6}};
    if (floor() > 0) line << QPointF(x - 2, bottom - 5) << QPointF(x + 2, bottom - 3) << QPointF(x, bottom - 2);
    line << QPointF(x, bottom);
    painter.setPen(QPen(m_theme.colors().muted, 1));
    painter.drawPolyline(line);
}

bool TokenStrip::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int token = tokenAt(help->pos());
    const QString text = token >= 0 && m_explanation ? m_explanation(token) : toolTip();
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void TokenStrip::mousePressEvent(QMouseEvent* event)
{
    if (const int token = tokenAt(event->pos()); token >= 0) emit chosen(token);
}

void TokenStrip::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_values.size()) - 1;
    int token = m_selected;
    switch (event->key()) {
    case Qt::Key_Left: --token; break;
    case Qt::Key_Right: ++token; break;
    case Qt::Key_Home: token = 0; break;
    case Qt::Key_End: token = last; break;
    default: return QWidget::keyPressEvent(event);
    }
    if (last >= 0) emit chosen(std::clamp(token, 0, last));
}

} // namespace triptych
