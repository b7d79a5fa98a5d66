// From wherever the series lies.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/whole_curve.h"

#include "ui/bridge/series_hub.h"
#include "ui/bridge/series_source.h"

namespace triptych {

WholeCurve wholeCurve(const SeriesHub& hub, MetricId metric, std::size_t buckets)
{
    const SeriesSource* series = hub.find({}, metric);
    const auto extent = series ? series->extent() : std::nullopt;
    if (!extent) return {};
    const Envelope thin =
        series->envelope(static_cast<double>(extent->first), static_cast<double>(extent->last), buckets);
    WholeCurve curve;
    for (std::size_t i = 0; i < thin.steps.size(); ++i) curve.points.emplace_back(thin.steps[i], thin.values[i]);
    curve.of = series->size();
    curve.loading = series->loading();
    return curve;
}

} // namespace triptych
