// Pipeline schedules: how long their bubbles are and what they keep (DeepSeek-V3 report table 2, DualPipe's README).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

enum class PipelineSchedule : std::uint8_t {
    OneForwardOneBackward = 1, ///< "1f1b"
    ZeroBubble,                ///< "zb1p": gradients of weights fill the bubble
    DualPipe,                  ///< "dualpipe": from both ends at once, exchanges hidden behind the other direction
};
std::string_view name_of(PipelineSchedule schedule);
std::optional<PipelineSchedule> schedule_from_name(std::string_view name);
std::vector<PipelineSchedule> all_schedules();

/// Seconds of one micro-batch in a stage; exchanges that nothing hides are in them.
struct StageSeconds {
    double forward = 0;  ///< F
    double backward = 0; ///< B, with gradients of inputs and of weights
    double weights = 0;  ///< W, gradients of weights alone
    double both = 0;     ///< F&B: a forward and a backward pass that overlap; DualPipe only
};

/// Seconds in which a stage waits for the others, whose seconds these are, in one step:
///   1f1b      (PP - 1) (F + B)
///   zb1p      (PP - 1) (F + B - 2 W)
///   dualpipe  (PP/2 - 1) (F&B + B - 3 W)
/// never below zero.
double bubble_seconds(PipelineSchedule schedule, std::int64_t pp, const StageSeconds& stage);

/// How many of a step's micro-batches have nothing to overlap with: all, but for DualPipe only PP, while the pipeline
/// fills and drains.
std::int64_t lone_micro_batches(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches);

/// Seconds in which it works: F + B for each lone micro-batch, F&B for the others.
double work_seconds(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches, const StageSeconds& stage);

/// Micro-batches whose activations a GPU keeps at once, at most: PP, and PP + 1 for DualPipe.
double kept_micro_batches(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches);
/// How many stages' parameters a GPU holds: 2 for DualPipe, one of each direction.
double held_stages(PipelineSchedule schedule);

/// The least number of micro-batches, at or above `wanted`, that the schedule takes: DualPipe takes an even number from
/// 2 PP on.
std::int64_t micro_batches_for(PipelineSchedule schedule, std::int64_t pp, std::int64_t wanted);

/// Whether a pipeline of so many stages can run by it: DualPipe needs an even number.
Status check_stages(PipelineSchedule schedule, std::int64_t pp);

} // namespace triptych
