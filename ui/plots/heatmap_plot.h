// A matrix as colours: experts by layers, attention of queries on keys. Hover, click, keyboard; fixed colour range.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QCustomPlot;
class QCPColorMap;
class QCPColorScale;
class QCPItemRect;
class QCPItemText;

namespace triptych {

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

/// A label over several cells: a word of tokens.
struct LabelSpan {
    int first = 0;
    int count = 1;
    QString text;
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
    void setData(const HeatmapData& data);
    const HeatmapData& data() const { return m_data; }
    /// -1, -1: none. A row alone (column -1) or a column alone is outlined over its whole length.
    void setSelected(int row, int column);
    int selectedRow() const { return m_selectedRow; }
    int selectedColumn() const { return m_selectedColumn; }
    void setPick(HeatmapPick pick) { m_pick = pick; }
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

signals:
    /// mapRect() is another.
    void mapMoved();
    /// By mouse or arrow keys.
    void cellChosen(int row, int column);
    /// By a click beside or below the map.
    void rowLabelChosen(int row);
    void columnLabelChosen(int column);
    /// -1, -1 when the mouse leaves.
    void cellHovered(int row, int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    QSize sizeHint() const override { return {320, 220}; }

private:
    void addItems();
    void styleScale();
    void applyColors();
    void fillMap();
    void placeLabels();
    void placeSelection();
    void placeHighlight();
    void choose(const QPoint& position);
    void hover(const QPoint& position);
    bool moveByKey(int key);
    QPoint cellAt(const QPoint& position) const; ///< (column, row), or -1, -1

    const Theme& m_theme;
    HeatmapScale m_scale;
    QColor ThemeColors::*m_accent;
    HeatmapData m_data;
    QCustomPlot* m_plot;
    QCPColorMap* m_map;
    QCPColorScale* m_colorScale;
    QCPItemRect* m_mark;
    QCPItemRect* m_rowBand;
    QCPItemRect* m_columnBand;
    QCPItemText* m_rowChip;
    QCPItemText* m_columnChip;
    QCPItemText* m_groundNote;
    HeatmapPick m_pick = HeatmapPick::Cell;
    QRect m_mapRect;
    int m_selectedRow = -1;
    int m_selectedColumn = -1;
    int m_highlightedRow = -1;
    int m_highlightedColumn = -1;
    QPoint m_hovered{-1, -1};
};

} // namespace triptych
