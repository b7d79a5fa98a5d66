// How every plot looks and behaves: colours of the theme, cosmetic pens, fast lines. Only ui/plots/ includes this.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <qcustomplot.h>

namespace triptych {

/// Once per plot: what must hold whatever the theme. Wide or anti-aliased lines of noise cost QCustomPlot seconds, so
/// lines are drawn fast and one pixel wide; axes are drawn plain.
void preparePlot(QCustomPlot& plot);

/// Background, axes, grid, legend, fonts. Again after each change of the theme.
void applyTheme(QCustomPlot& plot, const ThemeColors& colors);

/// Device pixels follow the screen the window is on; QCustomPlot 2.1.0 reads the ratio once.
void followScreen(QCustomPlot& plot);
/// Whoever makes a picture sets the ratio and does not want it to follow the screen meanwhile; 0 ends that.
void holdRatio(QCustomPlot& plot, double ratio);

} // namespace triptych
