// The samples of one run as the plots need them: by metric, over steps, thinned to what a screen can show.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace triptych {

/// Points of one series by rising step. Values that are no numbers stay: a plot shows them as a gap.
struct Series {
    std::vector<std::int64_t> steps;
    std::vector<double> values;
    std::size_t size() const { return steps.size(); }
};

/// A thinned series, and how much of it is shown.
struct Envelope {
    std::vector<double> steps;
    std::vector<double> values;
    std::size_t of = 0; ///< points within the range before thinning
};

class SeriesCache {
public:
    void clear() { m_series.clear(); }
    /// A sample at or before the newest step of its metric replaces what was recorded from that step on: a run that was
    /// resumed from a checkpoint goes over the same steps again.
    void append(const Sample& sample);
    void replace(MetricId metric, Series series) { m_series[metric] = std::move(series); }

    bool has(MetricId metric) const { return m_series.count(metric) > 0; }
    /// Empty when there is none.
    const Series& series(MetricId metric) const;
    /// The newest value; not-a-number when there is none.
    double latest(MetricId metric) const;
    /// The newest step of any metric, 0 when empty.
    std::int64_t latestStep() const;

    /// The points from one step to another, thinned by keeping the first, smallest, largest and
    /// last of each bucket, so that no spike is lost; with one point beyond either end, so that lines leave the
    /// picture.
    Envelope envelope(MetricId metric, double firstStep, double lastStep, std::size_t buckets) const;

private:
    std::map<MetricId, Series> m_series;
};

/// The first, smallest, largest and last of each of so many buckets of equally many points. Not-a-number is kept once a
/// bucket.
Envelope thin(const Series& series, double firstStep, double lastStep, std::size_t buckets);

/// Exponential smoothing without the bias towards its start: s_n = sum of a^(n-i) v_i / sum of a^(n-i). 0 <= weight <
/// 1; not-a-number is skipped.
Series smoothed(const Series& series, double weight);

} // namespace triptych
