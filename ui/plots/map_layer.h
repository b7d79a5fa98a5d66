// What a map draws: its cells, and the marks over them. Only ui/plots/ includes this.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/map_codes.h"
#include "ui/plots/map_tiles.h"

#include <qcustomplot.h>

namespace triptych {

/// The cells, from codes or tiles. Painted once for each change of them, of the part that is seen, and of its pixels.
class MapLayer : public QCPLayerable {
public:
    explicit MapLayer(QCPAxisRect* area, MapPool pool);

    /// To be filled by the caller, who then calls invalidate(); the whole map.
    CodeRegion& codes() { return m_codes; }
    void setTiles(std::shared_ptr<TileSource> tiles);
    void setPalette(const MapPalette& palette);
    void setVisiblePart(const QRectF& part);
    void invalidate() { m_picture = {}; }
    QSize cells() const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    QRect clipRect() const override { return m_area->rect(); }
    void draw(QCPPainter* painter) override;

private:
    QImage paint(QSize pixels, double scale);

    QCPAxisRect* m_area;
    MapPool m_pool;
    CodeRegion m_codes;
    std::shared_ptr<TileSource> m_tiles;
    MapPalette m_palette{};
    QRectF m_part;
    QImage m_picture;
};

/// Outlines of the cells that are chosen together, crosses over those that are off.
class MapMarks : public QCPLayerable {
public:
    explicit MapMarks(QCPAxisRect* area);

    void setColor(const QColor& color, const QColor& ground);
    void setMarked(std::vector<MapCell> cells) { m_marked = std::move(cells); }
    void setCrossed(std::vector<MapCell> cells) { m_crossed = std::move(cells); }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    QRect clipRect() const override { return m_area->rect(); }
    void draw(QCPPainter* painter) override;

private:
    QRectF boxOf(const MapCell& cell) const;

    QCPAxisRect* m_area;
    QColor m_color;
    QColor m_ground;
    std::vector<MapCell> m_marked;
    std::vector<MapCell> m_crossed;
};

} // namespace triptych
