// Makes the curves of a plot out of series of one or several runs: thinned, smoothed, within the part that is looked
// at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/bundle_source.h"
#include "ui/bridge/series_source.h"
#include "ui/bridge/window_source.h"
#include "ui/plots/plot_frame.h"
#include "ui/plots/x_axis.h"
#include "ui/theme/theme.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace triptych {

enum class Smoothing : std::uint8_t {
    Never = 1,
    WithRawBehind, ///< the smoothed curve over the faint raw one
    Quiet,         ///< the same, and only the smoothed value is told: a second voice that stays calm
};

/// One metric of one run in a plot.
struct PlotSeries {
    QString name; ///< short: "train"
    MetricId metric;
    QColor ThemeColors::*color = &ThemeColors::text;
    std::optional<CurveStyle> style = CurveStyle::Line; ///< nothing: told as a number, not drawn
    Smoothing smoothing = Smoothing::Never;
    std::function<QString(double)> text; ///< how a value is written
    QString widest;                      ///< a text as wide as any of them
    QString tip;                         ///< formula, unit, source
    SeriesHub::RunId run = {};           ///< empty: that of the feed
    std::vector<MetricId> members =
        {};                           ///< not empty: the median of these, in the band from the smallest to the largest
    std::optional<int> runColor = {}; ///< instead of the role's colour: Theme::runColor()
};

/// The line of a run that is compared with others: its second sign beside the colour.
CurveStyle styleOfRun(int index);
QColor colorOf(const PlotSeries& series, const Theme& theme);

/// How much of the truth a picture shows.
struct Honesty {
    std::size_t shown = 0;
    std::size_t of = 0; ///< points in the picture's part of the run
    bool thinned = false;
    bool loading = false;        ///< finer points are on their way from a file
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
    /// `hub` outlives this.
    explicit SeriesCurves(const SeriesHub& hub) : m_hub(hub) {}

    void setSeries(std::vector<PlotSeries> series);
    const std::vector<PlotSeries>& series() const { return m_series; }
    /// 0 <= weight < 1; 0: nothing is smoothed.
    void setSmoothing(double weight, SmoothingKind kind);
    double weight() const { return m_weight; }
    SmoothingKind kind() const { return m_kind; }
    /// The hub has other sources than before.
    void findSources();

    bool empty() const { return leading() == nullptr; }
    /// What the legend tells, in its order.
    const std::vector<Voice>& voices() const { return m_voices; }
    /// The points of a voice; null: there are none.
    const SeriesSource* points(const Voice& voice) const;
    /// The series whose points a crosshair visits: the first with any; null without. And whose it is.
    const SeriesSource* leading() const;
    SeriesHub::RunId leadingRun() const;

    /// Curves from one place of the axis to another, at most about four points for each of so many pixels.
    std::vector<Curve> curves(const SharedAxis& axis, double first, double last, int pixels, const Theme& theme,
                              Honesty& honesty) const;

private:
    void findVoices();
    bool isSmoothed(const PlotSeries& series) const;
    std::optional<std::size_t> leadingIndex() const;
    std::unique_ptr<BundleSource> bundle(const PlotSeries& series) const;

    const SeriesHub& m_hub;
    std::vector<PlotSeries> m_series;
    std::vector<std::unique_ptr<BundleSource>> m_bundles;  ///< likewise, where it has members
    std::vector<const SeriesSource*> m_sources;            ///< one for each series; null: none
    std::vector<std::unique_ptr<SeriesSource>> m_smoothed; ///< likewise, where it is smoothed
    std::vector<Voice> m_voices;
    double m_weight = 0;
    SmoothingKind m_kind = SmoothingKind::Exponential;
};

/// Finds the values that a frame with these values range cannot show where they are, and lists their steps in it.
void markWhatIsNotShown(PlotFrame& frame, Honesty& honesty);

} // namespace triptych
