// Another series times a number: device-seconds at the price of one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_source.h"

#include <functional>

namespace triptych {

/// Where there is no series, there are no points.
class ScaledSource : public SeriesSource {
public:
    using Find = std::function<const SeriesSource*()>; ///< looked up each time, since series come and go; may be null

    /// `serial`: another one for another factor, so that whoever keeps points reads them again.
    ScaledSource(Find find, double factor, std::uint64_t serial)
        : m_find(std::move(find)), m_factor(factor), m_serial(serial)
    {}

    std::uint64_t generation() const override;
    std::size_t size() const override;
    SeriesSummary summary() const override;
    std::optional<StepRange> extent() const override;
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override;
    bool loading() const override;
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;

private:
    std::optional<SeriesPoint> scaled(std::optional<SeriesPoint> point) const;

    Find m_find;
    double m_factor;
    std::uint64_t m_serial;
};

} // namespace triptych
