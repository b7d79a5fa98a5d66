// The shortest way through the extremes of columns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/pixel_columns.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace triptych {

namespace {

/// Points of one column.
struct Column {
    qsizetype begin = 0;
    qsizetype end = 0;
    double low = 0;
    double high = 0;
    bool dense = false; ///< three points or more, all finite
};

std::vector<Column> columnsOf(const QVector<double>& steps, const QVector<double>& values, const PixelColumns& columns)
{
    const double scale = columns.count / (columns.last - columns.first);
    const auto placeOf = [&](qsizetype i) { return std::floor((steps[i] - columns.first) * scale); };
    std::vector<Column> all;
    for (qsizetype begin = 0; begin < steps.size(); begin = all.back().end) {
        Column column{begin, begin, values[begin], values[begin], true};
        const double place = placeOf(begin);
        for (; column.end < steps.size() && placeOf(column.end) == place; ++column.end) {
            const double value = values[column.end];
            column.dense = column.dense && std::isfinite(value);
            column.low = std::min(column.low, value);
            column.high = std::max(column.high, value);
        }
        column.dense = column.dense && column.end - column.begin > 2;
        all.push_back(column);
    }
    return all;
}

/// The way that was drawn so far.
struct Way {
    QVector<double> steps;
    QVector<double> values;

    void to(double step, double value)
    {
        steps.append(step);
        values.append(value);
    }
    /// Within a column: not where the way is already.
    void on(double step, double value)
    {
        if (values.isEmpty() || values.back() != value) to(step, value);
    }
};

/// From `from`, which lies within the column, over both extremes and on to `until`, which does too.
void cross(Way& way, const Column& column, double left, double right, double from, double until)
{
    way.to(left, from);
    const bool upFirst = column.high - from < from - column.low;
    way.on(left, upFirst ? column.high : column.low);
    way.on(right, upFirst ? column.low : column.high);
    way.on(right, until);
}

} // namespace

bool keepColumnExtremes(QVector<double>& steps, QVector<double>& values, const PixelColumns& columns)
{
    const bool few = steps.size() <= 2 * static_cast<qsizetype>(columns.count);
    if (few || columns.count < 1 || !(columns.first < columns.last) || steps.size() != values.size()) return false;
    const std::vector<Column> all = columnsOf(steps, values, columns);
    Way way;
    way.steps.reserve(4 * static_cast<qsizetype>(all.size()));
    way.values.reserve(4 * static_cast<qsizetype>(all.size()));
    for (std::size_t c = 0; c < all.size(); ++c) {
        const Column& column = all[c];
        if (!column.dense) {
            for (qsizetype i = column.begin; i < column.end; ++i) way.to(steps[i], values[i]);
            continue;
        }
        const bool after = c > 0 && all[c - 1].dense;
        const double from = after ? std::clamp(way.values.back(), column.low, column.high) : values[column.begin];
        // Where the way over the extremes ends, and what of the next column is nearest to that.
        const bool endsLow = column.high - from < from - column.low;
        double until = values[column.end - 1];
        if (c + 1 < all.size() && all[c + 1].dense) {
            const double end = endsLow ? column.low : column.high;
            until = std::clamp(std::clamp(end, all[c + 1].low, all[c + 1].high), column.low, column.high);
        }
        cross(way, column, steps[column.begin], steps[column.end - 1], from, until);
    }
    steps = std::move(way.steps);
    values = std::move(way.values);
    return true;
}

} // namespace triptych
