// Commands on the election of experts, obeyed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"
#include "core/train/trainer.h"

namespace triptych {

/// Between two steps. The answer, with the ticket of the command; on an error nothing was changed.
Result<event::RoutingChanged> obey(const RoutingCommand& command, Trainer& trainer);

/// Between two steps: the value of the setting kActiveExperts. On an error, which names it, nothing was changed.
Status choose_active(Trainer& trainer, double experts);

/// What is in force where a run is resumed: nobody asked, so there is no ticket.
event::RoutingChanged control_in_force(const Trainer& trainer);

} // namespace triptych
