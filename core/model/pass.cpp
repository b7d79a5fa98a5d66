// Counting loads while tokens pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/pass.h"

namespace triptych {

void RoutingStats::clear()
{
    for (auto& layer : counts) layer.assign(layer.size(), 0);
    balance_loss = 0;
}

void RoutingStats::add(std::int64_t layer, const std::int32_t* expert_counts, std::int64_t experts)
{
    const auto index = static_cast<std::size_t>(layer);
    if (counts.size() <= index) counts.resize(index + 1);
    counts[index].resize(static_cast<std::size_t>(experts));
    for (std::int64_t e = 0; e < experts; ++e) counts[index][static_cast<std::size_t>(e)] += expert_counts[e];
}

} // namespace triptych
