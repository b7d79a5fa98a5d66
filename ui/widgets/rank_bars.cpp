// Painting ranks by layer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rank_bars.h"

#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 8;

} // namespace

RankBars::RankBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void RankBars::setRanks(std::vector<float> ranks, const QStringList& names, double bound)
{
    const bool resized = ranks.size() != m_ranks.size() || names != m_names;
    m_ranks = std::move(ranks);
    m_names = names;
    m_bound = std::max(bound, 1.0);
    if (resized) updateGeometry();
    update();
}

void RankBars::setSelected(int layer)
{
    m_selected = layer;
    if (layer >= 0 && layer < static_cast<int>(m_ranks.size()))
        setAccessibleDescription(
            tr("%1: %2 of %3").arg(m_names.value(layer), numberText(layer), countText(std::lround(m_bound))));
    update();
}

int RankBars::rowHeight() const
{
    const int rows = static_cast<int>(m_ranks.size()) + 1;
    return std::clamp(height() / rows, leastRowHeight(), 2 * leastRowHeight());
}

int RankBars::nameWidth() const
{
    int width = 0;
    for (const QString& name : m_names) width = std::max(width, fontMetrics().horizontalAdvance(name));
    return width;
}

int RankBars::numberWidth() const
{
    return fontMetrics().horizontalAdvance(fixedText(m_bound, 1));
}

QSize RankBars::sizeHint() const
{
    return {200, leastRowHeight() * (std::max<int>(1, static_cast<int>(m_ranks.size())) + 1)};
}

QString RankBars::numberText(int layer) const
{
    return fixedText(static_cast<double>(m_ranks[static_cast<std::size_t>(layer)]), 1);
}

QRect RankBars::rowRect(int layer) const
{
    return {0, (layer + 1) * rowHeight(), width(), rowHeight()}; // the first row names the bound
}

int RankBars::layerAt(int y) const
{
    const int row = y / rowHeight() - 1;
    return y >= rowHeight() && row < static_cast<int>(m_ranks.size()) ? row : -1;
}

QRectF RankBars::bar(int layer) const
{
    const QRect row = rowRect(layer);
    const double left = nameWidth() + kGap;
    const double room = std::max(1.0, width() - left - numberWidth() - kGap);
    const auto rank = static_cast<double>(m_ranks[static_cast<std::size_t>(layer)]);
    const double share = std::isfinite(rank) ? std::clamp(rank / m_bound, 0.0, 1.0) : 0;
    return {left, row.top() + row.height() / 6.0, room * share, row.height() * 2 / 3.0};
}

void RankBars::paintEvent(QPaintEvent*)
{
    if (m_ranks.empty()) return;
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double left = nameWidth() + kGap;
    const double end = left + std::max(1.0, width() - left - numberWidth() - kGap);
    for (int layer = 0; layer < static_cast<int>(m_ranks.size()); ++layer) {
        const QRect row = rowRect(layer);
        const bool chosen = layer == m_selected;
        if (chosen) {
            QColor ground = colors.*m_accent;
            ground.setAlpha(36);
            painter.setPen(hasFocus() ? QPen(colors.*m_accent, 1) : QPen(Qt::NoPen));
            painter.setBrush(ground);
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        }
        painter.setPen(chosen ? colors.text : colors.muted);
        painter.drawText(QRectF(0, row.top(), nameWidth() + 2, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                         m_names.value(layer));
        painter.drawText(QRectF(end, row.top(), width() - end - 2, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                         numberText(layer));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.*m_accent);
        painter.drawRoundedRect(bar(layer), 2, 2);
    }
    painter.setPen(colors.muted);
    painter.drawText(QRectF(0, 0, end - 4, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                     tr("at most %1").arg(countText(std::lround(m_bound))));
    painter.setPen(QPen(colors.text, 1, Qt::DashLine));
    painter.drawLine(QPointF(end, 2), QPointF(end, rowRect(static_cast<int>(m_ranks.size()) - 1).bottom()));
}

void RankBars::mousePressEvent(QMouseEvent* event)
{
    if (const int layer = layerAt(event->pos().y()); layer >= 0) emit chosen(layer);
}

void RankBars::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_ranks.size()) - 1;
    int layer = m_selected;
    switch (event->key()) {
    case Qt::Key_Up: --layer; break;
    case Qt::Key_Down: ++layer; break;
    case Qt::Key_Home: layer = 0; break;
    case Qt::Key_End: layer = last; break;
    default: return QWidget::keyPressEvent(event);
    }
    if (last >= 0) emit chosen(std::clamp(layer, 0, last));
}

bool RankBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int layer = layerAt(help->pos().y());
    const QString value =
        layer < 0 ? QString()
                  : tr("%1: %2 of %3\n").arg(m_names.value(layer), numberText(layer), countText(std::lround(m_bound)));
    QToolTip::showText(help->globalPos(), value + toolTip(), this);
    return true;
}

} // namespace triptych
