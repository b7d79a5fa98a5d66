// Ranges of value axes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/value_range.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kBulk = 0.02;     // at either end, what is left out of the bulk
constexpr double kReach = 3;       // widths of the bulk
constexpr std::size_t kFew = 20;   // values from which a bulk can be told
constexpr double kMargin = 0.07;   // of the span, above and below
constexpr double kHeadroom = 0.15; // of the span, when growing
constexpr double kTooLarge = 0.5;  // share of the axis that is needed at least

double toScale(double v, ValueScale scale)
{
    return scale == ValueScale::Logarithmic ? std::log10(v) : v;
}

double fromScale(double v, ValueScale scale)
{
    return scale == ValueScale::Logarithmic ? std::pow(10.0, v) : v;
}

double quantile(std::vector<double>& values, double share)
{
    const auto n = static_cast<double>(values.size() - 1);
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(std::lround(share * n));
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

/// Never empty: a constant gets some room around it.
ValueRange widened(ValueRange r, ValueScale scale)
{
    const double least =
        scale == ValueScale::Logarithmic ? 0.05 : std::max(std::abs(r.lower) + std::abs(r.upper), 1e-12) * 0.01;
    if (r.upper - r.lower >= least) return r;
    const double middle = (r.lower + r.upper) / 2;
    return {middle - least / 2, middle + least / 2};
}

} // namespace

ValueRange rangeOf(const std::vector<double>& values, ValueScale scale)
{
    std::vector<double> placed;
    placed.reserve(values.size());
    for (const double v : values)
        if (std::isfinite(v) && (scale == ValueScale::Linear || v > 0)) placed.push_back(toScale(v, scale));
    if (placed.empty()) return scale == ValueScale::Linear ? ValueRange{0, 1} : ValueRange{1, 10};
    double lower = *std::min_element(placed.begin(), placed.end());
    double upper = *std::max_element(placed.begin(), placed.end());
    if (placed.size() >= kFew) {
        const double low = quantile(placed, kBulk);
        const double high = quantile(placed, 1 - kBulk);
        // Where nearly all values are the same, a twentieth of them is still no outlier.
        const double width = std::max(high - low, 0.05 * std::max(std::abs(low), std::abs(high)) / kReach);
        const double floor = low - kReach * width;
        const double ceiling = high + kReach * width;
        double lowest = high, highest = low;
        for (const double v : placed) {
            if (v >= floor) lowest = std::min(lowest, v);
            if (v <= ceiling) highest = std::max(highest, v);
        }
        lower = std::max(lower, lowest);
        upper = std::min(upper, highest);
    }
    return {fromScale(lower, scale), fromScale(upper, scale)};
}

ValueRange StickyRange::update(ValueRange wanted, ValueScale scale, ValueBase base)
{
    const bool fromZero = base == ValueBase::Zero && scale == ValueScale::Linear && wanted.lower >= 0;
    if (fromZero) wanted.lower = 0;
    const ValueRange need = widened({toScale(wanted.lower, scale), toScale(wanted.upper, scale)}, scale);
    const double span = need.upper - need.lower;
    const bool same = m_known && m_scale == scale && m_base == base;
    const bool tooSmall = need.lower < m_range.lower || need.upper > m_range.upper;
    if (!same || span < kTooLarge * (m_range.upper - m_range.lower)) {
        m_range = {fromZero ? 0 : need.lower - kMargin * span, need.upper + kMargin * span};
    } else if (tooSmall) {
        if (need.lower < m_range.lower) m_range.lower = fromZero ? 0 : need.lower - kHeadroom * span;
        if (need.upper > m_range.upper) m_range.upper = need.upper + kHeadroom * span;
    }
    m_known = true;
    m_scale = scale;
    m_base = base;
    return {fromScale(m_range.lower, scale), fromScale(m_range.upper, scale)};
}

} // namespace triptych
