// Series in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_source.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

SeriesPoint pointOf(const Series& series, std::size_t i)
{
    SeriesPoint point;
    point.step = series.steps[i];
    point.value = series.values[i];
    return point;
}

} // namespace

SeriesSummary IndexedSource::summary() const
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    SeriesSummary all{0, 0, kNone, kNone, kNone, kNone, size(), 0};
    if (all.count == 0) return all;
    const Series& series = points().series();
    const Extremes extremes = points().extremes(0, points().size());
    const auto isFinite = [](double value) { return std::isfinite(value); };
    all.firstStep = series.steps.front();
    all.lastStep = series.steps.back();
    all.gaps = points().gaps();
    if (extremes.lowest == Extremes::kNone) return all;
    all.first = *std::find_if(series.values.begin(), series.values.end(), isFinite);
    all.last = *std::find_if(series.values.rbegin(), series.values.rend(), isFinite);
    all.lowest = series.values[extremes.lowest];
    all.highest = series.values[extremes.highest];
    return all;
}

std::optional<SeriesPoint> SeriesSource::nearest(double step) const
{
    const std::optional<SeriesPoint> before = at(step);
    const std::optional<SeriesPoint> after = neighbour(step, 1);
    if (!before || !after) return before ? before : after;
    const bool ahead = static_cast<double>(after->step) - step < step - static_cast<double>(before->step);
    return ahead ? after : before;
}

std::unique_ptr<SeriesSource> IndexedSource::smoothed(double weight) const
{
    return std::make_unique<SmoothedSource>(*this, weight);
}

std::optional<StepRange> IndexedSource::extent() const
{
    const auto& steps = points().series().steps;
    return steps.empty() ? std::nullopt : std::optional(StepRange{steps.front(), steps.back()});
}

std::optional<SeriesPoint> IndexedSource::at(double step) const
{
    const auto index = points().indexAt(step);
    return index ? std::optional(pointOf(points().series(), *index)) : std::nullopt;
}

std::optional<SeriesPoint> IndexedSource::neighbour(double step, int direction) const
{
    const Series& series = points().series();
    const auto& steps = series.steps;
    const auto isBefore = [](std::int64_t point, double than) { return static_cast<double>(point) < than; };
    const auto isAfter = [](double than, std::int64_t point) { return than < static_cast<double>(point); };
    if (direction < 0) {
        const auto behind = std::lower_bound(steps.begin(), steps.end(), step, isBefore);
        if (behind == steps.begin()) return std::nullopt;
        return pointOf(series, static_cast<std::size_t>(behind - steps.begin()) - 1);
    }
    const auto ahead = std::upper_bound(steps.begin(), steps.end(), step, isAfter);
    if (ahead == steps.end()) return std::nullopt;
    return pointOf(series, static_cast<std::size_t>(ahead - steps.begin()));
}

} // namespace triptych
