// Fewer points, the same pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_feed.h"
#include "ui/plots/pixel_columns.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace triptych::test {
namespace {

constexpr int kWidth = 200;
constexpr int kHeight = 100;

QImage drawn(const QVector<double>& steps, const QVector<double>& values, const PixelColumns& columns)
{
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(QPen(Qt::black, 0));
    const auto place = [&](qsizetype i) {
        return QPointF(std::floor((steps[i] - columns.first) / (columns.last - columns.first) * kWidth),
                       std::round(values[i] * (kHeight - 1)));
    };
    for (qsizetype i = 1; i < steps.size(); ++i)
        if (std::isfinite(values[i - 1]) && std::isfinite(values[i])) painter.drawLine(place(i - 1), place(i));
    return image;
}

struct Dense {
    QVector<double> steps;
    QVector<double> values;
    PixelColumns columns{0, 2'000, kWidth};
};

/// Ten values a column: a slow wave with noise upon it.
Dense dense(double noisy)
{
    Dense all;
    for (int i = 0; i < 2'000; ++i) {
        all.steps.append(i);
        const double wave = 0.5 + 0.4 * std::sin(i / 150.0);
        all.values.append((1 - noisy) * wave + noisy * noise(i));
    }
    return all;
}

/// How far the line goes up and down, in heights.
double way_of(const QVector<double>& values)
{
    double way = 0;
    for (qsizetype i = 1; i < values.size(); ++i) way += std::abs(values[i] - values[i - 1]);
    return way;
}

TEST(PixelColumns, AShorterLineCoversTheSamePixels)
{
    for (const double noisy : {0.0, 0.1, 1.0}) {
        Dense all = dense(noisy);
        const QImage truth = drawn(all.steps, all.values, all.columns);
        const double before = way_of(all.values);
        ASSERT_TRUE(keepColumnExtremes(all.steps, all.values, all.columns));
        EXPECT_LE(all.steps.size(), 4 * kWidth);
        EXPECT_EQ(all.steps.size(), all.values.size());
        EXPECT_TRUE(std::is_sorted(all.steps.begin(), all.steps.end()));
        EXPECT_LE(way_of(all.values), noisy > 0.5 ? before / 2 : before * 1.01) << noisy;
        const QImage image = drawn(all.steps, all.values, all.columns);
        int added = 0;
        int missing = 0;
        for (int y = 0; y < kHeight; ++y)
            for (int x = 0; x < kWidth; ++x) {
                const bool ink = image.pixel(x, y) != qRgb(255, 255, 255);
                const bool was = truth.pixel(x, y) != qRgb(255, 255, 255);
                added += ink && !was;
                missing += was && !ink;
            }
        EXPECT_LE(added, kWidth / 4) << noisy;
        // Strokes into the next column, half of which lay beyond its extremes.
        EXPECT_LE(missing, 4 * kWidth) << noisy;
    }
}

TEST(PixelColumns, AWayIsHalfAsLongForPointsThatWereThinnedAlready)
{
    Dense all = dense(1);
    Dense thinned;
    for (int i = 0; i < 2'000; i += 10) { // first, smallest, largest and last of each column
        const auto begin = all.values.begin() + i;
        const auto [low, high] = std::minmax_element(begin, begin + 10);
        std::array places = {i, static_cast<int>(low - all.values.begin()), static_cast<int>(high - all.values.begin()),
                             i + 9};
        std::sort(places.begin(), places.end());
        for (const int place : places) {
            thinned.steps.append(place);
            thinned.values.append(all.values[place]);
        }
    }
    const double before = way_of(thinned.values);
    ASSERT_TRUE(keepColumnExtremes(thinned.steps, thinned.values, thinned.columns));
    EXPECT_LT(way_of(thinned.values), before * 0.6);
}

TEST(PixelColumns, EverySpikeStays)
{
    for (int at = 0; at < 2'000; at += 37) {
        Dense all = dense(0.3);
        all.values[at] = 7;
        all.values[(at + 500) % 2'000] = -7;
        keepColumnExtremes(all.steps, all.values, all.columns);
        EXPECT_EQ(*std::max_element(all.values.begin(), all.values.end()), 7) << at;
        EXPECT_EQ(*std::min_element(all.values.begin(), all.values.end()), -7) << at;
        const auto spike = std::max_element(all.values.begin(), all.values.end()) - all.values.begin();
        EXPECT_EQ(static_cast<int>(all.steps[spike]) / 10, at / 10) << "within its column";
    }
}

TEST(PixelColumns, GapsAndFewPointsAreLeftAlone)
{
    Dense few = dense(1);
    few.steps.resize(kWidth);
    few.values.resize(kWidth);
    const auto before = few.values;
    keepColumnExtremes(few.steps, few.values, few.columns);
    EXPECT_EQ(few.values, before);

    Dense gaps = dense(1);
    gaps.values[555] = std::numeric_limits<double>::quiet_NaN();
    keepColumnExtremes(gaps.steps, gaps.values, gaps.columns);
    const auto gap = std::find_if(gaps.values.begin(), gaps.values.end(), [](double v) { return std::isnan(v); });
    ASSERT_NE(gap, gaps.values.end());
    EXPECT_EQ(gaps.steps[gap - gaps.values.begin()], 555) << "a gap is where it was";
}

TEST(PixelColumns, APictureWithoutWidthIsNoTrouble)
{
    Dense all = dense(1);
    all.columns = {5, 5, 100};
    keepColumnExtremes(all.steps, all.values, all.columns);
    EXPECT_EQ(all.steps.size(), 2'000);
}

} // namespace
} // namespace triptych::test
