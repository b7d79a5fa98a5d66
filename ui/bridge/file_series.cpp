// Answers from blocks that are in memory, and asks for those that are not.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/file_series.h"

#include "ui/bridge/series_thinning.h"

#include <cmath>
#include <limits>
#include <utility>

namespace triptych {

namespace {

/// A picture that cannot be had, since its blocks drive each other out of the memory, is not asked for for ever.
constexpr int kMostTimes = 3;

/// The points of an answer from one step to another, and one beyond either end.
Envelope clipped(const Envelope& all, double first, double last)
{
    const auto begin = std::lower_bound(all.steps.begin(), all.steps.end(), first);
    const auto end = std::upper_bound(begin, all.steps.end(), last);
    auto from = begin - all.steps.begin();
    auto to = end - all.steps.begin();
    Envelope part;
    part.of = static_cast<std::size_t>(to - from);
    part.thinned = all.thinned;
    if (from > 0) --from;
    if (end != all.steps.end()) ++to;
    part.steps.assign(all.steps.begin() + from, all.steps.begin() + to);
    part.values.assign(all.values.begin() + from, all.values.begin() + to);
    return part;
}

SeriesSummary summed(const Bucket& all)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const bool any = all.low.step != Bucket::kNone;
    return {all.first.step,
            all.last.step,
            kNone,
            kNone,
            any ? all.low.value : kNone,
            any ? all.high.value : kNone,
            static_cast<std::size_t>(all.points),
            static_cast<std::size_t>(all.gaps)};
}

/// The nearest finite value from a step on in a direction; false where it is not there yet.
bool findFinite(const FilePoints& points, std::int64_t step, int direction, double& value)
{
    std::optional<SeriesPoint> point;
    do {
        const bool there = direction > 0 ? points.from(step, point) : points.before(step, point);
        if (!there) return false;
        if (!point) return true;
        value = point->value;
        step = direction > 0 ? point->step + 1 : point->step;
    } while (!std::isfinite(value));
    return true;
}

std::optional<SeriesSummary> summaryOf(const FilePoints& points)
{
    Bucket all;
    if (!points.part(points.firstStep(), points.lastStep() + 1, all)) return std::nullopt;
    SeriesSummary summary = summed(all);
    if (all.low.step == Bucket::kNone) return summary;
    if (!findFinite(points, points.firstStep(), 1, summary.first)) return std::nullopt;
    if (!findFinite(points, points.lastStep() + 1, -1, summary.last)) return std::nullopt;
    return summary;
}

std::int64_t wholeStep(double step)
{
    constexpr double kFar = 1e15;
    return std::isnan(step) ? 0 : static_cast<std::int64_t>(std::floor(std::clamp(step, -kFar, kFar)));
}

} // namespace

Envelope FileSeries::envelope(double first, double last, std::size_t buckets) const
{
    if (std::exchange(m_of, generation()) != generation()) {
        m_newest = {};
        m_widest = {};
        m_asked.reset();
        m_summary.reset();
    }
    auto exact = thin(m_run.cached(m_column, m_weight), first, last, buckets);
    if (exact) {
        m_loading = false;
        m_asked.reset();
        m_newest = {first, last, *exact};
        if (last - first >= m_widest.last - m_widest.first) m_widest = m_newest;
        return std::move(*exact);
    }
    m_loading = true;
    const Query query{first, last, buckets, m_run.shape().rows};
    m_times = m_asked == query ? m_times + 1 : 1;
    m_asked = query;
    if (m_times <= kMostTimes)
        m_run.load(this, m_column, m_weight,
                   [first, last, buckets](const FilePoints& points) { (void)thin(points, first, last, buckets); });
    return coarse(first, last);
}

Envelope FileSeries::coarse(double first, double last) const
{
    const bool covered = m_newest.first <= first && last <= m_newest.last;
    return clipped(covered ? m_newest.envelope : m_widest.envelope, first, last);
}

SeriesSummary FileSeries::summary() const
{
    if (m_summary && m_summaryRows == m_run.shape().rows && m_of == generation()) return *m_summary;
    if (auto exact = summaryOf(m_run.cached(m_column, m_weight))) {
        m_of = generation();
        m_summary = exact;
        m_summaryRows = m_run.shape().rows;
        return *exact;
    }
    m_run.load(&m_summary, m_column, m_weight, [](const FilePoints& points) { (void)summaryOf(points); });
    if (m_summary) return *m_summary; // of a moment ago
    SeriesSummary unknown = summed({});
    if (const auto steps = extent()) {
        unknown.firstStep = steps->first;
        unknown.lastStep = steps->last;
    }
    return unknown;
}

std::size_t FileSeries::size() const
{
    return m_summary ? m_summary->count : static_cast<std::size_t>(m_run.shape().rows);
}

std::optional<StepRange> FileSeries::extent() const
{
    const CurveShape& shape = m_run.shape();
    return shape.rows == 0 ? std::nullopt : std::optional(StepRange{shape.firstStep, shape.firstStep + shape.rows - 1});
}

std::optional<SeriesPoint> FileSeries::at(double step) const
{
    return neighbour(static_cast<double>(wholeStep(step)) + 1, -1);
}

std::optional<SeriesPoint> FileSeries::neighbour(double step, int direction) const
{
    // The last point before a step that is none is that at or before the whole one in front of it.
    const std::int64_t below = wholeStep(step);
    const bool whole = static_cast<double>(below) == step;
    const std::int64_t from = direction < 0 && whole ? below : below + 1;
    const auto find = [from, direction](const FilePoints& points, std::optional<SeriesPoint>& out) {
        return direction < 0 ? points.before(from, out) : points.from(from, out);
    };
    std::optional<SeriesPoint> point;
    if (find(m_run.cached(m_column, m_weight), point)) return point;
    m_run.load(&m_loading, m_column, m_weight, [find](const FilePoints& points) {
        std::optional<SeriesPoint> unused;
        find(points, unused);
    });
    return std::nullopt;
}

std::unique_ptr<SeriesSource> FileSeries::smoothed(double weight) const
{
    return std::make_unique<FileSeries>(m_run, m_column, weight);
}

} // namespace triptych
