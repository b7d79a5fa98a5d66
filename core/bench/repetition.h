// Measuring again and again: how often, and what is made of the results.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace triptych {

/// Of several measurements. On a shared machine the median is what holds; the others tell how noisy it was.
struct Spread {
    double median = 0;
    double least = 0;
    double most = 0;
};

/// All zero where nothing was measured. The median of an even number is the mean of the middle two.
Spread spread_of(std::vector<double> values);

/// By the clock that all of the benchmarks use.
double seconds_since(std::chrono::steady_clock::time_point start);
/// Seconds that `work` takes.
double seconds_of(const std::function<void()>& work);

/// How often something is measured: as often as somebody asked for, or else as often as fits a time.
struct Repetition {
    std::int64_t asked = 0; ///< 0: nobody asked
    double seconds = 0;     ///< from the start of the first one on
    std::int64_t least = 1; ///< however long one takes
    std::int64_t most = 1;  ///< however short

    /// Share that is done, in [0, 1]; 1: enough.
    double share_done(std::int64_t done, double seconds_spent) const;
};

/// Told now and then how much of a measurement is done, in [0, 1].
using BenchProgress = std::function<void(double share)>;

} // namespace triptych
