// Tiles put together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_tiles.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

static_assert(TileSource::kTile == AttentionTiles::kTile);

/// What a tile and the part have in common, in cells of the level.
QRect common(const CodeRegion& region, int tileRow, int tileColumn)
{
    constexpr int side = TileSource::kTile;
    return QRect(region.column, region.row, region.columns, region.rows)
        .intersected(QRect(tileColumn * side, tileRow * side, side, side));
}

/// Copies a tile of `level`, or stands a coarser one in for it.
void place(TileSource& source, int level, int tileRow, int tileColumn, CodeRegion& region)
{
    constexpr int side = TileSource::kTile;
    const QRect cells = common(region, tileRow, tileColumn);
    for (int coarser = 0; level + coarser < source.levels(); ++coarser) {
        const QImage tile = source.tile(level + coarser, tileRow >> coarser, tileColumn >> coarser);
        if (tile.isNull()) continue;
        for (int row = cells.top(); row <= cells.bottom(); ++row) {
            const uchar* from = tile.constScanLine((row >> coarser) % side);
            MapCode* to = region.codes.data() +
                          static_cast<std::size_t>(row - region.row) * static_cast<std::size_t>(region.columns);
            for (int column = cells.left(); column <= cells.right(); ++column)
                to[column - region.column] = from[(column >> coarser) % side];
        }
        return;
    }
}

} // namespace

int tileLevel(double cellsOfPixel, int levels)
{
    const int level = cellsOfPixel > 1 ? static_cast<int>(std::floor(std::log2(cellsOfPixel))) : 0;
    return std::clamp(level, 0, std::max(levels - 1, 0));
}

CodeRegion gatherTiles(TileSource& source, int level, const QRect& part)
{
    constexpr int side = TileSource::kTile;
    CodeRegion region{part.top(), part.left(), part.height(), part.width(), {}};
    region.codes.resize(static_cast<std::size_t>(region.rows) * static_cast<std::size_t>(region.columns));
    for (int row = part.top() / side; row <= part.bottom() / side; ++row)
        for (int column = part.left() / side; column <= part.right() / side; ++column)
            place(source, level, row, column, region);
    return region;
}

AttentionTileSource::AttentionTileSource(std::shared_ptr<const AttentionTiles> tiles, QObject* parent)
    : TileSource(parent), m_tiles(std::move(tiles))
{}

QSize AttentionTileSource::size() const
{
    return {static_cast<int>(m_tiles->tokens()), static_cast<int>(m_tiles->tokens())};
}

QImage AttentionTileSource::tile(int level, int row, int column)
{
    if (m_tiles->rows_ready(level) <= std::int64_t{row} * kTile) return {}; // nothing of it yet
    const auto codes = m_tiles->tile(level, row, column);
    QImage image(kTile, kTile, QImage::Format_Grayscale8);
    for (int r = 0; r < kTile; ++r) std::copy_n(codes.begin() + std::ptrdiff_t{r} * kTile, kTile, image.scanLine(r));
    return image;
}

} // namespace triptych
