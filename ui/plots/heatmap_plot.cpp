// The heat map on QCustomPlot's colour map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heatmap_plot.h"

#include "ui/plots/axis_labels.h"
#include "ui/plots/plot_style.h"
#include "ui/theme/color_maps.h"

#include <QVBoxLayout>

#include <cmath>

namespace triptych {

namespace {

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
        for (const auto& [weight, text] :
             {std::pair{0.0, "0"}, {0.05, "5 %"}, {0.25, "25 %"}, {0.5, "50 %"}, {1.0, "100 %"}})
            ticker->addTick(std::sqrt(weight), QString::fromUtf8(text));
    }
    return ticker;
}

/// A rectangle over the map that is redrawn without it.
QCPItemRect* bandOf(QCustomPlot* plot)
{
    auto* band = new QCPItemRect(plot);
    band->setLayer(QStringLiteral("overlay"));
    band->setPen(Qt::NoPen);
    band->setVisible(false);
    return band;
}

/// Text on an edge of the map, over the labels there.
QCPItemText* chipOf(QCustomPlot* plot, Qt::Alignment alignment)
{
    auto* chip = new QCPItemText(plot);
    chip->setLayer(QStringLiteral("overlay"));
    chip->setClipToAxisRect(false);
    chip->setPositionAlignment(alignment);
    chip->setPadding(QMargins(4, 1, 4, 1));
    chip->setPen(Qt::NoPen);
    chip->setVisible(false);
    return chip;
}

void cover(QCPItemRect* band, double left, double right, double top, double bottom)
{
    band->topLeft->setCoords(left, top);
    band->bottomRight->setCoords(right, bottom);
}

QStringList tickTexts(const QCPAxis* axis)
{
    const auto ticker = axis->ticker().dynamicCast<QCPAxisTickerText>();
    return ticker ? QStringList(ticker->ticks().values()) : QStringList();
}

/// The label on an edge that a cell has or is part of: itself, or its word where only words are shown.
LabelSpan edgeLabel(const QCPAxis& axis, const QStringList& labels, const std::vector<LabelSpan>& spans, int index)
{
    const LabelSpan own{index, 1, index < labels.size() ? labels[index] : QString::number(index)};
    const bool byCell = tickTexts(&axis).size() == labels.size();
    if (byCell) return own;
    for (const LabelSpan& span : spans)
        if (index >= span.first && index < span.first + span.count) return span;
    return own;
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
    m_plot->setMinimumSize(24, 24); // QCustomPlot cannot draw on nothing
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
    setLabelWidth(2);
    auto* margins = new QCPMarginGroup(m_plot);
    m_plot->axisRect()->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_colorScale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->grid()->setVisible(false);
        axis->setTickLength(0, 0);
        axis->setPadding(1);
        axis->setSubTicks(false);
    }
    addItems();
    connect(m_plot, &QCustomPlot::afterLayout, this, [this] {
        if (m_plot->axisRect()->rect() == m_mapRect) return;
        m_mapRect = m_plot->axisRect()->rect();
        emit mapMoved();
    });
    connect(&theme, &Theme::changed, this, &HeatmapPlot::applyColors);
    applyColors();
}

void HeatmapPlot::addItems()
{
    m_mark->setVisible(false);
    m_mark->setLayer(QStringLiteral("overlay"));
    m_rowBand = bandOf(m_plot);
    m_columnBand = bandOf(m_plot);
    m_rowChip = chipOf(m_plot, Qt::AlignRight | Qt::AlignVCenter);
    m_rowChip->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_columnChip = chipOf(m_plot, Qt::AlignHCenter | Qt::AlignTop);
    m_columnChip->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_groundNote = chipOf(m_plot, Qt::AlignRight | Qt::AlignTop);
    m_groundNote->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_groundNote->position->setCoords(1, 0);
    m_groundNote->setTextAlignment(Qt::AlignRight);
}

void HeatmapPlot::setAxisTitles(const QString& columns, const QString& rows)
{
    m_plot->xAxis->setLabel(columns);
    m_plot->yAxis->setLabel(rows);
}

void HeatmapPlot::setScaleVisible(bool visible)
{
    QCPLayoutGrid* grid = m_plot->plotLayout();
    if (visible == grid->hasElement(0, 1)) return;
    m_colorScale->setVisible(visible);
    if (visible) {
        grid->addElement(0, 1, m_colorScale);
    } else {
        grid->take(m_colorScale); // the plot keeps it, and deletes it at its end
        grid->simplify();
    }
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::setLabelWidth(int pixels)
{
    m_plot->axisRect()->setMinimumMargins(QMargins(pixels, 4, 2, 2));
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::setGroundNote(const QString& text)
{
    m_groundNote->setText(text);
    m_groundNote->setVisible(!text.isEmpty());
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::styleScale()
{
    const ThemeColors& colors = m_theme.colors();
    QCPAxis* scale = m_colorScale->axis();
    scale->setTickLabelColor(colors.muted);
    scale->setTickLabelFont(m_plot->xAxis->tickLabelFont());
    for (QCPAxis* edge : scale->axisRect()->axes()) edge->setBasePen(Qt::NoPen);
    scale->setTickPen(QPen(colors.border, 0));
    scale->setSubTickPen(Qt::NoPen);
}

void HeatmapPlot::applyColors()
{
    const ThemeColors& colors = m_theme.colors();
    applyTheme(*m_plot, colors);
    const auto stops = m_scale == HeatmapScale::Ratio ? divergingMap(colors) : sequentialMap(colors, colors.*m_accent);
    const QCPColorGradient gradient = gradientOf(stops, colors.card);
    m_colorScale->setGradient(gradient);
    m_map->setGradient(gradient);
    styleScale();
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) axis->setBasePen(Qt::NoPen);
    m_mark->setPen(QPen(colors.text, 1));
    m_mark->setBrush(Qt::NoBrush);
    QColor band = colors.text;
    band.setAlpha(28);
    for (QCPItemRect* item : {m_rowBand, m_columnBand}) item->setBrush(band);
    QFont bold = m_plot->xAxis->tickLabelFont();
    m_groundNote->setFont(bold);
    m_groundNote->setColor(colors.muted);
    bold.setWeight(QFont::DemiBold);
    for (QCPItemText* chip : {m_rowChip, m_columnChip}) {
        chip->setFont(bold);
        chip->setBrush(colors.*m_accent);
        chip->setColor(colors.card);
    }
    placeLabels();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::setData(const HeatmapData& data)
{
    m_data = data;
    fillMap();
    placeLabels();
    placeSelection();
    placeHighlight();
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
    // The scale asks for at least the margins it has, so that those of the group could only ever grow.
    m_colorScale->setMargins({});
    // Of the widget and not of the axes, whose own size is only known once the labels are placed.
    const QFont font = m_plot->xAxis->tickLabelFont();
    const auto place = [&](QCPAxis* axis, const AxisLabels& labels) {
        axis->setTicker(labels.ticks);
        axis->setTickLabelRotation(labels.rotation);
    };
    place(m_plot->xAxis, chooseLabels(m_data.columnLabels, m_data.columnSpans, m_data.columns,
                                      m_plot->width() - kMargins, font, LabelSide::Below));
    place(m_plot->yAxis, chooseLabels(m_data.rowLabels, m_data.rowSpans, m_data.rows, m_plot->height() - kMargins, font,
                                      LabelSide::Left));
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
    cover(m_mark, m_selectedColumn >= 0 ? m_selectedColumn - 0.5 : -0.5,
          m_selectedColumn >= 0 ? m_selectedColumn + 0.5 : m_data.columns - 0.5,
          m_selectedRow >= 0 ? m_selectedRow - 0.5 : -0.5,
          m_selectedRow >= 0 ? m_selectedRow + 0.5 : m_data.rows - 0.5);
}

void HeatmapPlot::setHighlighted(int row, int column)
{
    if (row == m_highlightedRow && column == m_highlightedColumn) return;
    m_highlightedRow = row;
    m_highlightedColumn = column;
    placeHighlight();
    m_plot->layer(QStringLiteral("overlay"))->replot();
}

void HeatmapPlot::placeHighlight()
{
    const int row = m_highlightedRow < m_data.rows ? m_highlightedRow : -1;
    const int column = m_highlightedColumn < m_data.columns ? m_highlightedColumn : -1;
    for (QCPLayerable* item : {static_cast<QCPLayerable*>(m_rowBand), static_cast<QCPLayerable*>(m_rowChip)})
        item->setVisible(row >= 0);
    for (QCPLayerable* item : {static_cast<QCPLayerable*>(m_columnBand), static_cast<QCPLayerable*>(m_columnChip)})
        item->setVisible(column >= 0);
    if (row >= 0) {
        cover(m_rowBand, -0.5, m_data.columns - 0.5, row - 0.5, row + 0.5);
        const LabelSpan label = edgeLabel(*m_plot->yAxis, m_data.rowLabels, m_data.rowSpans, row);
        m_rowChip->position->setCoords(0, label.first + (label.count - 1) / 2.0);
        m_rowChip->setText(label.text);
    }
    if (column >= 0) {
        cover(m_columnBand, column - 0.5, column + 0.5, -0.5, m_data.rows - 0.5);
        const LabelSpan label = edgeLabel(*m_plot->xAxis, m_data.columnLabels, m_data.columnSpans, column);
        m_columnChip->position->setCoords(label.first + (label.count - 1) / 2.0, 1);
        m_columnChip->setText(label.text);
        const bool upwards = m_plot->xAxis->tickLabelRotation() != 0;
        m_columnChip->setRotation(m_plot->xAxis->tickLabelRotation());
        m_columnChip->setPositionAlignment(upwards ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignHCenter | Qt::AlignTop);
    }
}

QRect HeatmapPlot::mapRect() const
{
    return m_plot->axisRect()->rect();
}

QStringList HeatmapPlot::shownRowLabels() const
{
    return tickTexts(m_plot->yAxis);
}

QStringList HeatmapPlot::shownColumnLabels() const
{
    return tickTexts(m_plot->xAxis);
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

void HeatmapPlot::choose(const QPoint& position)
{
    const QRect map = mapRect();
    const int column = static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(position.x())));
    const int row = static_cast<int>(std::lround(m_plot->yAxis->pixelToCoord(position.y())));
    const bool inRows = row >= 0 && row < m_data.rows;
    const bool inColumns = column >= 0 && column < m_data.columns;
    if (inRows && inColumns)
        emit cellChosen(row, column);
    else if (inRows && position.x() < map.left())
        emit rowLabelChosen(row);
    else if (inColumns && position.y() > map.bottom())
        emit columnLabelChosen(column);
}

bool HeatmapPlot::moveByKey(int key)
{
    if (m_data.rows == 0 || m_data.columns == 0) return false;
    int row = std::max(m_selectedRow, 0);
    int column = std::max(m_selectedColumn, 0);
    if (m_pick == HeatmapPick::Row && key == Qt::Key_Left) key = Qt::Key_Up;
    if (m_pick == HeatmapPick::Row && key == Qt::Key_Right) key = Qt::Key_Down;
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
    case QEvent::MouseButtonPress: choose(static_cast<QMouseEvent*>(event)->pos()); break;
    case QEvent::KeyPress: return moveByKey(static_cast<QKeyEvent*>(event)->key());
    case QEvent::Resize:
        placeLabels();
        placeHighlight();
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
