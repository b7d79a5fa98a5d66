// A series smoothed by a window around each step: a Gaussian, or the running median, which no spike moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_source.h"
#include "ui/bridge/smoothing_kind.h"

#include <memory>

namespace triptych {

/// `source` smoothed by one of the three, 0 < weight < 1, which `source` outlives.
std::unique_ptr<SeriesSource> smoothedBy(const SeriesSource& source, SmoothingKind kind, double weight);

/// A window of 1 / (1 - weight) = n steps: a standard deviation of n / sqrt(pi), or the median of the points up to n
/// steps away. Of white noise either leaves about as much as exponential smoothing of that weight does. The window
/// looks ahead as far as back and is cut at the ends of the series, so that nothing is shifted; the newest points move
/// until enough has come after them. Where more than kMostPoints are in view it goes over means of neighbours. A value
/// that is no finite number stays: a gap.
class WindowSource : public SeriesSource {
public:
    static constexpr std::size_t kMostPoints = 20'000;

    WindowSource(const SeriesSource& source, SmoothingKind kind, double weight);

    std::uint64_t generation() const override { return m_source.generation(); }
    std::size_t size() const override { return m_source.size(); }
    SeriesSummary summary() const override { return m_source.summary(); }
    std::optional<StepRange> extent() const override { return m_source.extent(); }
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override;
    bool loading() const override { return m_source.loading() || (m_means && m_means->loading()); }
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;

private:
    const SeriesSource& calmed(double first, double last) const;
    Envelope around(double first, double last) const;
    std::optional<SeriesPoint> filtered(const std::optional<SeriesPoint>& raw) const;

    const SeriesSource& m_source;
    SmoothingKind m_kind;
    double m_weight;
    double m_reach;                                ///< steps to either side
    mutable std::unique_ptr<SeriesSource> m_means; ///< of neighbours, where there are too many points
    mutable int m_meansOf = 0;                     ///< 2^so many
};

} // namespace triptych
