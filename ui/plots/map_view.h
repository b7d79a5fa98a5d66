// Which part of a map is seen: zoom about a place, pan, everything again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSize>

namespace triptych {

/// In cells: cell c of a side covers [c, c + 1). Never beyond the map, never fewer than kFewest cells a side.
class MapView {
public:
    static constexpr double kFewest = 4;

    /// Another size shows everything.
    void setCells(QSize cells);
    const QRectF& visible() const { return m_visible; }
    bool isWhole() const { return m_visible == whole(); }

    // Each returns whether the view is another now.
    /// 2: everything twice as large; what lies under `about` stays there.
    bool zoom(double factor, const QPointF& about);
    bool pan(const QPointF& cells);
    bool showAll();
    /// Pans no further than needed.
    bool show(int row, int column);

private:
    QRectF whole() const { return {0, 0, static_cast<double>(m_cells.width()), static_cast<double>(m_cells.height())}; }
    bool set(QRectF part);

    QSize m_cells{1, 1};
    QRectF m_visible{0, 0, 1, 1};
};

} // namespace triptych
