// Smoothing that goes on where it stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/smoothed_series.h"

#include <cmath>

namespace triptych {

const IndexedSeries& SmoothedSeries::follow(const IndexedSeries& source, double weight)
{
    if (source.generation() != m_source || weight != m_weight || source.size() < m_result.size()) {
        m_result = IndexedSeries();
        m_source = source.generation();
        m_weight = weight;
        m_sum = 0;
        m_total = 0;
    }
    for (std::size_t i = m_result.size(); i < source.size(); ++i) {
        const double v = source.series().values[i];
        if (std::isfinite(v)) {
            m_sum = weight * m_sum + v;
            m_total = weight * m_total + 1;
        }
        m_result.append(source.series().steps[i], std::isfinite(v) ? m_sum / m_total : v);
    }
    return m_result;
}

} // namespace triptych
