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

namespace triptych {

/// What the values are, and with it their colours.
enum class HeatmapScale : std::uint8_t {
    Ratio = 1, ///< load / mean load: blue below 1, orange above, logarithmic from 1/8 to 8; dead is the far end of blue
    Weight,    ///< 0..1, drawn as its square root so that faint weights show
};

struct HeatmapData {
    int rows = 0;
    int columns = 0;
    std::vector<float> values; ///< [rows, columns]; row 0 is on top; not-a-number: no value, drawn as ground
    QStringList rowLabels;     ///< one each, or empty: numbers
    QStringList columnLabels;
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
    /// The colour scale beside the map.
    void setScaleVisible(bool visible);
    /// Where a cell is drawn, in coordinates of this widget.
    QPoint cellCentre(int row, int column) const;

signals:
    /// By mouse or arrow keys.
    void cellChosen(int row, int column);
    /// -1, -1 when the mouse leaves.
    void cellHovered(int row, int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    QSize sizeHint() const override { return {320, 220}; }

private:
    void applyColors();
    void fillMap();
    void placeLabels();
    void placeSelection();
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
    int m_selectedRow = -1;
    int m_selectedColumn = -1;
    QPoint m_hovered{-1, -1};
};

} // namespace triptych
