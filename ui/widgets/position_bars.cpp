// Painting shares along a sequence.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/position_bars.h"

#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace triptych {

namespace {

constexpr double kGap = 6; // px between the scale and the bars

double shareOf(const PartOfWhole& value)
{
    return static_cast<double>(value.part) / static_cast<double>(value.whole);
}

} // namespace

PositionBars::PositionBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Accepted drafts by position in the sequence"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PositionBars::setBars(std::vector<std::vector<PartOfWhole>> depths)
{
    m_depths = std::move(depths);
    QStringList lines;
    for (int position = 0; position < positions(); ++position) lines << explanation(position);
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    update();
}

QRectF PositionBars::area() const
{
    const QFontMetricsF metrics(smallFont(font()));
    const double left = metrics.horizontalAdvance(percentText(1, 0)) + kGap;
    return QRectF(rect()).adjusted(left, metrics.height() / 2, -1, -metrics.height() - 2);
}

QRectF PositionBars::barRect(int depth, int position) const
{
    if (depth < 0 || depth >= static_cast<int>(m_depths.size()) || position < 0 || position >= positions()) return {};
    const PartOfWhole& value = m_depths[static_cast<std::size_t>(depth)][static_cast<std::size_t>(position)];
    if (value.whole == 0) return {};
    const QRectF plot = area();
    const double slot = plot.width() / positions();
    const double between = slot > 6 ? 2 : slot > 3 ? 1 : 0;
    const double width = (slot - between) / static_cast<double>(m_depths.size());
    const double height = std::max(plot.height() * shareOf(value), 1.0);
    return {plot.left() + slot * position + width * depth, plot.bottom() - height, width, height};
}

void PositionBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ThemeColors& colors = m_theme.colors();
    const QRectF plot = area();
    painter.setFont(smallFont(font()));
    const QFontMetrics metrics = painter.fontMetrics();
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = plot.bottom() - share * plot.height();
        painter.setPen(colors.grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, plot.left() - kGap, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, percentText(share, 0));
    }
    const QRectF below(plot.left(), plot.bottom() + 2, plot.width(), metrics.height());
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, tr("beginning of the sequence"));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, tr("end"));
    painter.setRenderHint(QPainter::Antialiasing);
    for (int depth = 0; depth < static_cast<int>(m_depths.size()); ++depth) {
        QColor color = colors.*m_accent;
        color.setAlphaF(static_cast<float>(1.0 / (1 + depth)));
        for (int position = 0; position < positions(); ++position)
            if (const QRectF bar = barRect(depth, position); !bar.isEmpty()) painter.fillRect(bar, color);
    }
}

QString PositionBars::explanation(int position) const
{
    QStringList lines = {tr("Part %1 of %2 of a sequence").arg(position + 1).arg(positions())};
    for (std::size_t depth = 0; depth < m_depths.size(); ++depth) {
        const PartOfWhole& value = m_depths[depth][static_cast<std::size_t>(position)];
        lines << (value.whole > 0 ? tr("MTP %1: %2 of %3 drafts accepted, %4")
                                        .arg(depth + 1)
                                        .arg(countText(value.part), countText(value.whole), percentText(shareOf(value)))
                                  : tr("MTP %1: no drafts").arg(depth + 1));
    }
    return lines.join(QLatin1Char('\n'));
}

bool PositionBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRectF plot = area();
    const bool inside = positions() > 0 && plot.left() <= help->pos().x() && help->pos().x() < plot.right();
    const int position = inside ? static_cast<int>((help->pos().x() - plot.left()) / plot.width() * positions()) : -1;
    QToolTip::showText(help->globalPos(), position >= 0 ? explanation(position) : toolTip(), this);
    return true;
}

} // namespace triptych
