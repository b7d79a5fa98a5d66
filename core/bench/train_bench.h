// How fast training is: tokens per second, share of the matrix peak, and where the time goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench_setup.h"
#include "core/train/op_times.h"
#include "core/bench/product_floor.h"
#include "core/bench/repetition.h"
#include "core/config/parameter_count.h"

#include <optional>

namespace triptych {

/// Medians of what ProductFloor measured between the steps.
struct FloorBench {
    Spread seconds;   ///< of all products
    FloorTimes parts; ///< each a median by itself
};

struct TrainBench {
    TrainConfig train; ///< what was run: batch, sequences, threads, precision
    ParameterCount parameters;
    double step_flops = 0; ///< by the formula that MFU uses

    std::int64_t steps = 0; ///< timed, without an observer
    Spread step_seconds;
    Spread matrix_peak;              ///< FLOP/s of f32 products, measured between these steps
    double first_step_seconds = 0;   ///< from reading the configuration to the end of the first step
    OpProfile profile;               ///< of the observed step that took the median time
    std::optional<FloorBench> floor; ///< where it was asked for
    double page_faults = 0;          ///< minor ones in a step, median: memory that is taken anew

    std::int64_t planned_bytes = 0;       ///< parameters with gradients and moments, and the workspace
    std::int64_t peak_resident_bytes = 0; ///< of the whole process; 0 where the system does not tell
    double loss = 0;                      ///< of the last step
    double max_vio = 0;                   ///< likewise: unevenly loaded experts take longer

    double tokens_per_second() const { return static_cast<double>(train.tokens_per_step()) / step_seconds.median; }
    double flop_rate() const { return step_flops / step_seconds.median; }
    double share_of_peak() const { return flop_rate() / matrix_peak.median; }
    /// Of the floor: its rate by the FLOPs of the formula, and how near to it the steps came. Only where it was
    /// measured.
    double floor_rate() const { return step_flops / floor->seconds.median; }
    double share_of_floor() const { return floor->seconds.median / step_seconds.median; }
};

/// Trains fresh weights on BenchSource. Steps alone, slices of the matrix peak and steps with an observer take turns,
/// so that all of them see the same state of a shared machine; so does the floor where it is asked for. Errors: those
/// of resolve_setup(), check_memory() and ProductFloor::make().
Result<TrainBench> bench_training(const BenchRequest& request, const BenchProgress& progress = nullptr);

} // namespace triptych
