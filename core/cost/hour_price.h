// What an hour of a run costs by a preset, for rates and for pricing its time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/ledger.h"
#include "core/util/result.h"

#include <optional>
#include <string_view>

namespace triptych {

/// USD a device-hour under a lens, the preset's first where none is named: with it any history of device-seconds has a
/// price. Errors: an unknown lens, one that prices other hours than a run's (an extrapolation), those of evaluate().
Result<double> usd_per_run_hour(const CostPreset& preset, std::string_view lens = {});

/// USD. `ledger` is that of the preset, filled with a run of so many device-hours. Nothing where its lens prices other
/// hours than the run's: an extrapolation, or hours set by hand.
std::optional<double> price_of_an_hour(const CostPreset& preset, const Ledger& ledger, double run_hours);

} // namespace triptych
