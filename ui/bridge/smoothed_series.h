// A series smoothed once and not again at every frame: as it grows, only what is new is worked out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/indexed_series.h"

#include <cmath>
#include <cstdint>

namespace triptych {

/// Exponential smoothing without the bias towards its start: s_n = sum of a^(t_n-t_i) v_i / sum of a^(t_n-t_i), over
/// the finite v_i, at steps t_i: of a series with a value at every fiftieth step it is the same time that fades. What
/// is no finite number stays as it is: a gap.
class Smoother {
public:
    /// 0 <= a < 1
    explicit Smoother(double weight) : m_weight(weight) {}

    /// A value so many steps after the one before it.
    double next(double value, std::int64_t steps = 1)
    {
        skip(steps);
        if (!std::isfinite(value)) return value;
        m_sum += value;
        m_total += 1;
        return m_sum / m_total;
    }

    /// As next() for so many finite values that lie evenly among so many steps, of which only the mean is known; that
    /// of the last one.
    double next(double mean, std::uint64_t times, std::int64_t steps)
    {
        const double faded = 1 - skip(steps);
        const double grown = faded / (1 - m_weight) * static_cast<double>(times) / static_cast<double>(steps);
        m_sum += mean * grown;
        m_total += grown;
        return m_sum / m_total;
    }

    /// Steps without a value; what is left of those before them.
    double skip(std::int64_t steps)
    {
        const double left = steps == 1 ? m_weight : std::pow(m_weight, static_cast<double>(steps));
        m_sum *= left;
        m_total *= left;
        return left;
    }

private:
    double m_weight;
    double m_sum = 0;
    double m_total = 0;
};

/// After so many steps a smoothing has forgotten what was before them: its weight is below 1e-6.
std::int64_t runIn(double weight);

class SmoothedSeries {
public:
    /// `source` smoothed with a weight 0 <= a < 1, valid until the next call. Quick where the source of the last call
    /// only grew and the weight is the same. Bounded as the source is. What the source thinned before it was followed
    /// is smoothed by the means of its pieces, one value each.
    const IndexedSeries& follow(const IndexedSeries& source, double weight);

private:
    void followPast(const IndexedSeries& source);
    std::int64_t passedTo(const IndexedSeries& source, std::size_t point) const;

    IndexedSeries m_result;
    std::uint64_t m_source = 0;   ///< generation of what was smoothed
    std::uint64_t m_followed = 0; ///< points of it
    double m_weight = 0;
    Smoother m_smoother{0};
};

} // namespace triptych
