// Painting headline numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/figure_grid.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kGap = 12;

} // namespace

FigureGrid::FigureGrid(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FigureGrid::setCells(std::vector<FigureCell> cells)
{
    m_cells = std::move(cells);
    QStringList lines;
    for (const FigureCell& cell : m_cells)
        lines << QStringLiteral("%1: %2%3")
                     .arg(cell.caption, cell.value, cell.note.isEmpty() ? QString() : QStringLiteral(", ") + cell.note);
    setAccessibleDescription(lines.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

QFont FigureGrid::small() const
{
    QFont font = this->font();
    font.setPointSizeF(std::max(7.0, font.pointSizeF() - 1));
    return font;
}

QFont FigureGrid::large() const
{
    QFont font = this->font();
    font.setPointSizeF(font.pointSizeF() + 2);
    font.setBold(true);
    return font;
}

int FigureGrid::leastWidth() const
{
    const QFontMetrics smallMetrics(small());
    const QFontMetrics largeMetrics(large());
    int width = 96;
    for (const FigureCell& cell : m_cells)
        width = std::max({width, smallMetrics.horizontalAdvance(cell.caption),
                          largeMetrics.horizontalAdvance(cell.value), smallMetrics.horizontalAdvance(cell.note)});
    return width;
}

int FigureGrid::cellHeight() const
{
    return 2 * QFontMetrics(small()).height() + QFontMetrics(large()).height() + 8;
}

int FigureGrid::columnsIn(int width) const
{
    const int count = std::max(1, static_cast<int>(m_cells.size()));
    int columns = std::clamp((width + kGap) / (leastWidth() + kGap), 1, count);
    while (count % columns != 0) --columns; // no row that is nearly empty
    return columns;
}

int FigureGrid::heightForWidth(int width) const
{
    const int columns = columnsIn(width);
    return (static_cast<int>(m_cells.size()) + columns - 1) / columns * cellHeight();
}

QSize FigureGrid::sizeHint() const
{
    const int width = 3 * leastWidth() + 2 * kGap;
    return {width, heightForWidth(width)};
}

QSize FigureGrid::minimumSizeHint() const
{
    return {leastWidth(), cellHeight()};
}

QRect FigureGrid::cellRect(int index) const
{
    const int columns = columnsIn(width());
    const int wide = std::min((width() - (columns - 1) * kGap) / columns, leastWidth() + 64);
    return {index % columns * (wide + kGap), index / columns * cellHeight(), wide, cellHeight() - 8};
}

void FigureGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor text = palette().color(QPalette::WindowText);
    const QColor muted = palette().color(QPalette::PlaceholderText);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const FigureCell& cell = m_cells[i];
        QRect line = cellRect(static_cast<int>(i));
        const auto write = [&](const QFont& font, const QColor& color, const QString& words) {
            painter.setFont(font);
            painter.setPen(color);
            const QFontMetrics metrics(font);
            line.setHeight(metrics.height());
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(words, Qt::ElideRight, line.width()));
            line.translate(0, metrics.height());
        };
        write(small(), muted, cell.caption);
        write(large(), text, cell.value);
        write(small(), muted, cell.note);
    }
}

bool FigureGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QString words;
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        if (cellRect(static_cast<int>(i)).contains(help->pos())) words = m_cells[i].explanation;
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace triptych
