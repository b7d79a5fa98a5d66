// The two prices of a run in words: formula, every input with unit, range, source and date, and the scope.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"
#include "core/cost/run_meter.h"
#include "core/run/time_account.h"

#include <QString>

namespace triptych {

class RunFeed;

/// Rich text for tooltips.
QString headlineExplanation(const RunPrices& prices);
QString fullCostExplanation(const RunPrices& prices);
/// Of one way to count that a preset has: scope, and every input with its source, edited ones in bold. Says so where it
/// has none of this number.
QString lensExplanation(const CostPreset& preset, std::size_t lens);

/// By what the amounts of the run are counted now, plain: "prices: This machine, 2 threads, 2024", with what was set by
/// hand.
QString pricesText(const RunFeed& feed);

/// "75.0 %"; noNumber() while neither a step that stands nor one that was lost is in the account.
QString goodputText(const TimeAccount& time);

/// "42.0 s", "38.5 min", "7.2 h": time that was paid for.
QString spentText(double seconds);

} // namespace triptych
