// Sliding windows over points.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/window_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

namespace triptych {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kFar = 3;   // standard deviations, beyond which a weight says nothing
constexpr int kBinsEach = 8; // bins of a standard deviation, where there are more points than that
constexpr std::array kIds = {std::pair{SmoothingKind::Exponential, "exponential"},
                             std::pair{SmoothingKind::Gaussian, "gaussian"},
                             std::pair{SmoothingKind::Median, "median"}};

double windowOf(double weight)
{
    return 1 / (1 - std::clamp(weight, 0.0, 0.9999));
}

double deviationOf(double weight)
{
    return windowOf(weight) / std::sqrt(std::numbers::pi);
}

/// Finite points that lie close together as one, so that a wide window need not visit each.
struct Bins {
    std::vector<double> step;
    std::vector<double> sum;
    std::vector<double> count;
};

Bins binned(const Envelope& points, double width)
{
    Bins bins;
    double last = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.steps.size(); ++i) {
        if (!std::isfinite(points.values[i])) continue;
        const double place = width > 1 ? std::floor(points.steps[i] / width) : points.steps[i];
        if (place != last) {
            bins.step.push_back(0);
            bins.sum.push_back(0);
            bins.count.push_back(0);
            last = place;
        }
        bins.step.back() += points.steps[i];
        bins.sum.back() += points.values[i];
        ++bins.count.back();
    }
    for (std::size_t i = 0; i < bins.step.size(); ++i) bins.step[i] /= bins.count[i];
    return bins;
}

std::vector<double> gaussian(const Envelope& points, double deviation)
{
    const Bins bins = binned(points, deviation / kBinsEach);
    std::vector<double> result(points.steps.size(), kNone);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < points.steps.size(); ++i) {
        if (!std::isfinite(points.values[i])) continue;
        const double here = points.steps[i];
        while (begin < bins.step.size() && bins.step[begin] < here - kFar * deviation) ++begin;
        double sum = 0;
        double total = 0;
        for (std::size_t b = begin; b < bins.step.size() && bins.step[b] <= here + kFar * deviation; ++b) {
            const double away = (bins.step[b] - here) / deviation;
            const double weight = std::exp(-0.5 * away * away);
            sum += weight * bins.sum[b];
            total += weight * bins.count[b];
        }
        result[i] = total > 0 ? sum / total : points.values[i];
    }
    return result;
}

/// The window is kept in order: a point that comes in or goes out finds its place by halving.
std::vector<double> runningMedian(const Envelope& points, double reach)
{
    std::vector<double> result(points.steps.size(), kNone);
    std::vector<double> window;
    std::size_t in = 0;
    std::size_t out = 0;
    const auto place = [&window](double v) { return std::lower_bound(window.begin(), window.end(), v); };
    for (std::size_t i = 0; i < points.steps.size(); ++i) {
        for (; in < points.steps.size() && points.steps[in] <= points.steps[i] + reach; ++in)
            if (std::isfinite(points.values[in])) window.insert(place(points.values[in]), points.values[in]);
        for (; points.steps[out] < points.steps[i] - reach; ++out)
            if (std::isfinite(points.values[out])) window.erase(place(points.values[out]));
        if (!std::isfinite(points.values[i])) continue;
        const std::size_t half = window.size() / 2;
        result[i] = window.size() % 2 == 1 ? window[half] : (window[half - 1] + window[half]) / 2;
    }
    return result;
}

} // namespace

QString smoothingId(SmoothingKind kind)
{
    for (const auto& [each, id] : kIds)
        if (each == kind) return QLatin1String(id);
    return {};
}

SmoothingKind smoothingFromId(const QString& id)
{
    for (const auto& [kind, each] : kIds)
        if (id == QLatin1String(each)) return kind;
    return SmoothingKind::Exponential;
}

std::unique_ptr<SeriesSource> smoothedBy(const SeriesSource& source, SmoothingKind kind, double weight)
{
    if (kind == SmoothingKind::Exponential) return source.smoothed(weight);
    return std::make_unique<WindowSource>(source, kind, weight);
}

WindowSource::WindowSource(const SeriesSource& source, SmoothingKind kind, double weight)
    : m_source(source), m_kind(kind), m_weight(weight),
      m_reach(kind == SmoothingKind::Gaussian ? kFar * deviationOf(weight) : windowOf(weight))
{}

/// What the window goes over: the points themselves, or, of too many, a mean of about as many as must be left out.
const SeriesSource& WindowSource::calmed(double first, double last) const
{
    const auto all = m_source.extent();
    const double from = std::max(first, static_cast<double>(all->first));
    const double to = std::min(last, static_cast<double>(all->last));
    const double spare = (to - from + 1) / static_cast<double>(kMostPoints);
    if (spare <= 1) return m_source;
    const int of = static_cast<int>(std::ceil(std::log2(spare)));
    if (of != m_meansOf) {
        m_means = m_source.smoothed(1 - 1 / std::exp2(of + 1));
        m_meansOf = of;
    }
    return *m_means;
}

Envelope WindowSource::around(double first, double last) const
{
    // One that is not thinned has a neighbour beyond either end.
    Envelope points =
        calmed(first - m_reach, last + m_reach).envelope(first - m_reach, last + m_reach, kMostPoints / 4);
    std::vector<double> values =
        m_kind == SmoothingKind::Gaussian ? gaussian(points, deviationOf(m_weight)) : runningMedian(points, m_reach);
    // What was read for the window alone goes, but for one point beyond either end: lines lead there.
    std::size_t begin = 0;
    while (begin + 1 < points.steps.size() && points.steps[begin + 1] < first) ++begin;
    std::size_t end = points.steps.size();
    while (end > begin + 1 && points.steps[end - 2] > last) --end;
    Envelope cut;
    for (std::size_t i = begin; i < end; ++i) {
        cut.steps.push_back(points.steps[i]);
        cut.values.push_back(values[i]);
    }
    cut.thinned = points.thinned;
    return cut;
}

Envelope WindowSource::envelope(double first, double last, std::size_t buckets) const
{
    if (!m_source.extent() || !(first <= last)) return {};
    const Envelope smooth = around(first, last);
    // How many there are is what the source says of this part.
    const Envelope counted = m_source.envelope(first, last, std::max<std::size_t>(buckets, 1));
    Series series;
    for (std::size_t i = 0; i < smooth.steps.size(); ++i) {
        const auto step = static_cast<std::int64_t>(std::llround(smooth.steps[i]));
        if (!series.steps.empty() && step <= series.steps.back()) continue;
        series.steps.push_back(step);
        series.values.push_back(smooth.values[i]);
    }
    Envelope thin = IndexedSeries(std::move(series)).envelope(first, last, buckets);
    thin.of = counted.of;
    thin.gaps = counted.gaps;
    thin.thinned |= counted.thinned || smooth.thinned;
    return thin;
}

std::optional<SeriesPoint> WindowSource::filtered(const std::optional<SeriesPoint>& raw) const
{
    if (!raw || !std::isfinite(raw->value)) return raw;
    const auto step = static_cast<double>(raw->step);
    const Envelope smooth = around(step, step);
    for (std::size_t i = 0; i < smooth.steps.size(); ++i)
        if (smooth.steps[i] == step) return SeriesPoint{raw->step, smooth.values[i]};
    return raw;
}

std::optional<SeriesPoint> WindowSource::at(double step) const
{
    return filtered(m_source.at(step));
}

std::optional<SeriesPoint> WindowSource::neighbour(double step, int direction) const
{
    return filtered(m_source.neighbour(step, direction));
}

std::unique_ptr<SeriesSource> WindowSource::smoothed(double weight) const
{
    return std::make_unique<WindowSource>(m_source, m_kind, weight);
}

} // namespace triptych
