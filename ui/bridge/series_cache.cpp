// Looking series up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_cache.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace triptych {

namespace {

/// For each of so many series. They differ a little, so that not all of a run are thinned in the same frame.
std::size_t mostPoints(std::size_t number, std::size_t of)
{
    constexpr std::size_t kPointBytes = 24; // with extremes, and with what thinned ones stand for
    const std::size_t share = SeriesCache::kMostBytes / kPointBytes / of;
    const std::size_t most = std::clamp(share, SeriesCache::kLeastPoints, SeriesCache::kMostPoints);
    return most - most / 64 * (number % 16);
}

} // namespace

IndexedSeries& SeriesCache::add(MetricId metric)
{
    m_series[metric];
    std::size_t number = 0;
    for (auto& [each, series] : m_series) series.bound(mostPoints(number++, m_series.size()));
    return m_series[metric];
}

void SeriesCache::replace(MetricId metric, Series series)
{
    IndexedSeries& place = add(metric);
    const std::size_t most = place.mostPoints();
    place = IndexedSeries(std::move(series));
    place.bound(most);
}

std::size_t SeriesCache::bytes() const
{
    std::size_t all = 0;
    for (const auto& [metric, series] : m_series) all += series.bytes();
    return all;
}

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

double SeriesCache::at(MetricId metric, std::int64_t step) const
{
    const auto index = indexed(metric).indexAt(static_cast<double>(step));
    return index ? series(metric).values[*index] : std::numeric_limits<double>::quiet_NaN();
}

double SeriesCache::calm(MetricId metric, std::int64_t step, std::int64_t steps) const
{
    const double newest = at(metric, step);
    if (!std::isfinite(newest) || !isNoisy(metric.metric)) return newest;
    if (const auto mean = indexed(metric).thinnedMean(static_cast<double>(step))) return *mean;
    const Series& s = series(metric);
    double sum = 0;
    int count = 0;
    for (std::size_t i = *indexed(metric).indexAt(static_cast<double>(step)) + 1; i-- > 0;) {
        if (s.steps[i] <= step - steps) break;
        if (!std::isfinite(s.values[i])) continue;
        sum += s.values[i];
        ++count;
    }
    // A metric that is recorded at fewer steps has its last value.
    return count > 0 ? sum / count : newest;
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

bool isNoisy(Metric metric)
{
    switch (metric) {
    case Metric::LearningRate:
    case Metric::BiasUpdateSpeed:
    case Metric::MtpLossWeight:
    case Metric::Tokens:
    case Metric::Flops:
    case Metric::TrainSeconds:
    case Metric::WallSeconds:
    case Metric::HeadlineUsd:
    case Metric::TcoUsd:
    case Metric::ValLoss:
    case Metric::ValMtpLoss:
    case Metric::ValBitsPerByte:
    case Metric::ValMaxVio:
    case Metric::ValSpeedUp:
    case Metric::DepthValLoss:
    case Metric::DepthAcceptance:
    case Metric::DomainValLoss:
    case Metric::DomainAcceptance:
    case Metric::LayerDeadFraction:
    case Metric::LayerMicroDeadFraction:
    case Metric::LayerBiasSpread:
    case Metric::LayerLatentRank: return false;
    default: return true;
    }
}

} // namespace triptych
