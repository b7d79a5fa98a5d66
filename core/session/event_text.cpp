// Events in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/event_text.h"

#include "core/cost/memory.h"
#include "core/util/error_text.h"

#include <fmt/format.h>

#include <charconv>

namespace triptych {

namespace {

std::string joined(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
}

EventText text_of(const event::StateChanged& e)
{
    return {"state", std::string(name_of(e.state)) + (e.reason.empty() ? "" : ": " + e.reason)};
}
EventText text_of(const event::RunStarted& e)
{
    return {"start", fmt::format("{} on {}: {:.2f}M parameters, {:.2f}M active, {}; {} tokens a step", e.model,
                                 joined(e.data), static_cast<double>(e.parameters) / 1e6,
                                 static_cast<double>(e.active_parameters) / 1e6, e.device, e.tokens_per_step)};
}
EventText text_of(const event::Validation& e)
{
    return {"validation",
            fmt::format("step {}: validation loss {:.4f} nats per token, {:.3f} bits per byte, MaxVio {:.2f}", e.step,
                        e.loss, e.bits_per_byte, e.max_vio)};
}
EventText text_of(const event::SampleText& e)
{
    return {"sample", e.text};
}
EventText text_of(const event::CheckpointSaved& e)
{
    return {"checkpoint", fmt::format("step {}: saved {}", e.step, e.path)};
}
EventText text_of(const event::Health& e)
{
    return {"health." + e.kind, e.message};
}
EventText text_of(const event::Schedule& e)
{
    if (e.steps == e.steps_before)
        return {"schedule",
                fmt::format("step {}: the learning rate was planned over {} steps and stays at {:.3g} beyond them",
                            e.step, e.steps_before, e.rate)};
    return {"schedule",
            fmt::format("step {}: the learning rate is planned over {} steps instead of {}, and goes from {:.3g} "
                        "to {:.3g}",
                        e.step, e.steps, e.steps_before, e.rate_before, e.rate)};
}
EventText text_of(const event::SettingChanged& e)
{
    return {"setting", fmt::format("step {}: {} = {}", e.step, e.key, e.value)};
}
EventText text_of(const event::RoutingChanged& e)
{
    return {"routing", fmt::format("step {}: {}", e.step, e.text)};
}
EventText text_of(const event::Refused& e)
{
    return {"refused", in_words(e.error)};
}
EventText text_of(const event::MemoryPlanned& e)
{
    return {"memory", fmt::format("{} buffers are planned, {} of memory are held", e.rows ? e.rows->size() : 0,
                                  bytes_text(e.held_bytes))};
}
EventText text_of(const event::Failed& e)
{
    return {"error", in_words(e.error)};
}

} // namespace

EventText to_text(const Event& event)
{
    return std::visit([](const auto& e) { return text_of(e); }, event);
}

std::optional<event::SettingChanged> setting_from_text(std::string_view message)
{
    const auto take = [&message](std::string_view separator) {
        const std::size_t end = message.find(separator);
        const std::string_view part = message.substr(0, end);
        message.remove_prefix(end == std::string_view::npos ? message.size() : end + separator.size());
        return part;
    };
    const auto number = [](std::string_view text, auto& value) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size();
    };
    event::SettingChanged setting;
    if (!take("step ").empty() || !number(take(": "), setting.step)) return std::nullopt;
    setting.key = take(" = ");
    if (setting.key.empty() || !number(message, setting.value)) return std::nullopt;
    return setting;
}

std::string_view name_of(SessionState state)
{
    switch (state) {
    case SessionState::Idle: return "idle";
    case SessionState::Preparing: return "preparing";
    case SessionState::Running: return "running";
    case SessionState::Paused: return "paused";
    case SessionState::Finished: return "finished";
    case SessionState::Failed: return "failed";
    }
    return "";
}

} // namespace triptych
