// Finding them in a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/expert_places.h"

#include <algorithm>
#include <cmath>

namespace triptych {

std::vector<ExpertPlace> deadExperts(const LoadFrame& frame)
{
    std::vector<ExpertPlace> places;
    for (std::size_t i = 0; i < frame.layers.size() && i < frame.dead_fraction.size(); ++i) {
        const std::int64_t layer = frame.layers[i].layer;
        const auto dead =
            static_cast<std::size_t>(std::lround(frame.dead_fraction[i] * static_cast<double>(frame.experts)));
        std::vector<std::pair<float, std::int64_t>> idlest;
        for (std::size_t e = 0; e < frame.ratio[i].size(); ++e) {
            const auto expert = static_cast<std::int64_t>(e);
            if (!frame.control.is_off(layer, expert)) idlest.emplace_back(frame.ratio[i][e], expert);
        }
        std::sort(idlest.begin(), idlest.end());
        for (std::size_t k = 0; k < std::min(dead, idlest.size()); ++k) places.push_back({layer, idlest[k].second});
    }
    std::sort(places.begin(), places.end());
    return places;
}

std::vector<ExpertPlace> hotExperts(const LoadFrame& frame)
{
    std::vector<ExpertPlace> places;
    for (std::size_t i = 0; i < frame.layers.size(); ++i)
        for (std::size_t e = 0; e < frame.ratio[i].size(); ++e)
            if (frame.ratio[i][e] >= kHotRatio) places.push_back({frame.layers[i].layer, static_cast<std::int64_t>(e)});
    return places;
}

std::optional<ExpertPlace> nextPlace(const std::vector<ExpertPlace>& places, const ExpertPlace& now)
{
    if (places.empty()) return std::nullopt;
    const auto behind = std::upper_bound(places.begin(), places.end(), now);
    return behind == places.end() ? places.front() : *behind;
}

} // namespace triptych
