// What of a dense curve a column of pixels shows: from its lowest to its highest value.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>

namespace triptych {

/// A curve in a picture of so many columns of pixels, from the value `first` of its axis to `last`.
struct PixelColumns {
    double first = 0;
    double last = 1;
    int count = 1;
};

/// Where columns have three points or more, all of them finite, the curve goes another way: straight from one extreme
/// of a column to the other, and level into the next. It covers the same pixels by less than half as long a line, since
/// first and last point of a column lie between its extremes. Steps rise. True where anything was changed: then there
/// are at most four points a column.
bool keepColumnExtremes(QVector<double>& steps, QVector<double>& values, const PixelColumns& columns);

} // namespace triptych
