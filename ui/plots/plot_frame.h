// What a plot of curves over steps shows at one moment, as values: worked out without, drawn by the plot library.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/value_range.h"

#include <QColor>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace triptych {

/// How a curve is told from its neighbours, apart from its colour.
enum class CurveStyle : std::uint8_t {
    Line = 1,
    FaintLine, ///< the raw values behind a smoothed curve
    Dashes,
    Dots, ///< measured now and then: points, joined by nothing
    DashDots,
    ShortDashes,
};

struct Curve {
    std::vector<double> steps;      ///< places on the axis, rising: steps, or what it counts instead
    std::vector<double> values;     ///< what is not finite is a gap
    QColor color;
    CurveStyle style = CurveStyle::Line;
    std::vector<double> lower = {}; ///< not empty: a band from these up to the values
};

/// A vertical line: here somebody changed something.
struct PlotMark {
    double step = 0;
    QString text;     ///< short: "lr 0.0005"
    QString tip = {}; ///< in full
};

/// Where the window stands in time.
struct PlotMoment {
    double step = 0; ///< a place on the axis, as all steps of a frame
    bool live = true;
};

/// A value under the crosshair.
struct PlotDot {
    double step = 0;
    double value = 0;
    QColor color;
};

/// The points of a plot, as a table: a row for each step at which any series has a value.
struct PlotTable {
    QStringList names; ///< of the columns after the steps, as metrics are named
    QStringList units; ///< likewise; empty where it is not known
    std::vector<std::int64_t> steps;
    std::vector<std::vector<std::optional<double>>> columns; ///< [name][step]
    std::size_t shown = 0; ///< points of all series, of so many in the part that is shown
    std::size_t of = 0;
    bool thinned = false; ///< of long series the lowest and highest points of each stretch alone
    bool loading = false; ///< some are still being read: until then there are fewer
};

/// Without curves the axes have no numbers: there is nothing to measure.
struct PlotFrame {
    std::vector<Curve> curves; ///< the first is drawn first
    std::vector<PlotMark> marks;
    std::vector<double> gaps;  ///< steps whose value is no finite number, or cannot be on a logarithmic axis
    std::vector<double> above; ///< steps whose value lies beyond the upper edge
    std::vector<double> below;
    double firstStep = 0; ///< of the picture
    double lastStep = 1;
    ValueRange values;
    ValueScale scale = ValueScale::Linear;
};

} // namespace triptych
