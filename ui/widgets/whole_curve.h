// A series of the run that is shown, from its first step to its last, in as many points as a small picture needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"

#include <QPointF>

#include <cstddef>
#include <vector>

namespace triptych {

class SeriesHub;

struct WholeCurve {
    std::vector<QPointF> points; ///< by rising step, the extremes of each of the buckets among them
    std::size_t of = 0;          ///< points that the run has
    bool loading = false;        ///< finer ones are on their way: SeriesHub::loaded() tells when they are there
};

/// Without points where the run has no such series.
WholeCurve wholeCurve(const SeriesHub& hub, MetricId metric, std::size_t buckets);

} // namespace triptych
