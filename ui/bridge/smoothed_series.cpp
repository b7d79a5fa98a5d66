// Smoothing that goes on where it stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/smoothed_series.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace triptych {

std::int64_t runIn(double weight)
{
    constexpr double kForgotten = 1e-6;
    return weight > 0 ? static_cast<std::int64_t>(std::ceil(std::log(kForgotten) / std::log(weight))) : 0;
}

const IndexedSeries& SmoothedSeries::follow(const IndexedSeries& source, double weight)
{
    if (source.generation() != m_source || weight != m_weight || source.count() < m_followed) {
        m_result = IndexedSeries();
        m_source = source.generation();
        m_weight = weight;
        m_smoother = Smoother(weight);
        m_followed = 0;
    }
    m_result.bound(source.mostPoints());
    followPast(source);
    const std::size_t past = source.past().size();
    for (std::size_t i = past + (m_followed - source.past().points(past)); i < source.size(); ++i, ++m_followed)
        m_result.append(source.series().steps[i], m_smoother.next(source.series().values[i], passedTo(source, i)));
    return m_result;
}

/// Steps since the last one that was followed; of the first one, itself alone.
std::int64_t SmoothedSeries::passedTo(const IndexedSeries& source, std::size_t point) const
{
    const std::vector<std::int64_t>& steps = source.series().steps;
    return steps[point] - (m_result.empty() ? steps.front() - 1 : m_result.series().steps.back());
}

/// Pieces that were thinned before anybody looked.
void SmoothedSeries::followPast(const IndexedSeries& source)
{
    const auto& standing = source.past().standing();
    const auto next =
        std::upper_bound(standing.begin(), standing.end(), m_followed,
                         [](std::uint64_t points, const ThinnedPast::Standing& s) { return points < s.points; });
    for (auto i = static_cast<std::size_t>(next - standing.begin()); i < standing.size(); ++i) {
        if (standing[i].points == m_followed) continue; // no end of a piece
        const std::uint64_t gaps = standing[i].gaps - source.past().gaps(i);
        const std::uint64_t finite = std::max(standing[i].points - m_followed, gaps) - gaps;
        const bool known = finite > 0 && !std::isnan(standing[i].mean);
        const std::int64_t passed = passedTo(source, i);
        m_result.append(source.series().steps[i],
                        known ? m_smoother.next(standing[i].mean, finite, passed)
                              : m_smoother.next(std::numeric_limits<double>::quiet_NaN(), passed));
        m_followed = standing[i].points;
    }
}

} // namespace triptych
