// Round numbers for axes, and how they are written there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace triptych {

/// The largest of 1, 2, 5, 10, 20 ... (and 0.5, 0.2 ...) that is not above the value; 1 for what is not positive.
double niceStep(double value);

/// The smallest such number of which no more than `most` fit into the span.
double tickSpacing(double span, int most);

/// Round numbers on a logarithmic axis, at most `most` where that can be done: powers of ten, with 2 and 5 (or 3)
/// between them where there is room, and an even division where the axis spans less than a decade.
std::vector<double> logarithmicTicks(double lower, double upper, int most);

/// "0.25", "1,500", "12k", "3.5M", "5T", "2·10⁻⁶": short whatever the value, with as many digits as ticks this far
/// apart need.
QString tickText(double value, double spacing);

} // namespace triptych
