// Limits of small axes that follow their values without dancing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// The smallest of `least` times 1, 2, 4, ... that holds a value; keeps the old limit until it is more than twice too
/// large.
inline double calmLimit(double value, double old, double least)
{
    double limit = least;
    while (limit < value) limit *= 2;
    return limit > old || limit * 4 <= old ? limit : old;
}

} // namespace triptych
