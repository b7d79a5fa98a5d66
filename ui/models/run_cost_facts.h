// What the run of the window has counted, as facts of cost presets.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that this includes
#include "core/cost/cost_preset.h"
#endif

#include <vector>

namespace triptych {

class RunFeed;

/// Up to the moment shown: device-hours, threads, FLOPs, MFU; of all that the run has done, where RunMeasures knows
/// them: goodput, power. Empty before the first step of a run.
std::vector<CostFact> costFactsOf(RunFeed& feed);
/// The same of this machine where there is no run: its threads.
std::vector<CostFact> costFactsOrMachine(RunFeed& feed);

} // namespace triptych
