// The least bound under which a walk from the back needs no more pieces than there are stages, by bisection.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/stage_split.h"

#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

constexpr int kHalvings = 60;

/// Fills the pieces from the last one up to the bound, but leaves a part for each piece before. Empty when a piece is
/// over it.
std::vector<std::size_t> filled(std::span<const double> seconds, std::size_t stages, double bound)
{
    std::vector<std::size_t> begins(stages + 1, seconds.size());
    std::size_t at = seconds.size();
    for (std::size_t stage = stages; stage-- > 0;) {
        double sum = seconds[--at];
        if (sum > bound) return {};
        while (at > stage && sum + seconds[at - 1] <= bound) sum += seconds[--at];
        begins[stage] = at;
    }
    return at == 0 ? begins : std::vector<std::size_t>();
}

} // namespace

std::vector<std::size_t> split_into_stages(std::span<const double> seconds, std::int64_t stages)
{
    const auto count = static_cast<std::size_t>(stages);
    double high = std::accumulate(seconds.begin(), seconds.end(), 0.0) * (1 + 1e-12);
    double low = *std::max_element(seconds.begin(), seconds.end()) * (1 - 1e-12);
    std::vector<std::size_t> best = filled(seconds, count, high);
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        auto found = filled(seconds, count, middle);
        if (found.empty()) {
            low = middle;
            continue;
        }
        best = std::move(found);
        high = middle;
    }
    return best;
}

} // namespace triptych
