// From series to curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/series_curves.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

CurveStyle styleOfRun(int index)
{
    constexpr std::array kStyles = {CurveStyle::Line, CurveStyle::Dashes, CurveStyle::DashDots,
                                    CurveStyle::ShortDashes};
    return kStyles[static_cast<std::size_t>(std::abs(index)) % kStyles.size()];
}

QColor colorOf(const PlotSeries& series, const Theme& theme)
{
    return series.runColor ? theme.runColor(*series.runColor) : theme.colors().*series.color;
}

void SeriesCurves::setSeries(std::vector<PlotSeries> series)
{
    m_series = std::move(series);
    findVoices();
}

void SeriesCurves::setSmoothing(double weight, SmoothingKind kind)
{
    weight = std::clamp(weight, 0.0, 0.9999);
    if (weight == m_weight && kind == m_kind) return;
    m_weight = weight;
    m_kind = kind;
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
    findSources();
}

void SeriesCurves::findSources()
{
    m_smoothed.clear();
    m_sources.clear();
    m_bundles.clear();
    for (const PlotSeries& s : m_series) {
        m_bundles.push_back(bundle(s));
        const SeriesSource* source = s.members.empty() ? m_hub.find(s.run, s.metric) : m_bundles.back().get();
        m_sources.push_back(source);
        m_smoothed.push_back(source && isSmoothed(s) ? smoothedBy(*source, m_kind, m_weight) : nullptr);
    }
}

std::unique_ptr<BundleSource> SeriesCurves::bundle(const PlotSeries& series) const
{
    std::vector<const SeriesSource*> members;
    for (const MetricId metric : series.members)
        if (const SeriesSource* source = m_hub.find(series.run, metric)) members.push_back(source);
    return members.empty() ? nullptr : std::make_unique<BundleSource>(std::move(members));
}

std::optional<std::size_t> SeriesCurves::leadingIndex() const
{
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        if (m_sources[i] && m_sources[i]->extent()) return i;
    return std::nullopt;
}

const SeriesSource* SeriesCurves::leading() const
{
    const auto index = leadingIndex();
    return index ? m_sources[*index] : nullptr;
}

SeriesHub::RunId SeriesCurves::leadingRun() const
{
    const auto index = leadingIndex();
    return index ? m_series[*index].run : SeriesHub::RunId();
}

const SeriesSource* SeriesCurves::points(const Voice& voice) const
{
    return voice.smoothed ? m_smoothed[voice.series].get() : m_sources[voice.series];
}

std::vector<Curve> SeriesCurves::curves(const SharedAxis& axis, double first, double last, int pixels,
                                        const Theme& theme, Honesty& honesty) const
{
    std::vector<Voice> drawn = m_voices;
    // A spike of what is told by its smoothed value alone is to be seen, too.
    for (const Voice& voice : m_voices) {
        const PlotSeries& s = m_series[voice.series];
        if (voice.smoothed && s.smoothing == Smoothing::Quiet && s.style && s.members.empty())
            drawn.push_back({voice.series, false, CurveStyle::FaintLine});
    }
    std::vector<Curve> result;
    for (const Voice& voice : drawn) {
        const SeriesSource* source = points(voice);
        if (!voice.style || !source || !source->extent()) continue;
        const StepMap& map = axis.map(m_series[voice.series].run);
        Envelope envelope =
            source->envelope(map.toStep(first), map.toStep(last), static_cast<std::size_t>(std::max(pixels, 1)));
        honesty.loading |= source->loading();
        honesty.shown += std::min(envelope.steps.size(), envelope.of);
        honesty.of += envelope.of;
        honesty.thinned |= envelope.thinned;
        if (!voice.smoothed) honesty.gaps += envelope.gaps;
        if (map.isKnown())
            for (double& step : envelope.steps) step = map.toX(step);
        if (const BundleSource* bundle = m_bundles[voice.series].get()) {
            // The band is that of the values as they are: no spike is smoothed away.
            Fan fan = bundle->fan(map.toStep(first), map.toStep(last), static_cast<std::size_t>(std::max(pixels, 1)));
            if (voice.smoothed) honesty.gaps += fan.median.gaps; // of the values as they are
            std::vector<double>& steps = fan.median.steps;
            if (map.isKnown())
                for (double& step : steps) step = map.toX(step);
            result.push_back({std::move(steps), std::move(fan.high), colorOf(m_series[voice.series], theme),
                              CurveStyle::FaintLine, std::move(fan.low)});
        }
        result.push_back({std::move(envelope.steps), std::move(envelope.values), colorOf(m_series[voice.series], theme),
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
            const bool below = !curve.lower.empty() && curve.lower[i] < frame.values.lower;
            const double v = below && curve.values[i] <= frame.values.upper ? curve.lower[i] : curve.values[i];
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
