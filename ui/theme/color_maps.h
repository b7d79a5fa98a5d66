// Colour maps of the heat maps, safe for colour-blind readers: one hue by lightness, or blue against orange.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <vector>

namespace triptych {

struct ColorStop {
    double position = 0; ///< 0..1
    QColor color;
};

/// Diverging around its middle: too little is blue, fair is the ground, too much is orange.
std::vector<ColorStop> divergingMap(const ThemeColors& colors);
/// From the ground at 0 through an accent to the most visible colour at 1.
std::vector<ColorStop> sequentialMap(const ThemeColors& colors, const QColor& accent);
/// The colour at a position, linear between the stops.
QColor colorAt(const std::vector<ColorStop>& map, double position);

/// Where load / mean load lies on the diverging map: a logarithmic scale from 1/8 (and below, dead experts too) to 8.
double ratioPosition(double ratio);
inline constexpr double kRatioLimit = 8;

} // namespace triptych
