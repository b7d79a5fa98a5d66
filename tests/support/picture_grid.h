// Pictures held against golden ones, whatever fonts a machine has: mean colours of a coarse grid of cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QColor>
#include <QFile>
#include <QImage>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace triptych::test {

/// Letters are small beside a cell, so that other fonts change it little; a curve, a map or a ground that is missing or
/// has another colour changes it much.
struct PictureGrid {
    static constexpr int kColumns = 24;
    static constexpr int kRows = 15;

    std::vector<QColor> cells; ///< row by row

    /// Of any number of device pixels.
    static PictureGrid of(const QImage& picture)
    {
        PictureGrid grid;
        for (int row = 0; row < kRows; ++row)
            for (int column = 0; column < kColumns; ++column) grid.cells.push_back(mean(picture, row, column));
        return grid;
    }
    QString text() const
    {
        QString lines;
        for (std::size_t i = 0; i < cells.size(); ++i)
            lines += cells[i].name().mid(1) + ((i + 1) % kColumns == 0 ? QLatin1Char('\n') : QLatin1Char(' '));
        return lines;
    }
    static PictureGrid fromText(const QString& text)
    {
        PictureGrid grid;
        for (const QString& cell : text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
            grid.cells.push_back(QColor(QLatin1Char('#') + cell));
        return grid;
    }
    /// The part of the cells of which a channel differs by more than `tolerance`.
    double difference(const PictureGrid& other, int tolerance) const
    {
        if (cells.size() != other.cells.size()) return 1;
        const auto differs = [tolerance](const QColor& a, const QColor& b) {
            return std::max({std::abs(a.red() - b.red()), std::abs(a.green() - b.green()),
                             std::abs(a.blue() - b.blue())}) > tolerance;
        };
        double different = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) different += differs(cells[i], other.cells[i]) ? 1 : 0;
        return different / static_cast<double>(cells.size());
    }

private:
    static QColor mean(const QImage& picture, int row, int column)
    {
        const int left = picture.width() * column / kColumns;
        const int right = picture.width() * (column + 1) / kColumns;
        const int top = picture.height() * row / kRows;
        const int bottom = picture.height() * (row + 1) / kRows;
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) {
                const QRgb pixel = picture.pixel(x, y);
                red += qRed(pixel);
                green += qGreen(pixel);
                blue += qBlue(pixel);
            }
        const long count = std::max(1L, static_cast<long>(right - left) * (bottom - top));
        return {static_cast<int>(red / count), static_cast<int>(green / count), static_cast<int>(blue / count)};
    }
};

/// Against tests/golden/pictures/NAME.txt. With TRIPTYCH_WRITE_PICTURES set the file is written instead; a picture that
/// is refused is left as NAME.png in the folder where the test runs.
inline void expect_golden(const QImage& picture, const QString& name)
{
    constexpr int kTolerance = 16;     // of 255
    constexpr double kMostCells = 0.1; // other fonts break lines elsewhere
    QFile file(QLatin1String(TRIPTYCH_SOURCE_DIR) + QStringLiteral("/tests/golden/pictures/%1.txt").arg(name));
    const PictureGrid grid = PictureGrid::of(picture);
    if (std::getenv("TRIPTYCH_WRITE_PICTURES")) {
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(grid.text().toUtf8());
        return;
    }
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
    const double difference = grid.difference(PictureGrid::fromText(QString::fromUtf8(file.readAll())), kTolerance);
    EXPECT_LE(difference, kMostCells) << name.toStdString();
    if (difference > kMostCells) picture.save(name + QStringLiteral(".png"));
}

} // namespace triptych::test
