// The two prices of a run in words: formula, every input with unit, range, source and date, and the scope.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/run_meter.h"

#include <QString>

namespace triptych {

/// Rich text for tooltips.
QString headlineExplanation(const RunPrices& prices);
QString fullCostExplanation(const RunPrices& prices);

} // namespace triptych
