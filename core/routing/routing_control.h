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
    /// K': routed experts that a token chooses, in every layer; 0: as many as the model is configured for (K).
    std::int64_t active = 0;

    bool is_off(std::int64_t layer, std::int64_t expert) const;
    /// The experts of a layer that are off, rising; empty where all are on.
    std::span<const std::int32_t> off_in(std::int64_t layer) const;
    /// Keeps `off` in its order. Whether the model has this layer and expert, and can spare it, is check_control()'s.
    void turn(std::int64_t layer, std::int32_t expert, ExpertSwitch to);
    /// Whether the model routes as if there were no control.
    bool empty() const { return elects_all() && active == 0; }
    /// Whether the gate chooses among all experts, however many a token takes.
    bool elects_all() const { return off.empty() && balancing == Balancing::Learned; }
    bool operator==(const RoutingControl&) const = default;
};

/// The name of RoutingControl::active wherever it is set, recorded and saved.
inline constexpr const char* kActiveExperts = "active_experts";

/// In words: "off are layer 3: experts 9, 12; balancing is forced", or "all experts are on, balancing is learned";
/// where it is not as many as configured, also ", 2 experts for a token".
std::string control_text(const RoutingControl& control);

/// Whether the model has this layer with this expert; the error says what there is.
Status check_expert(const ModelConfig& config, std::int64_t layer, std::int64_t expert);

/// K', how many experts a token chooses under this control.
std::int64_t active_experts(const ModelConfig& config, const RoutingControl& control);

/// Whether a token can choose so many: 1 to K, the number that memory is planned for. The error names kActiveExperts.
Status check_active(const ModelConfig& config, std::int64_t active);

/// The control with `active` experts for a token; as many as configured is the 0 of a control that says nothing. The
/// error names kActiveExperts: check_active(), or more than the experts that are on allow.
Result<RoutingControl> with_active(const ModelConfig& config, RoutingControl control, std::int64_t active);

/// How many experts must stay on in each group of a layer, so that every token finds enough whichever groups it
/// chooses: max(2, ceil(K' / topk_group)), as a group is ranked by its two best. Without groups, of the layer: K'.
std::int64_t fewest_experts_on(const ModelConfig& config, const RoutingControl& control = {});

/// Refuses, with the reason, what would leave a token too few experts, layers and experts that are not there, and lists
/// out of order. `config` is a valid one.
Status check_control(const ModelConfig& config, const RoutingControl& control);

} // namespace triptych
