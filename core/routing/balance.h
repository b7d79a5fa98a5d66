// How evenly experts are used, and the update of the bias that evens it out (V3 report 2.1.2; arXiv 2408.15664).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/error.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace triptych {

/// Measures of one layer's loads c_1..c_N (tokens per expert). With no token at all the ratios are 0 and every expert
/// is dead. Where experts are off, they are no part of the layer: N counts the others.
struct BalanceMeasures {
    double max_violation = 0;   ///< MaxVio = max c / mean c - 1, eq. 4 of arXiv 2408.15664; from 0 (perfect) to N - 1
    double min_violation = 0;   ///< MinVio = 1 - min c / mean c; from 0 (perfect) to 1 (some expert is dead)
    double variation = 0;       ///< CV = standard deviation of c (over N, not N - 1) / mean c
    double effective_share = 0; ///< exp(H) / N, H = -sum p ln p of the shares p; from 1/N (one gets all) to 1 (even)
    double dead_fraction = 0;   ///< experts without any token, of all
    bool operator==(const BalanceMeasures&) const = default;
};

/// Indices of experts that are switched off, rising.
using ExpertsOff = std::span<const std::int32_t>;

/// Counts are zero or more and may be averages, hence double.
BalanceMeasures measure_balance(std::span<const double> counts, ExpertsOff off = {});
BalanceMeasures measure_balance(std::span<const std::int64_t> counts, ExpertsOff off = {});

/// load / mean load for each expert: 1 is fair, 0 is dead or off. All 0 when no token was counted.
std::vector<double> utilisation(std::span<const double> counts, ExpertsOff off = {});
std::vector<double> utilisation(std::span<const std::int64_t> counts, ExpertsOff off = {});

/// How one measure spreads, over layers for instance.
struct Percentiles {
    double p50 = 0;
    double p75 = 0;
    double p90 = 0;
    double p95 = 0;
    bool operator==(const Percentiles&) const = default;
};

/// Linear between the two nearest values in order (the usual definition, NumPy's default). All 0 for no values.
Percentiles percentiles(std::span<const double> values);

/// b_i += gamma * sign(mean c - c_i), sign(0) = 0: experts with too few tokens rise, with too many sink. To be called
/// once per optimizer step, with the loads of the whole finished batch; gamma is the paper's 0.001, later 0. Experts
/// that are off keep their bias and do not count in the mean. Throws ShapeError when the two lengths differ.
template <class T, class Count>
void update_bias(std::span<T> bias, std::span<const Count> counts, double gamma, ExpertsOff off = {})
{
    if (bias.size() != counts.size())
        throw ShapeError("[update_bias] bias has " + std::to_string(bias.size()) + " experts, counts has " +
                         std::to_string(counts.size()));
    const auto is_off = [off](std::size_t i) {
        return std::binary_search(off.begin(), off.end(), static_cast<std::int32_t>(i));
    };
    double total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) total += is_off(i) ? 0.0 : static_cast<double>(counts[i]);
    const double mean = counts.size() <= off.size() ? 0.0 : total / static_cast<double>(counts.size() - off.size());
    for (std::size_t i = 0; i < bias.size(); ++i) {
        if (is_off(i)) continue;
        const auto load = static_cast<double>(counts[i]);
        if (load < mean) bias[i] += static_cast<T>(gamma);
        if (load > mean) bias[i] -= static_cast<T>(gamma);
    }
}

} // namespace triptych
