// Makes the curves of a plot out of a run's series: thinned, smoothed, within the part that is looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_cache.h"
#include "ui/bridge/smoothed_series.h"
#include "ui/plots/plot_frame.h"
#include "ui/theme/theme.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace triptych {

enum class Smoothing : std::uint8_t {
    Never = 1,
    WithRawBehind, ///< the smoothed curve over the faint raw one
    Alone,         ///< only the smoothed curve: a second voice that stays calm
};

/// One metric in a plot.
struct PlotSeries {
    QString name; ///< short: "train"
    MetricId metric;
    QColor ThemeColors::*color = &ThemeColors::text;
    std::optional<CurveStyle> style = CurveStyle::Line; ///< nothing: told as a number, not drawn
    Smoothing smoothing = Smoothing::Never;
    std::function<QString(double)> text; ///< how a value is written
    QString widest;                      ///< a text as wide as any of them
    QString tip;                         ///< formula, unit, source
};

/// How much of the truth a picture shows.
struct Honesty {
    std::size_t shown = 0;
    std::size_t of = 0; ///< points in the picture's part of the run
    bool thinned = false;
    std::size_t gaps = 0;        ///< values that are no finite numbers
    std::size_t notPositive = 0; ///< drawn points that cannot be on a logarithmic axis
    std::size_t beyond = 0;      ///< drawn points above or below the picture
    double farthest = 0;         ///< the one of these that is furthest away
};

/// One number of the legend: a series as it is, or smoothed.
struct Voice {
    std::size_t series = 0;
    bool smoothed = false;
    std::optional<CurveStyle> style;
};

class SeriesCurves {
public:
    /// `cache` outlives this.
    explicit SeriesCurves(const SeriesCache& cache) : m_cache(cache) {}

    void setSeries(std::vector<PlotSeries> series);
    const std::vector<PlotSeries>& series() const { return m_series; }
    /// 0 <= weight < 1; 0: nothing is smoothed.
    void setWeight(double weight);
    double weight() const { return m_weight; }

    bool empty() const;
    /// First and newest step of all series; nothing without points.
    std::optional<std::pair<double, double>> extent() const;
    /// What the legend tells, in its order.
    const std::vector<Voice>& voices() const { return m_voices; }
    /// The points of a voice.
    const IndexedSeries& points(const Voice& voice);
    /// The series whose points a crosshair visits: the first with any; null without.
    const IndexedSeries* leading() const;

    /// Curves from one step to another, at most about four points for each of so many pixels.
    std::vector<Curve> curves(double firstStep, double lastStep, int pixels, const ThemeColors& colors,
                              Honesty& honesty);

private:
    void findVoices();
    bool isSmoothed(const PlotSeries& series) const;

    const SeriesCache& m_cache;
    std::vector<PlotSeries> m_series;
    std::vector<SmoothedSeries> m_smoothed; ///< one for each series
    std::vector<Voice> m_voices;
    double m_weight = 0;
};

/// Finds the values that a frame with these values range cannot show where they are, and lists their steps in it.
void markWhatIsNotShown(PlotFrame& frame, Honesty& honesty);

} // namespace triptych
