// The heat map: cells, edges, colours and marks. Its hands: heatmap_hands.cpp.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/heatmap_plot.h"

#include "ui/plots/axis_labels.h"
#include "ui/plots/map_layer.h"
#include "ui/plots/plot_style.h"
#include "ui/theme/color_maps.h"
#include "ui/widgets/number_text.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <vector>

namespace triptych {

namespace {

/// What titles, labels and the colour scale take of the widget, about.
constexpr int kMargins = 70;

QCPColorGradient gradientOf(const std::vector<ColorStop>& stops)
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (const ColorStop& stop : stops) gradient.setColorStopAt(stop.position, stop.color);
    return gradient;
}

MapPalette paletteOf(const std::vector<ColorStop>& stops, const QColor& ground)
{
    MapPalette palette{ground.rgb()};
    for (std::size_t code = 1; code < palette.size(); ++code)
        palette[code] = colorAt(stops, static_cast<double>(code - 1) / 254).rgb();
    return palette;
}

bool sameEdges(const HeatmapData& a, const HeatmapData& b)
{
    return a.rows == b.rows && a.columns == b.columns && a.rowLabels == b.rowLabels &&
           a.columnLabels == b.columnLabels && a.rowSpans == b.rowSpans && a.columnSpans == b.columnSpans;
}

/// What the colours mean, on a scale of so many pixels: of those that would lie upon each other the first here.
QSharedPointer<QCPAxisTickerText> scaleTicks(HeatmapScale scale, int pixels, int lineHeight)
{
    const auto ratio = [](double of, const char* text) {
        return std::pair{ratioPosition(of), QString::fromUtf8(text)};
    };
    const auto weight = [](double of) { return std::pair{std::sqrt(of), of > 0 ? percentText(of, 0) : countText(0)}; };
    const std::vector<std::pair<double, QString>> all =
        scale == HeatmapScale::Ratio ? std::vector{ratio(1, "1"), ratio(0.125, "0"), ratio(4, "4"), ratio(0.25, "¼"),
                                                   ratio(2, "2"), ratio(0.5, "½"),   ratio(8, "8×")}
                                     : std::vector{weight(0), weight(1), weight(0.25), weight(0.05), weight(0.5)};
    auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    for (const auto& [place, text] : all) {
        const QList<double> taken = ticker->ticks().keys();
        const bool free = std::all_of(taken.begin(), taken.end(), [&, at = place](double other) {
            return std::abs(other - at) * pixels >= lineHeight;
        });
        if (free) ticker->addTick(place, text);
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
      m_map(new MapLayer(m_plot->axisRect(), scale == HeatmapScale::Ratio ? MapPool::Farthest : MapPool::Largest)),
      m_marks(new MapMarks(m_plot->axisRect())), m_colorScale(new QCPColorScale(m_plot)),
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

    m_plot->yAxis->setRangeReversed(true);
    m_plot->plotLayout()->addElement(0, 1, m_colorScale);
    m_colorScale->setType(QCPAxis::atRight);
    m_colorScale->setBarWidth(8);
    m_colorScale->axis()->setTickLength(0, 2);
    m_colorScale->setDataRange(QCPRange(0, 1));
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
    m_colorScale->setGradient(gradientOf(stops));
    m_map->setPalette(paletteOf(stops, colors.card));
    m_marks->setColor(colors.text, colors.card);
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

void HeatmapPlot::setData(HeatmapData data)
{
    const bool same = !m_tiles && sameEdges(data, m_data);
    if (m_tiles) {
        disconnect(m_tilesReady);
        m_tiles.reset();
        m_map->setTiles(nullptr);
    }
    m_data = std::move(data);
    encode();
    if (!same) placeCells();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::setTiles(std::shared_ptr<TileSource> tiles, HeatmapData edges)
{
    disconnect(m_tilesReady);
    m_tiles = std::move(tiles);
    m_map->setTiles(m_tiles);
    m_data = std::move(edges);
    m_data.values.clear();
    m_data.columns = m_map->cells().width();
    m_data.rows = m_map->cells().height();
    if (m_tiles)
        m_tilesReady = connect(m_tiles.get(), &TileSource::ready, this, [this] {
            m_map->invalidate();
            m_plot->replot(QCustomPlot::rpQueuedRefresh);
        });
    placeCells();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::encode()
{
    CodeRegion& cells = m_map->codes();
    cells.rows = m_data.rows;
    cells.columns = m_data.columns;
    cells.codes.assign(static_cast<std::size_t>(m_data.rows) * static_cast<std::size_t>(m_data.columns), 0);
    const std::size_t known = std::min(cells.codes.size(), m_data.values.size());
    for (std::size_t i = 0; i < known; ++i) {
        const auto v = static_cast<double>(m_data.values[i]);
        if (std::isnan(v)) continue;
        cells.codes[i] = mapCode(m_scale == HeatmapScale::Ratio ? ratioPosition(v) : std::sqrt(std::max(0.0, v)));
    }
    m_map->invalidate();
}

void HeatmapPlot::placeCells()
{
    m_view.setCells({m_data.columns, m_data.rows});
    showView();
}

void HeatmapPlot::showView()
{
    const QRectF& part = m_view.visible();
    m_map->setVisiblePart(part);
    m_plot->xAxis->setRange(part.left() - 0.5, part.right() - 0.5);
    m_plot->yAxis->setRange(part.top() - 0.5, part.bottom() - 0.5);
    placeLabels();
    placeSelection();
    placeHighlight();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

void HeatmapPlot::placeLabels()
{
    // The scale asks for at least the margins it has, so that those of the group could only ever grow.
    m_colorScale->setMargins({});
    // Of the widget and not of the axes, whose own size is only known once the labels are placed.
    const QFont font = m_plot->xAxis->tickLabelFont();
    const int line = QFontMetrics(m_colorScale->axis()->tickLabelFont()).height();
    m_colorScale->axis()->setTicker(scaleTicks(m_scale, m_plot->height() - 2 * line, line));
    const auto place = [&](QCPAxis* axis, const AxisLabels& labels) {
        axis->setTicker(labels.ticks);
        axis->setTickLabelRotation(labels.rotation);
    };
    // As many as a map had room for that is as large as this one would be with all its cells.
    const auto whole = [](int pixels, int cells, double visible) {
        return static_cast<int>(pixels * std::max(cells, 1) / visible);
    };
    const QRectF& part = m_view.visible();
    place(m_plot->xAxis,
          chooseLabels(m_data.columnLabels, m_data.columnSpans, m_data.columns,
                       whole(m_plot->width() - kMargins, m_data.columns, part.width()), font, LabelSide::Below));
    place(m_plot->yAxis,
          chooseLabels(m_data.rowLabels, m_data.rowSpans, m_data.rows,
                       whole(m_plot->height() - kMargins, m_data.rows, part.height()), font, LabelSide::Left));
}

void HeatmapPlot::setSelected(int row, int column)
{
    if (row == m_selectedRow && column == m_selectedColumn) return;
    m_selectedRow = row;
    m_selectedColumn = column;
    m_brushEnd = {-1, -1};
    if (m_view.show(std::min(row, m_data.rows - 1), std::min(column, m_data.columns - 1))) showView();
    placeSelection();
    redrawMarks();
}

void HeatmapPlot::takeView(const HeatmapPlot& other)
{
    m_view = other.m_view;
    // Choosing the same cell again is not a reason to go there.
    m_selectedRow = other.m_selectedRow;
    m_selectedColumn = other.m_selectedColumn;
}

void HeatmapPlot::setMarked(std::vector<MapCell> cells)
{
    if (cells == m_marked) return;
    m_marked = std::move(cells);
    m_marks->setMarked(m_marked);
    redrawMarks();
}

void HeatmapPlot::setCrossed(std::vector<MapCell> cells)
{
    if (cells == m_crossed) return;
    m_crossed = std::move(cells);
    m_marks->setCrossed(m_crossed);
    redrawMarks();
}

void HeatmapPlot::redrawMarks()
{
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

QStringList HeatmapPlot::scaleLabels() const
{
    return tickTexts(m_colorScale->axis());
}

QPoint HeatmapPlot::cellCentre(int row, int column) const
{
    return {static_cast<int>(m_plot->xAxis->coordToPixel(column)), static_cast<int>(m_plot->yAxis->coordToPixel(row))};
}

} // namespace triptych
