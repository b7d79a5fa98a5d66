// The table of a plot of curves: a row for each step that it shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/twin_table.h"

namespace triptych {

class TimeSeriesPlot;

/// A table of the panel under `key`, see twinTable(): steps, then each series as it was recorded, not smoothed.
Twin plotTwin(Panel& panel, const char* key, const TimeSeriesPlot& plot);

} // namespace triptych
