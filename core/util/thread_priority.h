// How urgent a thread is to the system.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// Lets other threads of the program go before the calling one where cores are short. Threads it starts later inherit
/// that. Without effect where the system knows no such thing.
void be_less_urgent();

} // namespace triptych
