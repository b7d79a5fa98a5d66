// The paper's learning-rate schedule: linear warm-up, constant, cosine, minimum (DeepSeek-V3 report section 4.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"

#include <cstdint>

namespace triptych {

/// The rate of one optimizer step, from 1. schedule_steps: what the run was planned for; 0 means it has no end, so the rate stays
/// constant after the warm-up. Pure, so that a resumed run and one that was never stopped agree.
double learning_rate_at(const TrainConfig& config, std::int64_t step, std::int64_t schedule_steps);

} // namespace triptych
