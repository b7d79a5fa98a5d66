// The samples of one run as the plots need them: by metric, over steps, thinned to what a screen can show.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"
#include "ui/bridge/indexed_series.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace triptych {

/// Moved, never copied. However long a run is, its series take no more than about kMostBytes together, as long as there
/// are no thousands of them: each has its part, and is thinned where it becomes longer (see IndexedSeries::bound()).
class SeriesCache {
public:
    static constexpr std::size_t kMostBytes = std::size_t{64} << 20;
    static constexpr std::size_t kLeastPoints = 4'096;  ///< of a series, however many there are
    static constexpr std::size_t kMostPoints = 1 << 20; ///< of a series, however few there are

    void clear() { m_series.clear(); }
    /// A sample at or before the newest step of its metric replaces what was recorded from that step on: a run that was
    /// resumed from a checkpoint goes over the same steps again.
    void append(const Sample& sample)
    {
        const auto known = m_series.find(sample.metric);
        IndexedSeries& series = known != m_series.end() ? known->second : add(sample.metric);
        series.append(sample.step, sample.value);
    }
    void replace(MetricId metric, Series series);
    /// What all of it takes.
    std::size_t bytes() const;

    /// Those that have samples.
    std::vector<MetricId> metrics() const;
    bool has(MetricId metric) const { return m_series.count(metric) > 0; }
    /// Empty when there is none.
    const IndexedSeries& indexed(MetricId metric) const;
    const Series& series(MetricId metric) const { return indexed(metric).series(); }
    /// The newest value; not-a-number when there is none.
    double latest(MetricId metric) const;
    /// The last value at or before a step; not-a-number when there is none.
    double at(MetricId metric, std::int64_t step) const;
    /// What a person reads: the mean of the finite values of the last `steps` steps up to a step, where the newest of
    /// them is finite; else that one. Where these were thinned, the mean of the piece that has the step. Running
    /// totals, settings and validations are not averaged (see isNoisy()).
    double calm(MetricId metric, std::int64_t step, std::int64_t steps) const;
    /// The oldest and the newest step of any metric, 0 when empty.
    std::int64_t firstStep() const;
    std::int64_t latestStep() const;

private:
    IndexedSeries& add(MetricId metric);

    std::map<MetricId, IndexedSeries> m_series;
};

/// Whether the values of single steps jump about a slower course: losses, speeds, balance. Totals and settings do not,
/// and a validation is a mean already.
bool isNoisy(Metric metric);

} // namespace triptych
