// Cells of a map as codes of a byte, and the picture of them in which no extreme is lost however small cells become.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>
#include <QSize>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// A place in a map.
struct MapCell {
    int row = 0;
    int column = 0;
    bool operator==(const MapCell&) const = default;
};

/// 1 to 255 along the colour map; 0: no value.
using MapCode = std::uint8_t;
inline constexpr MapCode kMiddleCode = 128;

/// Of a place 0..1 on the colour map; 0 of not-a-number. 0.5 is kMiddleCode exactly.
MapCode mapCode(double position);

/// Which of the cells that share a pixel is seen.
enum class MapPool : std::uint8_t {
    Largest = 1, ///< of weights
    Farthest,    ///< from the middle, of ratios; of two as far the one below: a dead expert before a hot one
};
MapCode pooled(MapPool pool, MapCode a, MapCode b);

/// Codes of a part of a map.
struct CodeRegion {
    int row = 0; ///< of the first cell here, in cells of the map
    int column = 0;
    int rows = 0;
    int columns = 0;
    std::vector<MapCode> codes; ///< [rows, columns]
};

/// Cells [begin, end) of a pixel; none: beyond the map.
struct CellSpan {
    int begin = 0;
    int end = 0;
    bool operator==(const CellSpan&) const = default;
};

/// Of each of `pixels` pixels in a row over the coordinates [first, last), where cell c covers [c, c + 1). Smaller than
/// a pixel, each cell is in one span and each span has a cell; else a pixel has the cell below its centre.
std::vector<CellSpan> cellSpans(double first, double last, int cells, int pixels);

using MapPalette = std::array<QRgb, 256>; ///< of codes; that of 0 is the ground

struct MapPicture {
    QSize cells;    ///< of the whole map: columns, rows
    QRectF visible; ///< in cells
    QSize pixels;   ///< of the device
    MapPool pool = MapPool::Largest;
    double hairlineAt = 6; ///< device pixels; cells of this size and above have a line of ground between them
};

/// What `region` does not have is ground.
QImage paintCells(const MapPicture& picture, const CodeRegion& region, const MapPalette& palette);

} // namespace triptych
