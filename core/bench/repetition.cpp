// Medians and the decision to stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/repetition.h"

#include <algorithm>

namespace triptych {

Spread spread_of(std::vector<double> values)
{
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return {.median = median, .least = values.front(), .most = values.back()};
}

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double seconds_of(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return seconds_since(start);
}

double Repetition::share_done(std::int64_t done, double seconds_spent) const
{
    const auto share = [done](std::int64_t of) { return static_cast<double>(done) / static_cast<double>(of); };
    if (asked > 0) return std::min(share(asked), 1.0);
    const double by_time = std::max(seconds > 0 ? seconds_spent / seconds : 1.0, share(most));
    return std::min({by_time, share(least), 1.0});
}

} // namespace triptych
