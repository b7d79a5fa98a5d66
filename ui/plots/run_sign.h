// How a run is drawn in plots, as a small picture for tables.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/series_curves.h"

#include <QColor>
#include <QPen>
#include <QPixmap>

namespace triptych {

/// Of a piece of a curve, wider than the curve itself; not for dots.
QPen swatchPen(const QColor& ink, CurveStyle style);

/// A dot and a piece of its line: told apart with colours and without.
QPixmap runSign(const QColor& color, CurveStyle style);
/// As large, and empty.
QPixmap noRunSign();

} // namespace triptych
