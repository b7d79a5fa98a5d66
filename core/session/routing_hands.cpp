// From commands to the trainer, and back to words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/routing_hands.h"

#include <fmt/format.h>

#include <cmath>

namespace triptych {

namespace {

Result<event::RoutingChanged> put_in_force(Trainer& trainer, const RoutingControl& control, std::string text,
                                           Ticket ticket)
{
    if (const Status possible = trainer.set_control(control); !possible) return possible.error();
    event::RoutingChanged answer = control_in_force(trainer);
    answer.text = std::move(text);
    answer.ticket = ticket;
    return answer;
}

Result<event::RoutingChanged> obey_one(const command::SwitchExpert& c, Trainer& trainer)
{
    if (const Status there = check_expert(trainer.model_config(), c.layer, c.expert); !there) return there.error();
    RoutingControl control = trainer.control();
    control.turn(c.layer, static_cast<std::int32_t>(c.expert), c.to);
    return put_in_force(
        trainer, control,
        fmt::format("layer {}, expert {} is {}", c.layer, c.expert, c.to == ExpertSwitch::Off ? "off" : "on"),
        c.ticket);
}

Result<event::RoutingChanged> obey_one(const command::SetExpertBias& c, Trainer& trainer)
{
    if (const Status set = trainer.set_expert_bias(c.layer, c.expert, c.bias); !set) return set.error();
    event::RoutingChanged answer = control_in_force(trainer);
    answer.text = fmt::format("layer {}, expert {} has a bias of {:.6g}", c.layer, c.expert, c.bias);
    answer.ticket = c.ticket;
    answer.layer = c.layer;
    answer.expert = c.expert;
    answer.bias = c.bias;
    return answer;
}

Result<event::RoutingChanged> obey_one(const command::SetBalancing& c, Trainer& trainer)
{
    RoutingControl control = trainer.control();
    control.balancing = c.to;
    return put_in_force(trainer, control,
                        c.to == Balancing::Forced ? "balancing is forced: experts are dealt out in turn"
                                                  : "balancing is learned",
                        c.ticket);
}

Result<event::RoutingChanged> obey_one(const command::ClearRouting& c, Trainer& trainer)
{
    RoutingControl all;
    all.active = trainer.control().active; // a setting with a value of its own, as a bias
    return put_in_force(trainer, all, control_text({}), c.ticket);
}

} // namespace

Status choose_active(Trainer& trainer, double experts)
{
    if (experts != std::floor(experts) || std::abs(experts) > 1e9)
        return Error{fmt::format("{} is {}, expected a whole number", kActiveExperts, experts),
                     fmt::format("Choose one from 1 to {}.", trainer.model_config().num_experts_per_tok)};
    auto control = with_active(trainer.model_config(), trainer.control(), static_cast<std::int64_t>(experts));
    if (!control) return control.error();
    return trainer.set_control(*control);
}

Result<event::RoutingChanged> obey(const RoutingCommand& command, Trainer& trainer)
{
    return std::visit([&](const auto& c) { return obey_one(c, trainer); }, command);
}

event::RoutingChanged control_in_force(const Trainer& trainer)
{
    event::RoutingChanged answer;
    answer.step = trainer.progress().step;
    answer.control = trainer.control();
    answer.text = control_text(trainer.control());
    return answer;
}

} // namespace triptych
