// A recorded series in a report: few enough points for a page, with every spike of the many behind them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"
#include "core/run/run_store.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace triptych {

/// Consecutive steps. Of one finite sample low, mean and high are that sample, bit for bit.
struct CurvePoint {
    std::int64_t first_step = 0;
    std::int64_t last_step = 0;                            ///< of the last sample in it
    std::int64_t samples = 0;                              ///< at least one
    std::int64_t gaps = 0;                                 ///< of them, those that are no finite numbers
    double low = std::numeric_limits<double>::quiet_NaN(); ///< of the finite ones; NaN: there is none
    double mean = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    std::int64_t low_step = 0; ///< where the smallest value is, the first of them; 0: there is none
    std::int64_t high_step = 0;
};

struct ReportCurve {
    MetricId metric;
    std::string name;         ///< as in metrics.sqlite: "layer.3.max_vio"
    std::string unit;         ///< "1" for a pure number
    std::string doc;          ///< one English sentence
    std::int64_t samples = 0; ///< all that the run recorded
    SeriesPoint first;        ///< finite ones; of step 0 where there is none
    SeriesPoint last;
    SeriesPoint least;
    SeriesPoint most;
    std::vector<CurvePoint> points; ///< by rising step; empty: never
};

/// Makes a curve of samples that come one by one.
class CurveThinner {
public:
    /// At most so many points of the same number of steps each, counted from step 1, so that the points of all series
    /// of a run share their borders. `last_step`: the newest of the run; samples beyond it go into points of their own.
    CurveThinner(MetricId metric, std::int64_t last_step, std::int64_t most_points);

    /// Steps rise.
    void add(std::int64_t step, double value);
    /// What was added; call once, last.
    ReportCurve take();

private:
    void close();

    std::int64_t m_width; // steps of a point
    ReportCurve m_curve;  // the mean of its last point is still a sum
};

/// All at once.
ReportCurve thin(MetricId metric, std::span<const SeriesPoint> samples, std::int64_t last_step,
                 std::int64_t most_points);

} // namespace triptych
