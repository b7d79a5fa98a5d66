// Pooling and painting.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_codes.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace triptych {

namespace {

/// The part of a span that a region has.
CellSpan within(const CellSpan& span, int first, int count)
{
    const int begin = std::max(span.begin - first, 0);
    return {begin, std::max(begin, std::min(span.end - first, count))};
}

MapCode poolOf(const CodeRegion& region, const CellSpan& rows, const CellSpan& columns, MapPool pool)
{
    MapCode result = 0;
    for (int r = rows.begin; r < rows.end; ++r) {
        const auto first = static_cast<std::size_t>(r) * static_cast<std::size_t>(region.columns);
        for (int c = columns.begin; c < columns.end; ++c)
            result = pooled(pool, result, region.codes[first + static_cast<std::size_t>(c)]);
    }
    return result;
}

/// Whether a line of ground stands before a pixel.
bool isHairline(const std::vector<CellSpan>& spans, std::size_t pixel, bool wanted)
{
    return wanted && pixel > 0 && spans[pixel].begin != spans[pixel - 1].begin;
}

} // namespace

MapCode mapCode(double position)
{
    if (std::isnan(position)) return 0;
    return static_cast<MapCode>(1 + std::lround(254 * std::clamp(position, 0.0, 1.0)));
}

MapCode pooled(MapPool pool, MapCode a, MapCode b)
{
    if (a == 0 || b == 0 || pool == MapPool::Largest) return std::max(a, b);
    const int fromMiddle = std::abs(a - kMiddleCode) - std::abs(b - kMiddleCode);
    return fromMiddle > 0 ? a : fromMiddle < 0 ? b : std::min(a, b);
}

std::vector<CellSpan> cellSpans(double first, double last, int cells, int pixels)
{
    std::vector<CellSpan> spans;
    if (pixels <= 0) return spans;
    spans.reserve(static_cast<std::size_t>(pixels));
    const double cellsOfPixel = (last - first) / pixels;
    // Cells whose centre lies before a pixel.
    const auto before = [&](int pixel) { return static_cast<int>(std::ceil(first + pixel * cellsOfPixel - 0.5)); };
    for (int x = 0; x < pixels; ++x) {
        CellSpan span{before(x), before(x + 1)};
        if (cellsOfPixel <= 1) {
            span.begin = static_cast<int>(std::floor(first + (x + 0.5) * cellsOfPixel));
            span.end = span.begin + 1;
        }
        spans.push_back({std::clamp(span.begin, 0, cells), std::clamp(span.end, 0, cells)});
    }
    return spans;
}

QImage paintCells(const MapPicture& picture, const CodeRegion& region, const MapPalette& palette)
{
    const int width = picture.pixels.width();
    const int height = picture.pixels.height();
    QImage image(width, height, QImage::Format_RGB32);
    if (image.isNull()) return image;
    const QRectF& part = picture.visible;
    const auto columns = cellSpans(part.left(), part.right(), picture.cells.width(), width);
    const auto rows = cellSpans(part.top(), part.bottom(), picture.cells.height(), height);
    const bool upright = width / part.width() >= picture.hairlineAt;
    const bool level = height / part.height() >= picture.hairlineAt;
    for (int y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const auto row = static_cast<std::size_t>(y);
        if (isHairline(rows, row, level)) {
            std::fill_n(line, width, palette[0]);
            continue;
        }
        if (y > 0 && rows[row] == rows[row - 1] && !isHairline(rows, row - 1, level)) {
            std::memcpy(line, image.constScanLine(y - 1), static_cast<std::size_t>(width) * sizeof(QRgb));
            continue;
        }
        const CellSpan inside = within(rows[row], region.row, region.rows);
        for (std::size_t x = 0; x < columns.size(); ++x)
            line[x] =
                isHairline(columns, x, upright)
                    ? palette[0]
                    : palette[poolOf(region, inside, within(columns[x], region.column, region.columns), picture.pool)];
    }
    return image;
}

} // namespace triptych
