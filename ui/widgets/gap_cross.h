// The sign of a value that is no finite number: a small cross at the foot of a plot, the same in all of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPainter>

namespace triptych {

/// foot: where the plot ends below the value that is missing.
inline void paintGapCross(QPainter& painter, const QPointF& foot, const ThemeColors& colors)
{
    constexpr double kArm = 2.5; // px
    const QPointF middle = foot - QPointF(0, kArm + 1);
    painter.setPen(QPen(colors.bad, 1.5));
    painter.drawLine(middle - QPointF(kArm, kArm), middle + QPointF(kArm, kArm));
    painter.drawLine(middle - QPointF(kArm, -kArm), middle + QPointF(kArm, -kArm));
}

} // namespace triptych
