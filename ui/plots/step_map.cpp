// Between recorded points.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_map.h"

#include <algorithm>
#include <cmath>

namespace triptych {

StepMap::StepMap(const Envelope& points, double factor, double offset)
{
    for (std::size_t i = 0; i < points.steps.size(); ++i) {
        const double x = points.values[i] * factor - offset;
        if (!std::isfinite(x) || (!m_xs.empty() && x <= m_xs.back())) continue;
        m_steps.push_back(points.steps[i]);
        m_xs.push_back(x);
    }
}

double StepMap::along(const std::vector<double>& from, const std::vector<double>& to, double at)
{
    const auto beyond = std::upper_bound(from.begin() + 1, from.end() - 1, at) - from.begin();
    const auto b = static_cast<std::size_t>(beyond);
    const double part = (at - from[b - 1]) / (from[b] - from[b - 1]);
    return to[b - 1] + part * (to[b] - to[b - 1]);
}

} // namespace triptych
