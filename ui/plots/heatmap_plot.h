// A matrix as colours: experts by layers, attention of queries on keys. Hover, click, brush, zoom, keyboard; the
// colours of values never change, and no extreme is lost where cells are smaller than pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/map_codes.h"
#include "ui/plots/map_view.h"
#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <memory>
#include <vector>

class QCustomPlot;
class QCPColorScale;
class QCPItemRect;
class QCPItemText;
class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace triptych {

class MapLayer;
class MapMarks;
class TileSource;

/// What the values are, and with it their colours.
enum class HeatmapScale : std::uint8_t {
    Ratio = 1, ///< load / mean load: blue below 1, orange above, logarithmic from 1/8 to 8; dead is the far end of blue
    Weight,    ///< 0..1, drawn as its square root so that faint weights show
};

/// What one chooses in the map.
enum class HeatmapPick : std::uint8_t {
    Cell = 1,
    Row, ///< rows alone: all arrow keys go from row to row
};

/// Free: wheel and + - zoom both sides alike, Shift with the mouse or the middle button pans, a double click or R shows
/// everything.
enum class HeatmapZoom : std::uint8_t { Fixed = 1, Free };

/// A label over several cells: a word of tokens.
struct LabelSpan {
    int first = 0;
    int count = 1;
    QString text;
    bool operator==(const LabelSpan&) const = default;
};

struct HeatmapData {
    int rows = 0;
    int columns = 0;
    std::vector<float> values; ///< [rows, columns]; row 0 is on top; not-a-number: no value, drawn as ground
    QStringList rowLabels;     ///< one each, or empty: numbers
    QStringList columnLabels;
    std::vector<LabelSpan> rowSpans; ///< shown where the labels of single cells have no room; may be empty
    std::vector<LabelSpan> columnSpans;
};

class HeatmapPlot : public QWidget {
    Q_OBJECT

public:
    HeatmapPlot(const Theme& theme, HeatmapScale scale, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    void setAxisTitles(const QString& columns, const QString& rows);
    /// A matrix of the same shape keeps the part that is seen.
    void setData(HeatmapData data);
    /// Of tiles, data() has the labels alone.
    const HeatmapData& data() const { return m_data; }
    /// Instead of a matrix; `edges` has labels, its sizes and values are not read.
    void setTiles(std::shared_ptr<TileSource> tiles, HeatmapData edges = {});
    int rows() const { return m_data.rows; }
    int columns() const { return m_data.columns; }
    /// -1, -1: none. A row alone (column -1) or a column alone is outlined over its whole length.
    void setSelected(int row, int column);
    int selectedRow() const { return m_selectedRow; }
    int selectedColumn() const { return m_selectedColumn; }
    void setPick(HeatmapPick pick) { m_pick = pick; }
    /// How many rows and columns a brush may go from the cell where it began; 0, 0: there is no brush.
    void setBrush(int rows, int columns);
    /// Whether a drag over the labels of an edge is a brush, too: of rows in the chosen column, or the first; of
    /// columns in the chosen row.
    void setEdgeBrush(bool on) { m_edgeBrush = on; }
    void setZoom(HeatmapZoom zoom) { m_zoom = zoom; }
    const MapView& view() const { return m_view; }
    /// Before it has data: the part and the chosen cell of another one, for a map of the same size.
    void takeView(const HeatmapPlot& other);
    /// Outlined, as chosen together.
    void setMarked(std::vector<MapCell> cells);
    /// Crossed out, as switched off.
    void setCrossed(std::vector<MapCell> cells);
    const std::vector<MapCell>& marked() const { return m_marked; }
    const std::vector<MapCell>& crossed() const { return m_crossed; }
    /// Marks a row's and a column's label on the edges, and the lines through the map; -1: none.
    void setHighlighted(int row, int column);
    /// At least this much is left of the map, for labels and for what stands below them.
    void setLabelWidth(int pixels);
    /// A few words in the upper right corner, where a causal map has no values.
    void setGroundNote(const QString& text);
    /// The colour scale beside the map; hidden, it takes no room.
    void setScaleVisible(bool visible);

    /// Where a cell is drawn, in coordinates of this widget.
    QPoint cellCentre(int row, int column) const;
    /// Where the map is drawn.
    QRect mapRect() const;
    /// The labels that have room, in order.
    QStringList shownRowLabels() const;
    QStringList shownColumnLabels() const;
    QStringList scaleLabels() const; ///< of the colours, rising

signals:
    /// mapRect() is another.
    void mapMoved();
    /// By mouse or arrow keys.
    void cellChosen(int row, int column);
    /// From the cell where a brush began to the one where it is now, which may lie before it: while the mouse is drawn
    /// over cells, by a click with Shift, and by Shift and arrow keys from the chosen cell. Told once for each end.
    void brushed(int row, int column, int toRow, int toColumn);
    /// By a click with Ctrl.
    void cellToggled(int row, int column);
    /// Another part of the map is seen.
    void viewChanged();
    /// By a click beside or below the map.
    void rowLabelChosen(int row);
    void columnLabelChosen(int column);
    /// -1, -1 when the mouse leaves.
    void cellHovered(int row, int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    QSize sizeHint() const override { return {320, 220}; }

private:
    /// What the mouse does while a button is down.
    enum class Drag : std::uint8_t { None = 1, Brush, BrushRows, BrushColumns, Pan };

    void addItems();
    void styleScale();
    void applyColors();
    void encode();
    void placeCells();
    void showView();
    void placeLabels();
    void placeSelection();
    void placeHighlight();
    void redrawMarks();
    void mousePressed(const QMouseEvent& event);
    void mouseMoved(const QMouseEvent& event);
    void mouseReleased(const QMouseEvent& event);
    bool wheel(const QWheelEvent& event);
    void choose(const QPoint& position);
    void hover(const QPoint& position);
    void brushTo(MapCell end);
    bool keyPressed(const QKeyEvent& event);
    void nameFocus();
    bool moveByKey(int key, Qt::KeyboardModifiers modifiers);
    bool pointByKey(int key, Qt::KeyboardModifiers modifiers);
    bool zoomByKey(int key);
    MapCell nearestCell(const QPoint& position) const; ///< may lie beyond the map
    QPoint cellAt(const QPoint& position) const;       ///< (column, row), or -1, -1
    bool isInside(const MapCell& cell) const;
    Drag edgeDrag(const QPoint& position) const;

    const Theme& m_theme;
    HeatmapScale m_scale;
    QColor ThemeColors::*m_accent;
    HeatmapData m_data;
    std::shared_ptr<TileSource> m_tiles;
    QMetaObject::Connection m_tilesReady;
    MapView m_view;
    QCustomPlot* m_plot;
    MapLayer* m_map;
    MapMarks* m_marks;
    QCPColorScale* m_colorScale;
    QCPItemRect* m_mark;
    QCPItemRect* m_rowBand;
    QCPItemRect* m_columnBand;
    QCPItemText* m_rowChip;
    QCPItemText* m_columnChip;
    QCPItemText* m_groundNote;
    HeatmapPick m_pick = HeatmapPick::Cell;
    HeatmapZoom m_zoom = HeatmapZoom::Fixed;
    QSize m_brushReach{0, 0}; ///< columns, rows
    std::vector<MapCell> m_marked;
    std::vector<MapCell> m_crossed;
    Drag m_drag = Drag::None;
    QPoint m_dragStart;
    bool m_dragged = false;
    bool m_edgeBrush = false;
    QPointF m_panFrom; ///< in cells
    MapCell m_brushAnchor{-1, -1};
    MapCell m_brushEnd{-1, -1};
    QRect m_mapRect;
    int m_selectedRow = -1;
    int m_selectedColumn = -1;
    int m_highlightedRow = -1;
    int m_highlightedColumn = -1;
    QPoint m_hovered{-1, -1};
};

} // namespace triptych
