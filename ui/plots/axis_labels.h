// Which labels of an axis are shown where there is no room for all. Only ui/plots/ includes this.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/heatmap_plot.h"

#include <qcustomplot.h>

namespace triptych {

enum class LabelSide : std::uint8_t { Left = 1, Below };

struct AxisLabels {
    QSharedPointer<QCPAxisTickerText> ticks;
    double rotation = 0; ///< degrees, for QCPAxis::setTickLabelRotation
};

/// Labels of single cells where each has room; else those of spans (words), as many as do not touch, written upwards
/// below the map; else, without spans, every second, fifth, tenth ... cell.
AxisLabels chooseLabels(const QStringList& cells, const std::vector<LabelSpan>& spans, int count, int pixels,
                        const QFont& font, LabelSide side);

} // namespace triptych
