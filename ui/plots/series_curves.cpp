// From series to curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/series_curves.h"

#include <algorithm>
#include <cmath>

namespace triptych {

void SeriesCurves::setSeries(std::vector<PlotSeries> series)
{
    m_series = std::move(series);
    m_smoothed.clear();
    m_smoothed.resize(m_series.size());
    findVoices();
}

void SeriesCurves::setWeight(double weight)
{
    m_weight = std::clamp(weight, 0.0, 0.9999);
    findVoices();
}

bool SeriesCurves::isSmoothed(const PlotSeries& series) const
{
    return m_weight > 0 && series.smoothing != Smoothing::Never;
}

void SeriesCurves::findVoices()
{
    m_voices.clear();
    for (std::size_t i = 0; i < m_series.size(); ++i) {
        const PlotSeries& s = m_series[i];
        const bool raw = !isSmoothed(s) || s.smoothing == Smoothing::WithRawBehind;
        if (raw) m_voices.push_back({i, false, isSmoothed(s) ? CurveStyle::FaintLine : s.style});
        if (isSmoothed(s)) m_voices.push_back({i, true, s.style});
    }
}

bool SeriesCurves::empty() const
{
    return leading() == nullptr;
}

const IndexedSeries* SeriesCurves::leading() const
{
    for (const PlotSeries& s : m_series)
        if (!m_cache.indexed(s.metric).empty()) return &m_cache.indexed(s.metric);
    return nullptr;
}

std::optional<std::pair<double, double>> SeriesCurves::extent() const
{
    std::optional<std::pair<double, double>> all;
    for (const PlotSeries& s : m_series) {
        const auto& steps = m_cache.series(s.metric).steps;
        if (steps.empty()) continue;
        const auto first = static_cast<double>(steps.front());
        const auto last = static_cast<double>(steps.back());
        all = all ? std::pair(std::min(all->first, first), std::max(all->second, last)) : std::pair(first, last);
    }
    return all;
}

const IndexedSeries& SeriesCurves::points(const Voice& voice)
{
    const IndexedSeries& raw = m_cache.indexed(m_series[voice.series].metric);
    return voice.smoothed ? m_smoothed[voice.series].follow(raw, m_weight) : raw;
}

std::vector<Curve> SeriesCurves::curves(double firstStep, double lastStep, int pixels, const ThemeColors& colors,
                                        Honesty& honesty)
{
    std::vector<Curve> result;
    for (const Voice& voice : m_voices) {
        if (!voice.style || points(voice).empty()) continue;
        Envelope envelope = points(voice).envelope(firstStep, lastStep, static_cast<std::size_t>(std::max(pixels, 1)));
        honesty.shown += std::min(envelope.steps.size(), envelope.of);
        honesty.of += envelope.of;
        honesty.thinned |= envelope.thinned;
        if (!voice.smoothed) honesty.gaps += envelope.gaps;
        result.push_back({std::move(envelope.steps), std::move(envelope.values), colors.*m_series[voice.series].color,
                          *voice.style});
    }
    // Faint curves lie behind, and points over everything.
    std::stable_sort(result.begin(), result.end(), [](const Curve& a, const Curve& b) {
        const auto rank = [](CurveStyle s) { return s == CurveStyle::FaintLine ? 0 : s == CurveStyle::Dots ? 2 : 1; };
        return rank(a.style) < rank(b.style);
    });
    return result;
}

void markWhatIsNotShown(PlotFrame& frame, Honesty& honesty)
{
    const bool log = frame.scale == ValueScale::Logarithmic;
    for (const Curve& curve : frame.curves)
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            const double step = curve.steps[i];
            const double v = curve.values[i];
            if (step < frame.firstStep || step > frame.lastStep) continue;
            const bool unplaced = log && v <= 0;
            if (unplaced) ++honesty.notPositive;
            if (unplaced || !std::isfinite(v)) {
                frame.gaps.push_back(step);
                continue;
            }
            if (v >= frame.values.lower && v <= frame.values.upper) continue;
            (v > frame.values.upper ? frame.above : frame.below).push_back(step);
            if (honesty.beyond++ == 0 || std::abs(v) > std::abs(honesty.farthest)) honesty.farthest = v;
        }
    for (auto* steps : {&frame.gaps, &frame.above, &frame.below}) std::sort(steps->begin(), steps->end());
}

} // namespace triptych
