// What hands do to the election of experts; part of a run, and saved with its checkpoints.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/util/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace triptych {

enum class ExpertSwitch : std::uint8_t { On = 1, Off };

/// Who deals tokens to experts. Forced: all experts in turn, whatever the gate says; weights stay the model's own.
enum class Balancing : std::uint8_t { Learned = 1, Forced };

/// The control of one model: values alone. The one it begins with does nothing.
struct RoutingControl {
    Balancing balancing = Balancing::Learned;
    /// Layer (numbered as in tensor names) -> its experts that are off, rising. A layer without any is not in it.
    std::map<std::int64_t, std::vector<std::int32_t>> off;

    bool is_off(std::int64_t layer, std::int64_t expert) const;
    /// The experts of a layer that are off, rising; empty where all are on.
    std::span<const std::int32_t> off_in(std::int64_t layer) const;
    /// Keeps `off` in its order. Whether the model has this layer and expert, and can spare it, is check_control()'s.
    void turn(std::int64_t layer, std::int32_t expert, ExpertSwitch to);
    /// Whether the model routes as if there were no control.
    bool empty() const { return off.empty() && balancing == Balancing::Learned; }
    bool operator==(const RoutingControl&) const = default;
};

/// In words: "off are layer 3: experts 9, 12; balancing is forced", or "all experts are on, balancing is learned".
std::string control_text(const RoutingControl& control);

/// Whether the model has this layer with this expert; the error says what there is.
Status check_expert(const ModelConfig& config, std::int64_t layer, std::int64_t expert);

/// How many experts must stay on in each group of a layer, so that every token finds enough whichever groups it
/// chooses: max(2, ceil(K / topk_group)), as a group is ranked by its two best. Without groups, of the layer: K.
std::int64_t fewest_experts_on(const ModelConfig& config);

/// Refuses, with the reason, what would leave a token too few experts, layers and experts that are not there, and lists
/// out of order. `config` is a valid one.
Status check_control(const ModelConfig& config, const RoutingControl& control);

} // namespace triptych
