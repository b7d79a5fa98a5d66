// The learning-rate schedule by step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/lr_schedule.h"

#include <cmath>
#include <numbers>

namespace triptych {

double learning_rate_at(const TrainConfig& config, std::int64_t step, std::int64_t schedule_steps)
{
    const double peak = config.learning_rate;
    if (step <= config.warmup_steps) return peak * static_cast<double>(step) / static_cast<double>(config.warmup_steps);
    if (schedule_steps <= 0) return peak;
    const double floor = config.final_learning_rate();
    const double progress = static_cast<double>(step) / static_cast<double>(schedule_steps);
    if (progress <= config.constant_fraction) return peak;
    if (progress >= config.constant_fraction + config.decay_fraction) return floor;
    const double within = (progress - config.constant_fraction) / config.decay_fraction;
    return floor + (peak - floor) * 0.5 * (1 + std::cos(std::numbers::pi * within));
}

} // namespace triptych
