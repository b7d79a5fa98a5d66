// Thinning a series.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_curve.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

CurveThinner::CurveThinner(std::int64_t last_step, std::int64_t most_points)
{
    const std::int64_t most = std::max<std::int64_t>(most_points, 1);
    const std::int64_t steps = std::max<std::int64_t>(last_step, 1);
    m_width = steps / most + (steps % most > 0 ? 1 : 0);
}

void CurveThinner::add(std::int64_t step, double value)
{
    ++m_samples;
    const auto number = [this](std::int64_t at) { return (at - 1) / m_width; };
    if (m_points.empty() || number(m_points.back().first_step) != number(step)) {
        close();
        m_points.push_back({});
        m_points.back().first_step = step;
    }
    CurvePoint& point = m_points.back();
    point.last_step = step;
    ++point.samples;
    if (!std::isfinite(value)) {
        ++point.gaps;
        return;
    }
    if (!(point.low <= value)) {
        point.low = value;
        point.low_step = step;
    }
    if (!(point.high >= value)) {
        point.high = value;
        point.high_step = step;
    }
    point.mean = point.samples - point.gaps == 1 ? value : point.mean + value;
}

void CurveThinner::close()
{
    if (m_points.empty()) return;
    CurvePoint& point = m_points.back();
    const auto values = static_cast<double>(point.samples - point.gaps);
    if (values > 1) point.mean = std::clamp(point.mean / values, point.low, point.high); // a sum is rounded
}

std::vector<CurvePoint> CurveThinner::take()
{
    close();
    m_samples = 0;
    return std::exchange(m_points, {});
}

std::vector<CurvePoint> thin(std::span<const SeriesPoint> samples, std::int64_t last_step, std::int64_t most_points)
{
    CurveThinner thinner(last_step, most_points);
    for (const SeriesPoint& sample : samples) thinner.add(sample.step, sample.value);
    return thinner.take();
}

} // namespace triptych
