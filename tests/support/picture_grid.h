// Pictures held against golden ones: mean colours of cells of 4 x 4 pixels where letters look as they did when the
// golden picture was made, of a coarse grid whatever fonts and pixels a machine has.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QFontInfo>
#include <QGuiApplication>
#include <QImage>
#include <QString>

#include <algorithm>
#include <cstdlib>

namespace triptych::test {

/// `picture`, of any number of device pixels, as a grid of mean colours: a pixel for each cell.
inline QImage cells_of(const QImage& picture, int columns, int rows)
{
    QImage cells(columns, rows, QImage::Format_RGB32);
    const QImage pixels = picture.convertToFormat(QImage::Format_RGB32);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const int left = pixels.width() * column / columns;
            const int right = pixels.width() * (column + 1) / columns;
            const int top = pixels.height() * row / rows;
            const int bottom = pixels.height() * (row + 1) / rows;
            long red = 0, green = 0, blue = 0;
            for (int y = top; y < bottom; ++y) {
                const auto* line = reinterpret_cast<const QRgb*>(pixels.constScanLine(y));
                for (int x = left; x < right; ++x) {
                    red += qRed(line[x]);
                    green += qGreen(line[x]);
                    blue += qBlue(line[x]);
                }
            }
            const long count = std::max(1L, static_cast<long>(right - left) * (bottom - top));
            cells.setPixel(
                column, row,
                qRgb(static_cast<int>(red / count), static_cast<int>(green / count), static_cast<int>(blue / count)));
        }
    return cells;
}

/// The part of the cells of which a channel differs by more than `tolerance`; 1 for grids of other sizes.
inline double difference(const QImage& a, const QImage& b, int tolerance)
{
    if (a.size() != b.size() || a.isNull()) return 1;
    int different = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y), other = b.pixel(x, y);
            if (std::max({std::abs(qRed(one) - qRed(other)), std::abs(qGreen(one) - qGreen(other)),
                          std::abs(qBlue(one) - qBlue(other))}) > tolerance)
                ++different;
        }
    return static_cast<double>(different) / (a.width() * a.height());
}

inline bool writes_pictures()
{
    return std::getenv("TRIPTYCH_WRITE_PICTURES") != nullptr;
}

struct GoldenDifference {
    double coarse = 1;
    double fine = 1;                           ///< 0 where letters or pixels differ by nature
    static constexpr double kMostCoarse = 0.1; ///< other fonts break lines elsewhere
    static constexpr double kMostFine = 0.003; ///< a word of 40 letters, or the time of a line of the log
    bool isSmall() const { return coarse <= kMostCoarse && fine <= kMostFine; }
};

constexpr int kGoldenCell = 4; ///< pixels: a letter is two or three cells high

inline QString golden_file(const QString& name)
{
    return QLatin1String(TRIPTYCH_SOURCE_DIR) + QStringLiteral("/tests/golden/pictures/%1.png").arg(name);
}

/// From tests/golden/pictures/NAME.png.
inline GoldenDifference difference_from_golden(const QImage& picture, const QString& name)
{
    constexpr int kColumns = 24, kRows = 15; // letters are small beside a cell
    constexpr int kTolerance = 16;           // of 255
    const QImage golden = QImage(golden_file(name)).convertToFormat(QImage::Format_RGB32);
    if (golden.isNull()) return {};
    GoldenDifference found{
        difference(cells_of(picture, kColumns, kRows), cells_of(golden, kColumns, kRows), kTolerance), 0};
    const bool has_its_letters = QFontInfo(QGuiApplication::font()).family() == QLatin1String("DejaVu Sans");
    if (has_its_letters && picture.devicePixelRatio() == 1) // they are hinted otherwise with more
        found.fine = difference(cells_of(picture, golden.width(), golden.height()), golden, kTolerance);
    return found;
}

/// With TRIPTYCH_WRITE_PICTURES set the golden picture is written instead. One that is refused is left as NAME.png in
/// the folder where the test runs.
inline void expect_golden(const QImage& picture, const QString& name)
{
    if (writes_pictures()) {
        if (picture.devicePixelRatio() > 1) return;
        const QImage cells = cells_of(picture, picture.width() / kGoldenCell, picture.height() / kGoldenCell);
        ASSERT_TRUE(cells.save(golden_file(name))) << golden_file(name).toStdString();
        return;
    }
    const GoldenDifference found = difference_from_golden(picture, name);
    EXPECT_LE(found.coarse, GoldenDifference::kMostCoarse) << name.toStdString();
    EXPECT_LE(found.fine, GoldenDifference::kMostFine) << name.toStdString();
    if (!found.isSmall()) picture.save(name + QStringLiteral(".png"));
}

} // namespace triptych::test
