// Several series as one: those of all layers, of which a plot shows the median and the band they lie in.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_source.h"

#include <memory>
#include <span>
#include <vector>

namespace triptych {

/// Of the finite values; not-a-number where there is none. The mean of both in the middle of an even number.
double medianOf(std::vector<double> values);

/// A bundle as thinned as the screen needs it: three values at each step.
struct Fan {
    Envelope median;          ///< gaps: of all members together
    std::vector<double> low;  ///< the smallest value of any member, not-a-number where all have gaps
    std::vector<double> high; ///< the largest
};

/// Where it is thinned, a pixel stands for several steps: the median is then that of the last of them, and the band
/// goes from the smallest to the largest value of any member at any of them.
class BundleSource : public SeriesSource {
public:
    /// These outlive it.
    explicit BundleSource(std::vector<const SeriesSource*> members);

    std::size_t members() const { return m_members.size(); }
    Fan fan(double first, double last, std::size_t buckets) const;

    std::uint64_t generation() const override;
    std::size_t size() const override;
    SeriesSummary summary() const override;
    std::optional<StepRange> extent() const override;
    std::optional<SeriesPoint> at(double step) const override;
    std::optional<SeriesPoint> neighbour(double step, int direction) const override;
    Envelope envelope(double first, double last, std::size_t buckets) const override
    {
        return fan(first, last, buckets).median;
    }
    bool loading() const override;
    /// The median of the smoothed members.
    std::unique_ptr<SeriesSource> smoothed(double weight) const override;

private:
    std::vector<std::unique_ptr<SeriesSource>> m_own; ///< where they were made for this
    std::vector<const SeriesSource*> m_members;
};

} // namespace triptych
