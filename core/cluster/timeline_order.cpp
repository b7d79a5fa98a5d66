// The order in which each stage takes its chunks: 1F1B, ZB-H1 (arXiv 2401.10241) and DualPipe (DeepSeek-V3 report,
// figure 5).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/timeline.h"

#include <algorithm>
#include <array>
#include <deque>

namespace triptych {

namespace {

using Chunks = std::vector<StageChunk>;
using enum PipeDirection;

/// One stage's list: counts micro-batches in each direction and keeps the gradients of weights that wait.
class Order {
public:
    /// `near`: the direction that enters nearer to this stage.
    explicit Order(PipeDirection near) : m_directions{near, near == Down ? Up : Down} {}

    /// From here on 0 is the near direction and 1 the other.
    void forward(int side, std::int64_t times = 1)
    {
        for (std::int64_t i = 0; i < times; ++i) add(ChunkKind::Forward, next(m_forward, side));
    }
    void backward(int side) { add(ChunkKind::Backward, next(m_backward, side)); }
    void backward_inputs(int side)
    {
        m_waiting.push_back(next(m_backward, side));
        add(ChunkKind::BackwardInputs, m_waiting.back());
    }
    void weights()
    {
        add(ChunkKind::Weights, m_waiting.front());
        m_waiting.pop_front();
    }
    void both(int forward_side, int backward_side)
    {
        const MicroBatch forward = next(m_forward, forward_side);
        m_chunks.push_back({ChunkKind::Both, forward, next(m_backward, backward_side)});
    }
    bool waits() const { return !m_waiting.empty(); }
    Chunks take() { return std::move(m_chunks); }

private:
    MicroBatch next(std::array<std::int64_t, 2>& counts, int side) const
    {
        const auto at = static_cast<std::size_t>(side);
        return {m_directions[at], counts[at]++};
    }
    void add(ChunkKind kind, MicroBatch which) { m_chunks.push_back({kind, which, which}); }

    std::array<PipeDirection, 2> m_directions;
    std::array<std::int64_t, 2> m_forward{};
    std::array<std::int64_t, 2> m_backward{};
    std::deque<MicroBatch> m_waiting;
    Chunks m_chunks;
};

/// As many forward passes as fill the stages behind, then one of each; gradients of weights wait for `delay` backward
/// passes, or with 0 for none.
Chunks one_by_one(std::int64_t stages_behind, std::int64_t micro_batches, std::optional<std::int64_t> delay)
{
    Order order(Down);
    const std::int64_t ahead = std::min(micro_batches, stages_behind);
    order.forward(0, ahead);
    for (std::int64_t i = 0; i < micro_batches; ++i) {
        if (ahead + i < micro_batches) order.forward(0);
        if (!delay) {
            order.backward(0);
            continue;
        }
        order.backward_inputs(0);
        if (i >= *delay) order.weights();
    }
    while (order.waits()) order.weights();
    return order.take();
}

/// The eight phases of DualPipe: fill from both ends, overlap, drain. `from_end`: stages between this one and the
/// nearer end; `to_middle`: between it and the middle.
Chunks dual(PipeDirection near, std::int64_t from_end, std::int64_t to_middle, std::int64_t micro_batches)
{
    Order order(near);
    const std::int64_t pairs = from_end + 1;
    const auto repeat = [](std::int64_t times, const auto& phase) {
        for (std::int64_t i = 0; i < times; ++i) phase(i);
    };
    order.forward(0, 2 * to_middle);
    repeat(pairs, [&](auto) { order.forward(0), order.forward(1); });
    repeat(to_middle, [&](auto) { order.backward_inputs(1), order.weights(), order.forward(1); });
    repeat(micro_batches / 2 - 2 * to_middle - pairs, [&](std::int64_t i) {
        // In the middle the first pair does not overlap: it would only begin later.
        if (i == 0 && to_middle == 0)
            order.forward(0), order.backward(1);
        else
            order.both(0, 1);
        order.both(1, 0);
    });
    repeat(to_middle, [&](auto) { order.backward(1), order.both(1, 0); });
    // In the second half of the draining pairs gradients of weights wait for the bubble.
    repeat(2 * pairs, [&](std::int64_t i) {
        const int side = i % 2 == 0 ? 1 : 0;
        i < pairs ? order.backward(side) : order.backward_inputs(side);
    });
    repeat(to_middle, [&](auto) { order.weights(), order.backward_inputs(0); });
    while (order.waits()) order.weights();
    return order.take();
}

} // namespace

std::vector<Chunks> chunk_order(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches)
{
    std::vector<Chunks> stages;
    for (std::int64_t stage = 0; stage < pp; ++stage) {
        const std::int64_t behind = pp - 1 - stage;
        const std::int64_t from_end = std::min(stage, behind);
        switch (schedule) {
        case PipelineSchedule::OneForwardOneBackward: stages.push_back(one_by_one(behind, micro_batches, {})); break;
        case PipelineSchedule::ZeroBubble: stages.push_back(one_by_one(behind, micro_batches, stage)); break;
        case PipelineSchedule::DualPipe:
            stages.push_back(dual(stage < behind ? Down : Up, from_end, pp / 2 - 1 - from_end, micro_batches));
            break;
        }
    }
    return stages;
}

} // namespace triptych
