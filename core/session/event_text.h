// Events in words, for log.txt, the run's database and plain terminals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"

#include <optional>
#include <string>
#include <string_view>

namespace triptych {

struct EventText {
    std::string kind; ///< "validation", "checkpoint", "health.nan", "setting", "schedule", "state", "sample", "start",
                      ///< "routing", "refused", "memory", "error"
    std::string message;
};

EventText to_text(const Event& event);
/// The way back for what a run's window needs again: the message of a "setting". Nothing for any other text.
std::optional<event::SettingChanged> setting_from_text(std::string_view message);
std::string_view name_of(SessionState state);

} // namespace triptych
