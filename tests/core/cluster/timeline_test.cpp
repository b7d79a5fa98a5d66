// One step chunk by chunk: nothing overlaps on a stage, nothing begins before it can, bubbles are the closed forms.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/timeline.h"

#include <gtest/gtest.h>

#include <map>

namespace triptych::test {
namespace {

using enum PipelineSchedule;

/// Overlapping hides nothing and gradients of weights are as long as a forward pass, as in the published figures.
constexpr StageSeconds kEven{.forward = 1, .backward = 2, .weights = 1, .both = 3};
constexpr StageSeconds kUneven{.forward = 1, .backward = 2.1, .weights = 0.9, .both = 2.6};

StepTimeline line_of(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches, const StageSeconds& s)
{
    const auto line = step_timeline(schedule, pp, micro_batches, s);
    EXPECT_TRUE(line.ok()) << line.error().what;
    return line.ok() ? *line : StepTimeline{};
}

struct Shape {
    PipelineSchedule schedule;
    std::int64_t pp, micro_batches;
};
const Shape kShapes[] = {{OneForwardOneBackward, 4, 8},
                         {OneForwardOneBackward, 8, 3},
                         {OneForwardOneBackward, 1, 5},
                         {ZeroBubble, 4, 8},
                         {ZeroBubble, 16, 40},
                         {ZeroBubble, 8, 5},
                         {DualPipe, 2, 4},
                         {DualPipe, 4, 8},
                         {DualPipe, 6, 14},
                         {DualPipe, 16, 120}};

bool goes(const StageChunk& c, ChunkKind alone)
{
    return c.kind == alone || c.kind == ChunkKind::Both;
}

TEST(Timeline, NoTwoChunksOverlapOnAStageAndBusyAndBubbleMakeTheStep)
{
    for (const Shape& shape : kShapes) {
        const StepTimeline line = line_of(shape.schedule, shape.pp, shape.micro_batches, kUneven);
        ASSERT_EQ(line.stages.size(), static_cast<std::size_t>(shape.pp));
        for (std::size_t s = 0; s < line.stages.size(); ++s) {
            double end = 0, waits = 0;
            for (const StageChunk& chunk : line.stages[s]) {
                ASSERT_GE(chunk.begin, end - 1e-12) << "PP " << shape.pp << " stage " << s;
                ASSERT_GT(chunk.end, chunk.begin) << "a chunk that was never placed";
                waits += chunk.begin - end;
                end = chunk.end;
            }
            waits += line.length - end;
            EXPECT_NEAR(line.busy(s) + waits, line.length, 1e-9);
            EXPECT_NEAR(line.idle(s), waits, 1e-9);
        }
    }
}

TEST(Timeline, EachMicroBatchGoesOnceThroughEachStageThereAndBack)
{
    for (const Shape& shape : kShapes) {
        const StepTimeline line = line_of(shape.schedule, shape.pp, shape.micro_batches, kEven);
        for (const auto& stage : line.stages) {
            std::map<MicroBatch, int> forward, inputs, weights;
            for (const StageChunk& c : stage) {
                if (goes(c, ChunkKind::Forward)) ++forward[c.micro_batch];
                if (goes(c, ChunkKind::Backward)) ++inputs[c.backward], ++weights[c.backward];
                if (c.kind == ChunkKind::BackwardInputs) ++inputs[c.backward];
                if (c.kind == ChunkKind::Weights) {
                    ++weights[c.backward];
                    EXPECT_EQ(inputs[c.backward], 1) << "weights before inputs";
                }
            }
            for (const auto* counts : {&forward, &inputs, &weights}) {
                EXPECT_EQ(counts->size(), static_cast<std::size_t>(shape.micro_batches));
                for (const auto& [which, times] : *counts) EXPECT_EQ(times, 1);
            }
        }
    }
}

TEST(Timeline, NoStageBeginsBeforeItsNeighbourHasSent)
{
    for (const Shape& shape : kShapes) {
        const StepTimeline line = line_of(shape.schedule, shape.pp, shape.micro_batches, kUneven);
        std::map<std::pair<std::size_t, MicroBatch>, double> forward, backward;
        for (std::size_t s = 0; s < line.stages.size(); ++s)
            for (const StageChunk& c : line.stages[s]) {
                if (goes(c, ChunkKind::Forward)) forward[{s, c.micro_batch}] = c.end;
                if (goes(c, ChunkKind::Backward) || c.kind == ChunkKind::BackwardInputs)
                    backward[{s, c.backward}] = c.end;
            }
        for (std::size_t s = 0; s < line.stages.size(); ++s)
            for (const StageChunk& c : line.stages[s]) {
                const bool down = c.micro_batch.direction == PipeDirection::Down;
                const std::size_t last = line.stages.size() - 1;
                if (goes(c, ChunkKind::Forward) && s != (down ? 0 : last)) {
                    const double sent = forward.at({down ? s - 1 : s + 1, c.micro_batch});
                    EXPECT_GE(c.begin, sent - 1e-12);
                }
                if (!goes(c, ChunkKind::Backward) && c.kind != ChunkKind::BackwardInputs) continue;
                const bool back_down = c.backward.direction == PipeDirection::Down;
                const double sent = s == (back_down ? last : 0) ? forward.at({s, c.backward})
                                                                : backward.at({back_down ? s + 1 : s - 1, c.backward});
                EXPECT_GE(c.begin, sent - 1e-12);
            }
    }
}

TEST(Timeline, BubblesOf1F1BAreTheClosedFormOnEveryStage)
{
    for (const std::int64_t pp : {2, 4, 16}) {
        const StepTimeline line = line_of(OneForwardOneBackward, pp, 3 * pp, kUneven);
        for (std::size_t s = 0; s < line.stages.size(); ++s)
            EXPECT_NEAR(line.idle(s), bubble_seconds(OneForwardOneBackward, pp, kUneven), 1e-9);
    }
}

TEST(Timeline, BubblesOfZeroBubbleAreTheClosedFormWhereForwardIsAsLongAsItsGradient)
{
    constexpr StageSeconds kSame{.forward = 1, .backward = 1.9, .weights = 0.9};
    for (const std::int64_t pp : {2, 4, 16}) {
        const StepTimeline line = line_of(ZeroBubble, pp, 3 * pp, kSame);
        for (std::size_t s = 0; s < line.stages.size(); ++s)
            EXPECT_NEAR(line.idle(s), bubble_seconds(ZeroBubble, pp, kSame), 1e-9);
    }
}

TEST(Timeline, BubblesOfDualPipeAreTheClosedFormWhereOverlappingHidesNothing)
{
    for (const std::int64_t pp : {2, 4, 8, 16}) {
        const StepTimeline line = line_of(DualPipe, pp, 4 * pp, kEven);
        for (std::size_t s = 0; s < line.stages.size(); ++s)
            EXPECT_NEAR(line.idle(s), bubble_seconds(DualPipe, pp, kEven), 1e-9) << "PP " << pp << " stage " << s;
        EXPECT_NEAR(line.length, work_seconds(DualPipe, pp, 4 * pp, kEven) + bubble_seconds(DualPipe, pp, kEven), 1e-9);
    }
}

TEST(Timeline, TheMiddleOfDualPipeWaitsAsTheClosedFormSaysWhereOverlappingHidesSomething)
{
    constexpr StageSeconds kHiding{.forward = 1, .backward = 2, .weights = 1, .both = 2.8};
    for (const std::int64_t pp : {4, 8, 16}) {
        const StepTimeline line = line_of(DualPipe, pp, 4 * pp, kHiding);
        const auto middle = static_cast<std::size_t>(pp / 2 - 1);
        EXPECT_NEAR(line.idle(middle), bubble_seconds(DualPipe, pp, kHiding), 1e-9);
        // One pair more than the closed form has, in the middle, does not overlap.
        EXPECT_NEAR(line.length,
                    work_seconds(DualPipe, pp, 4 * pp, kHiding) + 0.2 + bubble_seconds(DualPipe, pp, kHiding), 1e-9);
    }
}

TEST(Timeline, DualPipeIsSymmetric)
{
    const StepTimeline line = line_of(DualPipe, 8, 20, kUneven);
    for (std::size_t s = 0; s < 4; ++s) {
        const auto& one = line.stages[s];
        const auto& mirror = line.stages[7 - s];
        ASSERT_EQ(one.size(), mirror.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(one[i].kind, mirror[i].kind);
            EXPECT_DOUBLE_EQ(one[i].begin, mirror[i].begin);
            EXPECT_NE(one[i].micro_batch.direction, mirror[i].micro_batch.direction);
        }
    }
}

/// Table 4 of arXiv 2505.09343 has 1.13 s of forward, 1.99 s of backward and 0.48 s of weight chunks that stand alone,
/// and 13.95 s of pairs. Shared out over the chunks of the stages, the schedule waits for half of the 2.06 s that the
/// table calls bubble: the formula does not explain it, whoever's seconds are put in.
TEST(Timeline, TheBubbleOfThePaperIsNotThatOfItsSchedule)
{
    const auto order = chunk_order(DualPipe, 16, 120);
    for (const std::size_t stage : {0U, 4U, 7U}) {
        std::map<ChunkKind, double> count;
        for (const StageChunk& chunk : order[stage]) ++count[chunk.kind];
        StageSeconds s;
        s.forward = 1.13 / count[ChunkKind::Forward];
        s.weights = 0.48 / count[ChunkKind::Weights];
        const double inputs = (1.99 - s.weights * count[ChunkKind::Backward]) /
                              (count[ChunkKind::Backward] + count[ChunkKind::BackwardInputs]);
        s.backward = inputs + s.weights;
        s.both = 13.95 / count[ChunkKind::Both];
        const StepTimeline line = line_of(DualPipe, 16, 120, s);
        EXPECT_NEAR(line.busy(stage), 1.13 + 1.99 + 0.48 + 13.95, 1e-9) << "the table's work";
        EXPECT_GT(line.idle(stage), 0.35 * 2.06) << "stage " << stage;
        EXPECT_LT(line.idle(stage), 0.55 * 2.06) << "stage " << stage;
        EXPECT_NEAR(line.idle(stage), bubble_seconds(DualPipe, 16, s), 0.15 * 2.06);
    }
}

TEST(Timeline, WhatAScheduleCannotRunWithIsRefused)
{
    EXPECT_FALSE(step_timeline(DualPipe, 3, 12, kEven).ok());
    EXPECT_FALSE(step_timeline(DualPipe, 4, 9, kEven).ok());
    EXPECT_FALSE(step_timeline(DualPipe, 4, 6, kEven).ok());
    EXPECT_FALSE(step_timeline(OneForwardOneBackward, 0, 6, kEven).ok());
    EXPECT_FALSE(step_timeline(OneForwardOneBackward, 4, 0, kEven).ok());
    const auto many = step_timeline(OneForwardOneBackward, 61, 1'000'000, kEven);
    ASSERT_FALSE(many.ok());
    EXPECT_NE(many.error().hint.find("5464"), std::string::npos) << many.error().hint;
}

} // namespace
} // namespace triptych::test
