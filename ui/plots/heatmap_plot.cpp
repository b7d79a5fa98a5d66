// The heat map on QCustomPlot's colour map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heatmap_plot.h"

#include "ui/plots/plot_style.h"
#include "ui/theme/color_maps.h"

#include <QVBoxLayout>

#include <cmath>

namespace triptych {

namespace {

/// Labels closer than this overlap.
constexpr int kLabelHeight = 13;
constexpr int kLabelWidth = 16;
/// What titles, labels and the colour scale take of the widget, about.
constexpr int kMargins = 70;

QCPColorGradient gradientOf(const std::vector<ColorStop>& stops, const QColor& ground)
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (const ColorStop& stop : stops) gradient.setColorStopAt(stop.position, stop.color);
    gradient.setNanHandling(QCPColorGradient::nhNanColor);
    gradient.setNanColor(ground);
    return gradient;
}

QSharedPointer<QCPAxisTickerText> scaleTicks(HeatmapScale scale)
{
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    if (scale == HeatmapScale::Ratio) {
        for (const auto& [ratio, text] :
             {std::pair{0.125, "0"}, {0.25, "¼"}, {0.5, "½"}, {1.0, "1"}, {2.0, "2"}, {4.0, "4"}, {8.0, "8×"}})
            ticker->addTick(ratioPosition(ratio), QString::fromUtf8(text));
    } else {
        for (const auto& [weight, text] : {std::pair{0.0, "0"}, {0.05, ".05"}, {0.25, ".25"}, {0.5, ".5"}, {1.0, "1"}})
            ticker->addTick(std::sqrt(weight), QString::fromUtf8(text));
    }
    return ticker;
}

QSharedPointer<QCPAxisTickerText> labelTicks(const QStringList& labels, int count, int pixels, int needed)
{
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    const int most = std::max(1, pixels / needed);
    int stride = 1;
    for (const int nice : {1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512})
        if (stride = nice; (count + nice - 1) / nice <= most) break;
    for (int i = 0; i < count; i += stride) ticker->addTick(i, i < labels.size() ? labels[i] : QString::number(i));
    return ticker;
}

} // namespace

HeatmapPlot::HeatmapPlot(const Theme& theme, HeatmapScale scale, QColor ThemeColors::*accent, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_scale(scale), m_accent(accent), m_plot(new QCustomPlot(this)),
      m_map(new QCPColorMap(m_plot->xAxis, m_plot->yAxis)), m_colorScale(new QCPColorScale(m_plot)),
      m_mark(new QCPItemRect(m_plot))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusProxy(m_plot);
    preparePlot(*m_plot);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);

    m_map->setInterpolate(false);
    m_map->setTightBoundary(false); // whole cells at the edges too
    m_plot->yAxis->setRangeReversed(true);
    m_plot->plotLayout()->addElement(0, 1, m_colorScale);
    m_colorScale->setType(QCPAxis::atRight);
    m_colorScale->setBarWidth(8);
    m_colorScale->axis()->setTicker(scaleTicks(scale));
    m_colorScale->axis()->setTickLength(0, 2);
    m_map->setColorScale(m_colorScale);
    m_map->setDataRange(QCPRange(0, 1));
    auto* margins = new QCPMarginGroup(m_plot);
    m_plot->axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_colorScale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->grid()->setVisible(false);
        axis->setTickLength(0, 0);
        axis->setSubTicks(false);
    }
    m_mark->setVisible(false);
    connect(&theme, &Theme::changed, this, &HeatmapPlot::applyColors);
    applyColors();
}

void HeatmapPlot::setAxisTitles(const QString& columns, const QString& rows)
{
    m_plot->xAxis->setLabel(columns);
    m_plot->yAxis->setLabel(rows);
}

void HeatmapPlot::setScaleVisible(bool visible)
{
    m_colorScale->setVisible(visible);
}

void HeatmapPlot::applyColors()
{
    const ThemeColors& colors = m_theme.colors();
    applyTheme(*m_plot, colors);
    const auto stops = m_scale == HeatmapScale::Ratio ? divergingMap(colors) : sequentialMap(colors, colors.*m_accent);
    const QCPColorGradient gradient = gradientOf(stops, colors.card);
    m_colorScale->setGradient(gradient);
    m_map->setGradient(gradient);
    QCPAxis* scale = m_colorScale->axis();
    scale->setTickLabelColor(colors.muted);
    scale->setTickLabelFont(m_plot->xAxis->tickLabelFont());
    scale->setBasePen(Qt::NoPen);
    scale->setTickPen(QPen(colors.border, 0));
    scale->setSubTickPen(Qt::NoPen);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) axis->setBasePen(Qt::NoPen);
    m_mark->setPen(QPen(colors.text, 2));
    m_mark->setBrush(Qt::NoBrush);
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::setData(const HeatmapData& data)
{
    m_data = data;
    fillMap();
    placeLabels();
    placeSelection();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::fillMap()
{
    QCPColorMapData* cells = m_map->data();
    const int rows = std::max(m_data.rows, 1);
    const int columns = std::max(m_data.columns, 1);
    if (cells->keySize() != columns || cells->valueSize() != rows) cells->setSize(columns, rows);
    cells->setRange(QCPRange(0, columns - 1), QCPRange(0, rows - 1));
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < columns; ++c) {
            const auto i =
                static_cast<std::size_t>(r) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(c);
            const double v = i < m_data.values.size() ? static_cast<double>(m_data.values[i]) : std::nan("");
            const double place = m_scale == HeatmapScale::Ratio ? ratioPosition(v) : std::sqrt(std::max(0.0, v));
            cells->setCell(c, r, std::isnan(v) ? v : place);
        }
    m_plot->xAxis->setRange(-0.5, columns - 0.5);
    m_plot->yAxis->setRange(-0.5, rows - 0.5);
}

void HeatmapPlot::placeLabels()
{
    // Of the widget and not of the axes, whose own size is only known once the labels are placed.
    const int width = m_plot->width() - kMargins;
    const int height = m_plot->height() - kMargins;
    m_plot->xAxis->setTicker(labelTicks(m_data.columnLabels, m_data.columns, width, kLabelWidth));
    m_plot->yAxis->setTicker(labelTicks(m_data.rowLabels, m_data.rows, height, kLabelHeight));
}

void HeatmapPlot::setSelected(int row, int column)
{
    if (row == m_selectedRow && column == m_selectedColumn) return;
    m_selectedRow = row;
    m_selectedColumn = column;
    placeSelection();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::placeSelection()
{
    const bool inside = m_selectedRow < m_data.rows && m_selectedColumn < m_data.columns &&
                        (m_selectedRow >= 0 || m_selectedColumn >= 0);
    m_mark->setVisible(inside);
    if (!inside) return;
    const double left = m_selectedColumn >= 0 ? m_selectedColumn - 0.5 : -0.5;
    const double right = m_selectedColumn >= 0 ? m_selectedColumn + 0.5 : m_data.columns - 0.5;
    const double top = m_selectedRow >= 0 ? m_selectedRow - 0.5 : -0.5;
    const double bottom = m_selectedRow >= 0 ? m_selectedRow + 0.5 : m_data.rows - 0.5;
    m_mark->topLeft->setCoords(left, top);
    m_mark->bottomRight->setCoords(right, bottom);
}

QPoint HeatmapPlot::cellAt(const QPoint& position) const
{
    if (!m_plot->axisRect()->rect().contains(position)) return {-1, -1};
    const int column = static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(position.x())));
    const int row = static_cast<int>(std::lround(m_plot->yAxis->pixelToCoord(position.y())));
    if (column < 0 || row < 0 || column >= m_data.columns || row >= m_data.rows) return {-1, -1};
    return {column, row};
}

QPoint HeatmapPlot::cellCentre(int row, int column) const
{
    return {static_cast<int>(m_plot->xAxis->coordToPixel(column)), static_cast<int>(m_plot->yAxis->coordToPixel(row))};
}

void HeatmapPlot::hover(const QPoint& position)
{
    const QPoint cell = cellAt(position);
    if (cell == m_hovered) return;
    m_hovered = cell;
    emit cellHovered(cell.y(), cell.x());
}

bool HeatmapPlot::moveByKey(int key)
{
    if (m_data.rows == 0 || m_data.columns == 0) return false;
    int row = std::max(m_selectedRow, 0);
    int column = std::max(m_selectedColumn, 0);
    switch (key) {
    case Qt::Key_Left: --column; break;
    case Qt::Key_Right: ++column; break;
    case Qt::Key_Up: --row; break;
    case Qt::Key_Down: ++row; break;
    default: return false;
    }
    emit cellChosen(std::clamp(row, 0, m_data.rows - 1), std::clamp(column, 0, m_data.columns - 1));
    return true;
}

bool HeatmapPlot::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: hover(static_cast<QMouseEvent*>(event)->pos()); break;
    case QEvent::Leave: hover({-1, -1}); break;
    case QEvent::MouseButtonPress: {
        const QPoint cell = cellAt(static_cast<QMouseEvent*>(event)->pos());
        if (cell.x() >= 0) emit cellChosen(cell.y(), cell.x());
        break;
    }
    case QEvent::KeyPress: return moveByKey(static_cast<QKeyEvent*>(event)->key());
    case QEvent::Resize: placeLabels(); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
