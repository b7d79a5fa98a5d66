// Cells smaller than pixels lose no extreme; larger ones have a hairline between them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_codes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace triptych::test {
namespace {

/// The code itself is the colour.
MapPalette plain()
{
    MapPalette palette;
    for (std::size_t code = 0; code < palette.size(); ++code) palette[code] = qRgb(static_cast<int>(code), 0, 0);
    return palette;
}

CodeRegion filled(int rows, int columns, MapCode code)
{
    return {0, 0, rows, columns, std::vector<MapCode>(static_cast<std::size_t>(rows * columns), code)};
}

/// How many pixels have a code.
int count(const QImage& image, MapCode code)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += qRed(image.pixel(x, y)) == code;
    return found;
}

MapPicture whole(const CodeRegion& cells, QSize pixels, MapPool pool)
{
    return {{cells.columns, cells.rows}, QRectF(0, 0, cells.columns, cells.rows), pixels, pool};
}

TEST(MapCode, EndsAndMiddleAreExact)
{
    EXPECT_EQ(mapCode(0), 1);
    EXPECT_EQ(mapCode(0.5), kMiddleCode);
    EXPECT_EQ(mapCode(1), 255);
    EXPECT_EQ(mapCode(-3), 1);
    EXPECT_EQ(mapCode(std::nan("")), 0);
}

TEST(MapCode, PoolingKeepsWhatIsFarthestFromFairOrLargest)
{
    EXPECT_EQ(pooled(MapPool::Farthest, 120, 200), 200);
    EXPECT_EQ(pooled(MapPool::Farthest, 20, 200), 20);
    EXPECT_EQ(pooled(MapPool::Farthest, 255, 1), 1) << "as far: the dead one";
    EXPECT_EQ(pooled(MapPool::Farthest, 0, 128), 128) << "no value loses to any";
    EXPECT_EQ(pooled(MapPool::Largest, 20, 200), 200);
    EXPECT_EQ(pooled(MapPool::Largest, 0, 1), 1);
}

TEST(CellSpans, BelowAPixelEachCellIsInOneSpanAndEachSpanHasACell)
{
    for (const auto& [cells, pixels] : {std::pair{256, 140}, {58, 40}, {4096, 601}, {7, 7}, {1000, 999}}) {
        int next = 0;
        for (const CellSpan& span : cellSpans(0, cells, cells, pixels)) {
            EXPECT_EQ(span.begin, next);
            EXPECT_GT(span.end, span.begin);
            next = span.end;
        }
        EXPECT_EQ(next, cells);
    }
}

TEST(CellSpans, AboveAPixelEachPixelHasTheCellBelowItAndBeyondTheMapNone)
{
    const auto spans = cellSpans(-1, 4, 3, 10);
    ASSERT_EQ(spans.size(), 10U);
    EXPECT_EQ(spans[1].end - spans[1].begin, 0);
    EXPECT_EQ(spans[2], (CellSpan{0, 1}));
    EXPECT_EQ(spans[3], (CellSpan{0, 1}));
    EXPECT_EQ(spans[7], (CellSpan{2, 3}));
    EXPECT_EQ(spans[8].end - spans[8].begin, 0);
}

TEST(PaintCells, OneDeadAndOneHotExpertAmong58LayersOf256AreSeenIn140By40Pixels)
{
    std::set<std::pair<int, int>> places;
    for (int i = 0; i < 200; ++i) places.insert({i * 37 % 58, i * 101 % 256});
    const CodeRegion fair = filled(58, 256, mapCode(0.52));
    for (const auto& [row, column] : places) {
        for (const MapCode code : {mapCode(0), mapCode(0.9)}) {
            CodeRegion cells = fair;
            cells.codes[static_cast<std::size_t>(row * 256 + column)] = code;
            const QImage image = paintCells(whole(cells, {140, 40}, MapPool::Farthest), cells, plain());
            ASSERT_EQ(count(image, code), 1) << row << ", " << column;
        }
    }
}

TEST(PaintCells, CellsOfSixPixelsHaveALineOfGroundBetweenThemSmallerOnesHaveNone)
{
    const CodeRegion cells = filled(10, 10, kMiddleCode);
    const QImage large = paintCells(whole(cells, {60, 50}, MapPool::Farthest), cells, plain());
    EXPECT_EQ(qRed(large.pixel(5, 25)), kMiddleCode);
    EXPECT_EQ(qRed(large.pixel(6, 25)), 0);
    EXPECT_EQ(qRed(large.pixel(7, 25)), kMiddleCode);
    EXPECT_EQ(count(large, 0), 9 * 50) << "between columns alone, and not at the edges";
    EXPECT_EQ(count(paintCells(whole(cells, {59, 59}, MapPool::Farthest), cells, plain()), 0), 0);
}

TEST(PaintCells, WithoutAValueThereIsGroundAndNoLine)
{
    CodeRegion cells = filled(2, 2, 0);
    cells.codes[3] = 255;
    const QImage image = paintCells(whole(cells, {20, 20}, MapPool::Largest), cells, plain());
    EXPECT_EQ(count(image, 255), 9 * 9);
    EXPECT_EQ(count(image, 0), 400 - 81);
}

TEST(PaintCells, APartOfTheMapShowsItsCellsWhereTheyBelong)
{
    CodeRegion part{10, 20, 4, 4, std::vector<MapCode>(16, 9)};
    part.codes[5] = 77; // row 11, column 21
    MapPicture picture{{100, 100}, QRectF(20, 10, 8, 4), {8, 4}, MapPool::Largest};
    const QImage image = paintCells(picture, part, plain());
    EXPECT_EQ(qRed(image.pixel(1, 1)), 77);
    EXPECT_EQ(qRed(image.pixel(3, 3)), 9);
    EXPECT_EQ(qRed(image.pixel(4, 0)), 0) << "the region does not have it";
}

} // namespace
} // namespace triptych::test
