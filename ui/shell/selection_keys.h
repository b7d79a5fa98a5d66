// The keys G H and J K: layer, expert and head before and after, wherever the focus is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"
#include "ui/panels/selection.h"

namespace triptych {

// Each stops at the ends. Where nothing is chosen, the first one is.

/// Main layers, then the MTP blocks.
void stepLayer(Selection& selection, const event::RunStarted& run, int places);
/// Of the chosen layer; of the first that has experts where that one has none.
void stepExpert(Selection& selection, const event::RunStarted& run, int places);
void stepHead(Selection& selection, const event::RunStarted& run, int places);

} // namespace triptych
