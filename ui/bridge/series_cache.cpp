// Keeping, thinning and smoothing of series.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_cache.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

void SeriesCache::append(const Sample& sample)
{
    Series& series = m_series[sample.metric];
    while (!series.steps.empty() && series.steps.back() >= sample.step) {
        series.steps.pop_back();
        series.values.pop_back();
    }
    series.steps.push_back(sample.step);
    series.values.push_back(sample.value);
}

const Series& SeriesCache::series(MetricId metric) const
{
    static const Series none;
    const auto found = m_series.find(metric);
    return found == m_series.end() ? none : found->second;
}

double SeriesCache::latest(MetricId metric) const
{
    const Series& s = series(metric);
    return s.values.empty() ? std::numeric_limits<double>::quiet_NaN() : s.values.back();
}

std::int64_t SeriesCache::latestStep() const
{
    std::int64_t step = 0;
    for (const auto& [metric, series] : m_series)
        if (!series.steps.empty()) step = std::max(step, series.steps.back());
    return step;
}

Envelope SeriesCache::envelope(MetricId metric, double firstStep, double lastStep, std::size_t buckets) const
{
    return thin(series(metric), firstStep, lastStep, buckets);
}

namespace {

/// Appends the first, smallest, largest and last of points [begin, end) in the order of their steps.
void keepExtremes(const Series& series, std::size_t begin, std::size_t end, Envelope& out)
{
    std::size_t lowest = end, highest = end, gap = end;
    for (std::size_t i = begin; i < end; ++i) {
        const double v = series.values[i];
        if (std::isnan(v)) {
            gap = i;
            continue;
        }
        if (lowest == end || v < series.values[lowest]) lowest = i;
        if (highest == end || v > series.values[highest]) highest = i;
    }
    std::size_t kept[] = {begin, lowest, highest, gap, end - 1};
    std::sort(std::begin(kept), std::end(kept));
    std::size_t previous = end;
    for (const std::size_t i : kept) {
        if (i >= end || i == previous) continue;
        out.steps.push_back(static_cast<double>(series.steps[i]));
        out.values.push_back(series.values[i]);
        previous = i;
    }
}

} // namespace

Envelope thin(const Series& series, double firstStep, double lastStep, std::size_t buckets)
{
    Envelope out;
    const auto below = [](std::int64_t step, double limit) { return static_cast<double>(step) < limit; };
    const auto first = std::lower_bound(series.steps.begin(), series.steps.end(), firstStep, below);
    const auto above = [](double limit, std::int64_t step) { return limit < static_cast<double>(step); };
    const auto last = std::upper_bound(first, series.steps.end(), lastStep, above);
    out.of = static_cast<std::size_t>(last - first);
    const auto begin = static_cast<std::size_t>(first - series.steps.begin()) - (first == series.steps.begin() ? 0 : 1);
    const auto end = static_cast<std::size_t>(last - series.steps.begin()) + (last == series.steps.end() ? 0 : 1);
    const std::size_t count = end - begin;
    if (count <= 4 * buckets) {
        for (std::size_t i = begin; i < end; ++i) {
            out.steps.push_back(static_cast<double>(series.steps[i]));
            out.values.push_back(series.values[i]);
        }
        return out;
    }
    // Buckets of equal numbers of points: steps are recorded evenly, and so no bucket is ever empty.
    for (std::size_t b = 0; b < buckets; ++b)
        keepExtremes(series, begin + b * count / buckets, begin + (b + 1) * count / buckets, out);
    return out;
}

Series smoothed(const Series& series, double weight)
{
    Series result;
    result.steps = series.steps;
    result.values.reserve(series.size());
    double sum = 0;
    double total = 0;
    for (const double v : series.values) {
        if (!std::isnan(v)) {
            sum = weight * sum + v;
            total = weight * total + 1;
        }
        result.values.push_back(std::isnan(v) || total == 0 ? v : sum / total);
    }
    return result;
}

} // namespace triptych
