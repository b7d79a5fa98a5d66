// Reading a probe frame along one token.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/token_journey.h"

#include <algorithm>

namespace triptych {

namespace {

std::vector<JourneyRoute> routes_of(const ProbeFrame& frame, std::size_t layer, std::size_t token)
{
    std::vector<JourneyRoute> routes;
    if (layer >= frame.routes.size() || token >= frame.routes[layer].size()) return routes;
    const auto& experts = frame.routes[layer][token];
    const auto& weights = frame.route_weights[layer][token];
    for (std::size_t k = 0; k < experts.size() && k < weights.size(); ++k) routes.push_back({experts[k], weights[k]});
    std::stable_sort(routes.begin(), routes.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
    return routes;
}

std::vector<JourneyLook> looks_of(const ProbeFrame& frame, std::int64_t layer, std::int64_t token, std::int64_t head)
{
    const std::int64_t first_head = head == kAllHeads ? 0 : head;
    const std::int64_t last_head = head == kAllHeads ? frame.heads - 1 : head;
    const auto length = static_cast<std::int64_t>(frame.tokens.size());
    std::vector<JourneyLook> looks;
    for (std::int64_t key = 0; key <= token; key += frame.pool) {
        JourneyLook look{key, std::min(frame.pool, length - key), -1, first_head};
        for (std::int64_t h = first_head; h <= last_head; ++h)
            if (const float w = frame.attention[attention_index(frame, layer, h, token, key)]; w > look.weight) {
                look.weight = w;
                look.head = h;
            }
        if (look.weight > 0) looks.push_back(look);
    }
    const std::size_t most = std::min(kMostLooks, looks.size());
    std::partial_sort(looks.begin(), looks.begin() + static_cast<std::ptrdiff_t>(most), looks.end(),
                      [](const auto& a, const auto& b) {
                          return a.weight > b.weight || (a.weight == b.weight && a.token > b.token);
                      });
    looks.resize(most);
    return looks;
}

} // namespace

std::int64_t main_layers(const ProbeFrame& frame)
{
    return frame.layers - static_cast<std::int64_t>(frame.after_next.size());
}

bool has_lens(const ProbeFrame& frame, std::int64_t token)
{
    const auto position = static_cast<std::size_t>(token);
    return std::any_of(frame.lens.begin(), frame.lens.end(),
                       [&](const auto& layer) { return position < layer.size() && !layer[position].empty(); });
}

JourneyStep journey_step(const ProbeFrame& frame, std::int64_t layer, std::int64_t token, std::int64_t head)
{
    const auto row = static_cast<std::size_t>(layer);
    const auto position = static_cast<std::size_t>(token);
    JourneyStep step{layer, routes_of(frame, row, position), looks_of(frame, layer, token, head), {}};
    if (row < frame.lens.size() && position < frame.lens[row].size()) step.lens = frame.lens[row][position];
    return step;
}

JourneyEnd journey_end(const ProbeFrame& frame, std::int64_t token)
{
    JourneyEnd end;
    const auto position = static_cast<std::size_t>(token);
    if (position < frame.next.size()) end.next = frame.next[position];
    for (std::size_t depth = 1; depth <= frame.after_next.size() && depth <= position; ++depth) {
        const auto& drafts = frame.after_next[depth - 1];
        const std::size_t drafted_at = position - depth;
        if (drafted_at >= drafts.size() || drafts[drafted_at].empty()) continue;
        const Guess& guess = drafts[drafted_at][0];
        end.drafts.push_back(
            {static_cast<std::int64_t>(depth), guess, !end.next.empty() && end.next[0].token == guess.token});
    }
    return end;
}

} // namespace triptych
