// Looking series up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_cache.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace triptych {

const IndexedSeries& SeriesCache::indexed(MetricId metric) const
{
    static const IndexedSeries none;
    const auto found = m_series.find(metric);
    return found == m_series.end() ? none : found->second;
}

std::vector<MetricId> SeriesCache::metrics() const
{
    std::vector<MetricId> ids;
    for (const auto& [metric, series] : m_series) ids.push_back(metric);
    return ids;
}

double SeriesCache::latest(MetricId metric) const
{
    const Series& s = series(metric);
    return s.values.empty() ? std::numeric_limits<double>::quiet_NaN() : s.values.back();
}

std::int64_t SeriesCache::firstStep() const
{
    std::optional<std::int64_t> step;
    for (const auto& [metric, series] : m_series)
        if (!series.empty()) step = std::min(step.value_or(INT64_MAX), series.series().steps.front());
    return step.value_or(0);
}

std::int64_t SeriesCache::latestStep() const
{
    std::int64_t step = 0;
    for (const auto& [metric, series] : m_series)
        if (!series.empty()) step = std::max(step, series.series().steps.back());
    return step;
}

} // namespace triptych
