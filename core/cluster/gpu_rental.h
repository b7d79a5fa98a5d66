// A rented GPU as a cost preset, so that a run's hours can be priced as if they had been its.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/gpu_preset.h"
#include "core/cost/cost_preset.h"

namespace triptych {

/// One input, "rental", with source and date of the GPU's file, and one lens: the run's device-hours times it. Error: a
/// preset without a price.
Result<CostPreset> rental_preset(const Gpu& gpu);

} // namespace triptych
