// Balance measures from tokens per expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/balance.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// 0 where there is nothing to count.
template <class Count>
double mean_of(std::span<const Count> counts)
{
    double total = 0;
    for (const Count c : counts) total += static_cast<double>(c);
    return total > 0 ? total / static_cast<double>(counts.size()) : 0.0;
}

template <class Count>
BalanceMeasures measure(std::span<const Count> counts)
{
    BalanceMeasures result;
    const double mean = mean_of(counts);
    if (counts.empty()) return result;
    const auto n = static_cast<double>(counts.size());
    result.dead_fraction = static_cast<double>(std::count(counts.begin(), counts.end(), Count{})) / n;
    if (!(mean > 0)) return result;
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    result.max_violation = static_cast<double>(*most) / mean - 1.0;
    result.min_violation = 1.0 - static_cast<double>(*least) / mean;
    double squares = 0;
    double entropy = 0;
    for (const Count count : counts) {
        const double u = static_cast<double>(count) / mean;
        squares += (u - 1.0) * (u - 1.0);
        if (u > 0) entropy -= u / n * std::log(u / n);
    }
    result.variation = std::sqrt(squares / n);
    result.effective_share = std::exp(entropy) / n;
    return result;
}

/// Counts of the experts that are on.
template <class Count>
std::vector<Count> without(std::span<const Count> counts, ExpertsOff off)
{
    std::vector<Count> rest;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (!std::binary_search(off.begin(), off.end(), static_cast<std::int32_t>(i))) rest.push_back(counts[i]);
    return rest;
}

template <class Count>
std::vector<double> ratios(std::span<const Count> counts, ExpertsOff off)
{
    std::vector<double> result(counts.size(), 0.0);
    const double mean = off.empty() ? mean_of(counts) : mean_of(std::span<const Count>(without(counts, off)));
    if (!(mean > 0)) return result;
    for (std::size_t i = 0; i < counts.size(); ++i) result[i] = static_cast<double>(counts[i]) / mean;
    for (const std::int32_t e : off) result[static_cast<std::size_t>(e)] = 0;
    return result;
}

template <class Count>
BalanceMeasures measure(std::span<const Count> counts, ExpertsOff off)
{
    return off.empty() ? measure(counts) : measure(std::span<const Count>(without(counts, off)));
}

double percentile(const std::vector<double>& sorted, double fraction)
{
    const double place = fraction * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

} // namespace

BalanceMeasures measure_balance(std::span<const double> counts, ExpertsOff off)
{
    return measure(counts, off);
}
BalanceMeasures measure_balance(std::span<const std::int64_t> counts, ExpertsOff off)
{
    return measure(counts, off);
}

std::vector<double> utilisation(std::span<const double> counts, ExpertsOff off)
{
    return ratios(counts, off);
}
std::vector<double> utilisation(std::span<const std::int64_t> counts, ExpertsOff off)
{
    return ratios(counts, off);
}

Percentiles percentiles(std::span<const double> values)
{
    if (values.empty()) return {};
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return {percentile(sorted, 0.50), percentile(sorted, 0.75), percentile(sorted, 0.90), percentile(sorted, 0.95)};
}

} // namespace triptych
