// Thinning a series.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

CurveThinner::CurveThinner(MetricId metric, std::int64_t last_step, std::int64_t most_points)
{
    const std::int64_t most = std::max<std::int64_t>(most_points, 1);
    const std::int64_t steps = std::max<std::int64_t>(last_step, 1);
    m_width = steps / most + (steps % most > 0 ? 1 : 0);
    const MetricInfo& info = metric_info(metric.metric);
    m_curve.metric = metric;
    m_curve.name = metric_name(metric);
    m_curve.unit = info.unit;
    m_curve.doc = info.doc;
}

void CurveThinner::add(std::int64_t step, double value)
{
    std::vector<CurvePoint>& points = m_curve.points;
    const auto number = [this](std::int64_t at) { return (at - 1) / m_width; };
    if (points.empty() || number(points.back().first_step) != number(step)) {
        close();
        points.emplace_back();
        points.back().first_step = step;
    }
    ++m_curve.samples;
    CurvePoint& point = points.back();
    point.last_step = step;
    ++point.samples;
    if (!std::isfinite(value)) {
        ++point.gaps;
        return;
    }
    if (!(point.low <= value)) { // also where there was none
        point.low = value;
        point.low_step = step;
    }
    if (!(point.high >= value)) {
        point.high = value;
        point.high_step = step;
    }
    point.mean = point.samples - point.gaps == 1 ? value : point.mean + value;
    if (m_curve.first.step == 0) m_curve.first = m_curve.least = m_curve.most = {step, value};
    if (value < m_curve.least.value) m_curve.least = {step, value};
    if (value > m_curve.most.value) m_curve.most = {step, value};
    m_curve.last = {step, value};
}

void CurveThinner::close()
{
    if (m_curve.points.empty()) return;
    CurvePoint& point = m_curve.points.back();
    const auto values = static_cast<double>(point.samples - point.gaps);
    if (values > 1) point.mean = std::clamp(point.mean / values, point.low, point.high); // a sum is rounded
}

ReportCurve CurveThinner::take()
{
    close();
    return std::move(m_curve);
}

ReportCurve thin(MetricId metric, std::span<const SeriesPoint> samples, std::int64_t last_step,
                 std::int64_t most_points)
{
    CurveThinner thinner(metric, last_step, most_points);
    for (const SeriesPoint& sample : samples) thinner.add(sample.step, sample.value);
    return thinner.take();
}

} // namespace triptych
