// Comparing the routes of two probe frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/route_saturation.h"

#include <algorithm>
#include <limits>

namespace triptych {

std::vector<double> route_saturation(const ProbeFrame& then, const ProbeFrame& now)
{
    std::vector<double> saturation(then.routes.size(), std::numeric_limits<double>::quiet_NaN());
    if (then.tokens != now.tokens || then.routes.size() != now.routes.size()) return saturation;
    for (std::size_t layer = 0; layer < then.routes.size(); ++layer) {
        const auto& before = then.routes[layer];
        const auto& after = now.routes[layer];
        if (before.empty() || before.size() != after.size()) continue;
        std::size_t chosen = 0;
        std::size_t still = 0;
        for (std::size_t t = 0; t < before.size(); ++t)
            for (const std::int32_t expert : before[t]) {
                ++chosen;
                still += std::find(after[t].begin(), after[t].end(), expert) != after[t].end() ? 1 : 0;
            }
        if (chosen > 0) saturation[layer] = static_cast<double>(still) / static_cast<double>(chosen);
    }
    return saturation;
}

} // namespace triptych
