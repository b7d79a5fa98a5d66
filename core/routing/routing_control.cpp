// Which experts may be switched off together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/routing_control.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace triptych {

namespace {

/// "Layers with experts are 3 to 61."
std::string layers_with_experts(const ModelConfig& c)
{
    std::int64_t first = -1, last = -1;
    for (std::int64_t layer = 0; layer < c.num_hidden_layers + c.num_nextn_predict_layers; ++layer) {
        if (!c.is_moe_layer(layer)) continue;
        if (first < 0) first = layer;
        last = layer;
    }
    if (first < 0) return "No layer of this model has experts.";
    const std::string steps = c.moe_layer_freq > 1 ? fmt::format(", one in {}", c.moe_layer_freq) : "";
    return fmt::format("Layers with experts are {} to {}{}.", first, last, steps);
}

Status check_layer(const ModelConfig& c, std::int64_t layer)
{
    const std::int64_t layers = c.num_hidden_layers + c.num_nextn_predict_layers;
    if (layer < 0 || layer >= layers)
        return Error{fmt::format("there is no layer {}: layers are 0 to {}, with MTP blocks", layer, layers - 1),
                     layers_with_experts(c)};
    if (!c.is_moe_layer(layer))
        return Error{fmt::format("layer {} has no experts, it is a dense one", layer), layers_with_experts(c)};
    return {};
}

Status check_experts(const ModelConfig& c, std::int64_t layer, const std::vector<std::int32_t>& off)
{
    for (const std::int32_t expert : off)
        if (Status there = check_expert(c, layer, expert); !there) return there;
    if (off.empty() || !std::is_sorted(off.begin(), off.end(), std::less_equal<>{}))
        return Error{fmt::format("the experts that are off in layer {} are not a rising list of at least one", layer),
                     "Name each once, the smallest first, and leave out a layer that has none."};
    return {};
}

Status check_spared(const ModelConfig& c, const RoutingControl& control, std::int64_t layer,
                    const std::vector<std::int32_t>& off)
{
    const std::int64_t size = c.n_routed_experts / c.n_group;
    const std::int64_t fewest = fewest_experts_on(c, control);
    for (std::int64_t group = 0; group < c.n_group; ++group) {
        const auto off_here =
            std::count_if(off.begin(), off.end(), [&](auto expert) { return expert / size == group; });
        if (size - off_here >= fewest) continue;
        const std::string where =
            c.n_group == 1 ? fmt::format("layer {}", layer) : fmt::format("group {} of layer {}", group, layer);
        const std::string can_go = size > fewest ? fmt::format("At most {} may be off.", size - fewest)
                                                 : std::string("None of them may be off.");
        return Error{fmt::format("{} would keep {} of its {} experts, and routing needs {} there", where,
                                 size - off_here, size, fewest),
                     can_go};
    }
    return {};
}

} // namespace

bool RoutingControl::is_off(std::int64_t layer, std::int64_t expert) const
{
    const auto found = off.find(layer);
    return found != off.end() && std::binary_search(found->second.begin(), found->second.end(), expert);
}

std::span<const std::int32_t> RoutingControl::off_in(std::int64_t layer) const
{
    const auto found = off.find(layer);
    return found == off.end() ? std::span<const std::int32_t>() : found->second;
}

void RoutingControl::turn(std::int64_t layer, std::int32_t expert, ExpertSwitch to)
{
    auto& experts = off[layer];
    const auto place = std::lower_bound(experts.begin(), experts.end(), expert);
    const bool there = place != experts.end() && *place == expert;
    if (to == ExpertSwitch::Off && !there) experts.insert(place, expert);
    if (to == ExpertSwitch::On && there) experts.erase(place);
    if (experts.empty()) off.erase(layer);
}

std::string control_text(const RoutingControl& control)
{
    std::string text = control.off.empty() ? "all experts are on" : "off are ";
    for (const auto& [layer, experts] : control.off) {
        if (layer != control.off.begin()->first) text += "; ";
        text +=
            fmt::format("layer {}: {} {}", layer, experts.size() == 1 ? "expert" : "experts", fmt::join(experts, ", "));
    }
    text += control.off.empty() ? ", " : "; ";
    text += control.balancing == Balancing::Forced ? "balancing is forced" : "balancing is learned";
    if (control.active > 0)
        text += fmt::format(", {} {} for a token", control.active, control.active == 1 ? "expert" : "experts");
    return text;
}

Status check_expert(const ModelConfig& c, std::int64_t layer, std::int64_t expert)
{
    if (Status there = check_layer(c, layer); !there) return there;
    if (expert < 0 || expert >= c.n_routed_experts)
        return Error{fmt::format("layer {} has no expert {}", layer, expert),
                     fmt::format("Choose one from 0 to {}.", c.n_routed_experts - 1)};
    return {};
}

std::int64_t active_experts(const ModelConfig& c, const RoutingControl& control)
{
    return control.active > 0 ? control.active : c.num_experts_per_tok;
}

Status check_active(const ModelConfig& c, std::int64_t active)
{
    if (c.n_routed_experts == 0)
        return Error{fmt::format("{} cannot be set: no layer of this model has experts", kActiveExperts),
                     "Start a run of a model with experts to choose fewer of them."};
    if (active >= 1 && active <= c.num_experts_per_tok) return {};
    return Error{fmt::format("{} is {}, expected 1 to {}", kActiveExperts, active, c.num_experts_per_tok),
                 fmt::format("Memory is planned for num_experts_per_tok = {}; start a run with more to choose more.",
                             c.num_experts_per_tok)};
}

Result<RoutingControl> with_active(const ModelConfig& c, RoutingControl control, std::int64_t active)
{
    if (Status possible = check_active(c, active); !possible) return possible.error();
    control.active = active == c.num_experts_per_tok ? 0 : active;
    if (Status spared = check_control(c, control); !spared)
        return Error{fmt::format("{} cannot be {}: {}", kActiveExperts, active, spared.error().what),
                     spared.error().hint};
    return control;
}

std::int64_t fewest_experts_on(const ModelConfig& c, const RoutingControl& control)
{
    const std::int64_t active = active_experts(c, control);
    if (c.n_group == 1) return active;
    return std::max<std::int64_t>(2, (active + c.topk_group - 1) / c.topk_group);
}

Status check_control(const ModelConfig& config, const RoutingControl& control)
{
    if (control.active != 0)
        if (Status possible = check_active(config, control.active); !possible) return possible;
    for (const auto& [layer, off] : control.off) {
        if (Status there = check_layer(config, layer); !there) return there;
        if (Status named = check_experts(config, layer, off); !named) return named;
        if (Status spared = check_spared(config, control, layer, off); !spared) return spared;
    }
    return {};
}

} // namespace triptych
