// One step of a pipeline, chunk by chunk: which stage works on what, and when it waits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/schedule.h"

#include <vector>

namespace triptych {

enum class ChunkKind : std::uint8_t {
    Forward = 1,
    Backward,       ///< gradients of inputs and of weights
    BackwardInputs, ///< gradients of inputs alone: those of weights wait
    Weights,        ///< the ones that waited
    Both,           ///< a forward and a backward pass that overlap; DualPipe only
};

/// Which end of the pipeline a micro-batch enters at. With 1f1b and zb1p all of them go down.
enum class PipeDirection : std::uint8_t {
    Down = 1, ///< from the first GPU to the last
    Up,       ///< from the last to the first; DualPipe only
};

/// A micro-batch in one of the two directions, counted from 0 in each.
struct MicroBatch {
    PipeDirection direction = PipeDirection::Down;
    std::int64_t index = 0;
    auto operator<=>(const MicroBatch&) const = default;
};

/// What one GPU does without a pause, in seconds from the begin of the step.
struct StageChunk {
    ChunkKind kind = ChunkKind::Forward;
    MicroBatch micro_batch; ///< the one that goes forward, where there are two
    MicroBatch backward;    ///< Both: the one whose gradients go back; else the same
    double begin = 0;
    double end = 0;
    double seconds() const { return end - begin; }
};

struct StepTimeline {
    std::vector<std::vector<StageChunk>> stages; ///< [pp], each in the order of time
    double length = 0;                           ///< seconds until the last chunk of all ends
    double busy(std::size_t stage) const;
    /// What the stage waits: its bubble.
    double idle(std::size_t stage) const { return length - busy(stage); }
};

/// What each of the stages does, in this order and without times; begin and end are 0.
std::vector<std::vector<StageChunk>> chunk_order(PipelineSchedule schedule, std::int64_t pp,
                                                 std::int64_t micro_batches);

/// Every chunk as early as the order of its stage and the chunks it needs from its neighbours allow. All stages have
/// the same seconds; sending takes none. Errors: stages or micro-batches that the schedule cannot run with, and more
/// than kMostChunks of them.
Result<StepTimeline> step_timeline(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches,
                                   const StageSeconds& seconds);
inline constexpr std::int64_t kMostChunks = 1'000'000;

} // namespace triptych
