// Plays the order of chunks: a chunk begins when its stage is free and its neighbours have sent what it needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace triptych {

namespace {

constexpr double kNotYet = std::numeric_limits<double>::infinity();

/// When each micro-batch has left each stage, in one of the two passes.
class Passed {
public:
    Passed(std::int64_t pp, std::int64_t micro_batches)
        : m_pp(pp), m_each(micro_batches), m_times(static_cast<std::size_t>(2 * pp * micro_batches), kNotYet)
    {}
    double& at(std::int64_t stage, MicroBatch which)
    {
        const std::int64_t direction = which.direction == PipeDirection::Down ? 0 : 1;
        return m_times[static_cast<std::size_t>((direction * m_pp + stage) * m_each + which.index)];
    }

private:
    std::int64_t m_pp, m_each;
    std::vector<double> m_times;
};

double seconds_of(ChunkKind kind, const StageSeconds& s)
{
    switch (kind) {
    case ChunkKind::Forward: return s.forward;
    case ChunkKind::Backward: return s.backward;
    case ChunkKind::BackwardInputs: return std::max(0.0, s.backward - s.weights);
    case ChunkKind::Weights: return s.weights;
    case ChunkKind::Both: return s.both;
    }
    return 0;
}

class Play {
public:
    Play(std::int64_t pp, std::int64_t micro_batches, const StageSeconds& seconds)
        : m_pp(pp), m_seconds(seconds), m_forward(pp, micro_batches), m_backward(pp, micro_batches)
    {}

    /// Nothing: a neighbour has not got that far.
    bool place(std::int64_t stage, double free, StageChunk& chunk)
    {
        double begin = free;
        if (goes_forward(chunk.kind)) begin = std::max(begin, forward_ready(stage, chunk.micro_batch));
        if (goes_backward(chunk.kind)) begin = std::max(begin, backward_ready(stage, chunk.backward));
        if (begin == kNotYet) return false;
        chunk.begin = begin;
        chunk.end = begin + seconds_of(chunk.kind, m_seconds);
        if (goes_forward(chunk.kind)) m_forward.at(stage, chunk.micro_batch) = chunk.end;
        if (goes_backward(chunk.kind)) m_backward.at(stage, chunk.backward) = chunk.end;
        return true;
    }

private:
    static bool goes_forward(ChunkKind kind) { return kind == ChunkKind::Forward || kind == ChunkKind::Both; }
    static bool goes_backward(ChunkKind kind) { return !goes_forward(kind) && kind != ChunkKind::Weights; }

    bool is_stage(std::int64_t stage) const { return stage >= 0 && stage < m_pp; }
    static std::int64_t onward(PipeDirection direction) { return direction == PipeDirection::Down ? 1 : -1; }
    double forward_ready(std::int64_t stage, MicroBatch which)
    {
        const std::int64_t before = stage - onward(which.direction);
        return is_stage(before) ? m_forward.at(before, which) : 0;
    }
    double backward_ready(std::int64_t stage, MicroBatch which)
    {
        const std::int64_t behind = stage + onward(which.direction);
        return is_stage(behind) ? m_backward.at(behind, which) : m_forward.at(stage, which);
    }

    std::int64_t m_pp;
    StageSeconds m_seconds;
    Passed m_forward, m_backward;
};

Status check_play(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches)
{
    if (pp < 1 || micro_batches < 1)
        return Error{fmt::format("a pipeline of {} stages and {} micro-batches", pp, micro_batches),
                     "Both are 1 at least."};
    if (const Status s = check_stages(schedule, pp); !s) return s;
    if (micro_batches_for(schedule, pp, micro_batches) != micro_batches)
        return Error{fmt::format("DualPipe with {} stages takes an even number of micro-batches from {} on, not {}", pp,
                                 2 * pp, micro_batches),
                     fmt::format("Take {} micro-batches.", micro_batches_for(schedule, pp, micro_batches))};
    if (micro_batches > kMostChunks / 3 / pp)
        return Error{
            fmt::format("{} stages with {} micro-batches are more chunks than can be drawn", pp, micro_batches),
            fmt::format("Take {} micro-batches or fewer.", kMostChunks / 3 / pp)};
    return {};
}

} // namespace

double StepTimeline::busy(std::size_t stage) const
{
    double sum = 0;
    for (const StageChunk& chunk : stages[stage]) sum += chunk.seconds();
    return sum;
}

Result<StepTimeline> step_timeline(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches,
                                   const StageSeconds& seconds)
{
    if (const Status s = check_play(schedule, pp, micro_batches); !s) return s.error();
    StepTimeline line{chunk_order(schedule, pp, micro_batches), 0};
    Play play(pp, micro_batches, seconds);
    std::vector<std::size_t> placed(line.stages.size());
    for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t s = 0; s < line.stages.size(); ++s) {
            std::vector<StageChunk>& chunks = line.stages[s];
            const std::size_t first = placed[s];
            while (placed[s] < chunks.size()) {
                const double free = placed[s] > 0 ? chunks[placed[s] - 1].end : 0;
                if (!play.place(static_cast<std::int64_t>(s), free, chunks[placed[s]])) break;
                line.length = std::max(line.length, chunks[placed[s]].end);
                ++placed[s];
            }
            moved = moved || placed[s] > first;
        }
    }
    return line;
}

} // namespace triptych
