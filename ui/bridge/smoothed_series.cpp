// Smoothing that goes on where it stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/smoothed_series.h"

namespace triptych {

std::int64_t runIn(double weight)
{
    constexpr double kForgotten = 1e-6;
    return weight > 0 ? static_cast<std::int64_t>(std::ceil(std::log(kForgotten) / std::log(weight))) : 0;
}

const IndexedSeries& SmoothedSeries::follow(const IndexedSeries& source, double weight)
{
    if (source.generation() != m_source || weight != m_weight || source.size() < m_result.size()) {
        m_result = IndexedSeries();
        m_source = source.generation();
        m_weight = weight;
        m_smoother = Smoother(weight);
    }
    for (std::size_t i = m_result.size(); i < source.size(); ++i)
        m_result.append(source.series().steps[i], m_smoother.next(source.series().values[i]));
    return m_result;
}

} // namespace triptych
