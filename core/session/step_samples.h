// The metrics of a step, as samples.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/run_meter.h"
#include "core/routing/balance.h"
#include "core/run/metric.h"
#include "core/train/trainer.h"

#include <span>
#include <vector>

namespace triptych {

/// Everything a step says in numbers. matrix_peak: FLOP/s that MFU divides by; wall_seconds: since the run was begun.
std::vector<Sample> step_samples(const StepReport& report, const TrainProgress& progress, const RunMeter& meter,
                                 double matrix_peak, double wall_seconds);

/// The balance of its micro-batches, as LoadTracker::micro_balance() has it of the layers of the report; none where a
/// step is one.
std::vector<Sample> micro_batch_samples(const StepReport& report, std::span<const BalanceMeasures> layers);

/// What an evaluation says; step is the last one trained.
std::vector<Sample> evaluation_samples(std::int64_t step, const EvaluationReport& report);

} // namespace triptych
