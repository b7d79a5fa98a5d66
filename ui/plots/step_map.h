// Where the steps of one run are on an axis that counts something else: tokens, seconds, dollars.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/indexed_series.h"

#include <vector>

namespace triptych {

/// Rises with the step, in straight pieces between points that were recorded, and goes on straight beyond them. Steps
/// themselves where it has no points.
class StepMap {
public:
    StepMap() = default;
    /// Of the values of a series that grows, times a factor, less an offset. What is no number, or not above what was
    /// before, is left out.
    explicit StepMap(const Envelope& points, double factor = 1, double offset = 0);

    /// Whether it has what it takes: two points.
    bool isKnown() const { return m_steps.size() > 1; }
    double toX(double step) const { return isKnown() ? along(m_steps, m_xs, step) : step; }
    double toStep(double x) const { return isKnown() ? along(m_xs, m_steps, x) : x; }

private:
    static double along(const std::vector<double>& from, const std::vector<double>& to, double at);

    std::vector<double> m_steps;
    std::vector<double> m_xs;
};

} // namespace triptych
