// Events in words, for log.txt, the run's database and plain terminals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"

#include <string>

namespace triptych {

struct EventText {
    std::string kind; ///< "validation", "checkpoint", "health.nan", "setting", "state", "sample", "start", "error"
    std::string message;
};

EventText to_text(const Event& event);
std::string_view name_of(SessionState state);

} // namespace triptych
