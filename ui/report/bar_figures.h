// Figures of bars: where time went, what the ledgers add up to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/bar_plot.h"
#include "ui/report/report_document.h"

namespace triptych {

/// Bars below a line of the names of their parts. `prefix` is written before the numbers of the axis.
ReportFigure barFigure(std::vector<BarPlotPart> parts, std::vector<BarPlotRow> rows, const QString& prefix,
                       const QString& unit);

/// Colours of parts that follow each other, safe for colour-blind readers; they come again after eight.
QColor partColor(std::size_t index);

} // namespace triptych
