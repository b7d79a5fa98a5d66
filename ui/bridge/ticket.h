// Numbers for commands that somebody waits for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"

namespace triptych {

/// Never the same twice in this program, never 0. Of the window's thread.
inline Ticket nextTicket()
{
    static Ticket last = 0;
    return ++last;
}

} // namespace triptych
