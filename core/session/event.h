// What a session tells: rare things, in order, none lost. Numbers go by the metric ring, pictures by the frame boxes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/cost/run_meter.h"
#include "core/routing/routing_control.h"
#include "core/session/command.h"
#include "core/session/frame.h"
#include "core/util/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace triptych {

enum class SessionState : std::uint8_t { Idle = 1, Preparing, Running, Paused, Finished, Failed };

namespace event {
struct StateChanged {
    SessionState state = SessionState::Idle;
    std::string reason; ///< "stopped", "max steps reached"; empty where the state says it all
};
/// Once per run, before its first step.
struct RunStarted {
    std::string model; ///< preset or file name
    std::vector<std::string> data;
    std::vector<std::string> domains; ///< labels, may be empty
    std::string run_folder;
    std::string device;          ///< "CPU, 2 threads, f32"
    std::string precision;       ///< "f32"
    std::int64_t first_step = 0; ///< steps already done when resumed
    std::uint64_t samples_before = 0; ///< pushed into the ring of metrics before the first of this run
    std::int64_t parameters = 0;
    std::int64_t active_parameters = 0;
    std::int64_t mtp_parameters = 0;
    std::int64_t layers = 0; ///< main layers
    std::int64_t mtp_depth = 0;
    std::int64_t heads = 0;
    std::int64_t experts = 0;
    std::int64_t experts_per_token = 0;
    std::int64_t latent_values = 0; ///< cached per token and layer: kv_lora_rank + qk_rope_head_dim
    std::int64_t mha_values = 0;    ///< the same for plain multi-head attention: 2 * heads * head_dim equivalent
    std::int64_t tokens_per_step = 0;
    double flops_per_token = 0; ///< of training, causal attention, MTP included
    std::int64_t max_steps = 0;
    std::int64_t planned_bytes = 0;   ///< activations and scratch
    std::int64_t parameter_bytes = 0; ///< weights, gradients, moments
    double learning_rate = 0;
    double bias_update_speed = 0;
    double mtp_loss_weight = 0;    ///< lambda
    double balance_loss_alpha = 0; ///< of the sequence-wise balance loss
    std::string router;            ///< "noaux_tc"; empty without experts
    std::int64_t probe_tokens = 0; ///< the longest probe text; longer ones are cut
    RunPrices prices;              ///< what headline and full cost are computed from
    std::int64_t log_every = 1;    ///< steps between two lines for people
    ModelConfig config;            ///< what else follows from the model's shape: cache bytes, kinds of layers
};
struct Validation {
    std::int64_t step = 0;
    double loss = 0; ///< nats per token
    double bits_per_byte = 0;
    double max_vio = 0;
};
/// Text the model wrote by itself after a validation, for the log.
struct SampleText {
    std::int64_t step = 0;
    std::string text;
    std::size_t given_bytes = 0; ///< how much of the text the model was given to go on from; 0: not known
};
struct CheckpointSaved {
    std::int64_t step = 0;
    std::string path;
};
/// Something to look at: "nan", "loss_spike", "dead_experts", "imbalance", "entropy", "variation",
/// "starved_experts", "store".
struct Health {
    std::int64_t step = 0;
    std::string kind;
    std::string message;
    std::int64_t layer = -1; ///< as in tensor names; -1 where it is of no single layer
};
/// How the learning rate goes on where a run is trained beyond what it was planned for.
struct Schedule {
    std::int64_t step = 0;
    std::int64_t steps_before = 0; ///< the plan until now
    std::int64_t steps = 0;        ///< the plan from now on; the same: it is not planned anew
    double rate_before = 0;        ///< of this step
    double rate = 0;               ///< of the next one
};
/// A command::Set that was obeyed; also once when a run is resumed with fewer active experts than configured.
struct SettingChanged {
    std::int64_t step = 0;
    std::string key;
    double value = 0;
    Ticket ticket = 0;
};
/// A command on routing that was obeyed; in force from the step after `step`. Also once when a run is resumed with
/// experts off or balancing forced.
struct RoutingChanged {
    std::int64_t step = 0;
    RoutingControl control; ///< all that is in force now
    std::string text;       ///< what was changed, in words: "layer 3, expert 9 is off"
    Ticket ticket = 0;
    std::int64_t layer = -1; ///< of a bias that was set; otherwise -1, expert too
    std::int64_t expert = -1;
    double bias = 0; ///< and that bias
};
/// A command that was not obeyed; the run goes on as it was.
struct Refused {
    Error error;
    Ticket ticket = 0;
};
/// What the run's memory is planned for; once per run, before its first step.
struct MemoryPlanned {
    std::shared_ptr<const std::vector<PlanEntry>> rows;
    std::int64_t held_bytes = 0; ///< allocated; 0: nothing is, the run is a recorded one
};
/// A run that could not be started, or its failure.
struct Failed {
    Error error;
};
} // namespace event

using Event = std::variant<event::StateChanged, event::RunStarted, event::Validation, event::SampleText,
                           event::CheckpointSaved, event::Health, event::Schedule, event::SettingChanged,
                           event::RoutingChanged, event::Refused, event::MemoryPlanned, event::Failed>;

} // namespace triptych
