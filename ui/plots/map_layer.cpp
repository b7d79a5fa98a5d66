// Drawing a map.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_layer.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kHairlineAt = 6; // px of a cell's side
constexpr double kSmallestCross = 5;

/// Device pixels for each unit of a painter: of a sharp screen, or of a picture that is made larger.
double pixelScale(const QPainter& painter)
{
    return painter.device()->devicePixelRatioF() * painter.worldTransform().m11();
}

} // namespace

MapLayer::MapLayer(QCPAxisRect* area, MapPool pool)
    : QCPLayerable(area->parentPlot(), QStringLiteral("main")), m_area(area), m_pool(pool)
{}

void MapLayer::setTiles(std::shared_ptr<TileSource> tiles)
{
    m_tiles = std::move(tiles);
    if (m_tiles) m_codes = {};
    invalidate();
}

void MapLayer::setPalette(const MapPalette& palette)
{
    m_palette = palette;
    invalidate();
}

void MapLayer::setVisiblePart(const QRectF& part)
{
    if (part == m_part) return;
    m_part = part;
    invalidate();
}

QSize MapLayer::cells() const
{
    return m_tiles ? m_tiles->size() : QSize(m_codes.columns, m_codes.rows);
}

void MapLayer::draw(QCPPainter* painter)
{
    const QRect area = m_area->rect();
    if (cells().isEmpty() || area.isEmpty() || m_part.isEmpty()) return;
    const double scale = pixelScale(*painter);
    const QSize pixels(static_cast<int>(std::lround(area.width() * scale)),
                       static_cast<int>(std::lround(area.height() * scale)));
    if (m_picture.size() != pixels) m_picture = paint(pixels, scale);
    painter->drawImage(area, m_picture);
}

QImage MapLayer::paint(QSize pixels, double scale)
{
    MapPicture picture{cells(), m_part, pixels, m_pool, kHairlineAt * scale};
    if (!m_tiles) return paintCells(picture, m_codes, m_palette);
    const double cellsOfPixel = std::min(m_part.width() / pixels.width(), m_part.height() / pixels.height());
    const int level = tileLevel(cellsOfPixel, m_tiles->levels());
    const double size = std::ldexp(1.0, level);
    const auto side = [level](int cells) { return (cells + (1 << level) - 1) >> level; };
    picture.cells = {side(picture.cells.width()), side(picture.cells.height())};
    picture.visible = {m_part.left() / size, m_part.top() / size, m_part.width() / size, m_part.height() / size};
    const QRect needed = picture.visible.toAlignedRect().intersected(QRect(QPoint(0, 0), picture.cells));
    return paintCells(picture, gatherTiles(*m_tiles, level, needed), m_palette);
}

MapMarks::MapMarks(QCPAxisRect* area) : QCPLayerable(area->parentPlot(), QStringLiteral("overlay")), m_area(area) {}

void MapMarks::setColor(const QColor& color, const QColor& ground)
{
    m_color = color;
    m_ground = ground;
}

QRectF MapMarks::boxOf(const MapCell& cell) const
{
    const QCPAxis* x = m_area->axis(QCPAxis::atBottom);
    const QCPAxis* y = m_area->axis(QCPAxis::atLeft);
    return QRectF(QPointF(x->coordToPixel(cell.column - 0.5), y->coordToPixel(cell.row - 0.5)),
                  QPointF(x->coordToPixel(cell.column + 0.5), y->coordToPixel(cell.row + 0.5)))
        .normalized();
}

void MapMarks::draw(QCPPainter* painter)
{
    painter->setBrush(Qt::NoBrush);
    // Once wide in the colour of the ground: they are seen on light cells and on dark ones.
    for (const QPen& pen : {QPen(m_ground, 3), QPen(m_color, 1)}) {
        painter->setPen(pen);
        for (const MapCell& cell : m_marked) painter->drawRect(boxOf(cell));
    }
    for (const QPen& pen : {QPen(m_ground, 3), QPen(m_color, 1.25)}) {
        painter->setPen(pen);
        for (const MapCell& cell : m_crossed) {
            const QRectF box = boxOf(cell);
            const double half = std::max(std::min({box.width(), box.height(), 14.0}) - 2, kSmallestCross) / 2;
            const QPointF centre = box.center();
            painter->drawLine(centre - QPointF(half, half), centre + QPointF(half, half));
            painter->drawLine(centre - QPointF(half, -half), centre + QPointF(half, -half));
        }
    }
}

} // namespace triptych
