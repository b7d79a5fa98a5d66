// Frames kept in memory: bounded, the newest of all at hand, the first never lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/frame_trail.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

struct Frame {
    std::int64_t step = 0;
};

FrameTrail<Frame> trail(std::size_t most, std::int64_t steps)
{
    FrameTrail<Frame> frames(most);
    for (std::int64_t step = 1; step <= steps; ++step) frames.add(std::make_shared<const Frame>(Frame{step}));
    return frames;
}

TEST(FrameTrail, GivesTheNewestAtOrBeforeAStep)
{
    FrameTrail<Frame> frames;
    for (const std::int64_t step : {10, 20, 30}) frames.add(std::make_shared<const Frame>(Frame{step}));
    EXPECT_EQ(frames.at(9), nullptr);
    EXPECT_EQ(frames.at(10)->step, 10);
    EXPECT_EQ(frames.at(29)->step, 20);
    EXPECT_EQ(frames.at(1000)->step, 30);
}

TEST(FrameTrail, StaysBoundedAndReachesFromTheFirstFrameToTheNewest)
{
    for (const std::int64_t steps : {16, 17, 100, 10'000}) {
        const auto frames = trail(16, steps);
        EXPECT_LE(frames.frames().size(), 16U);
        EXPECT_GE(frames.frames().size(), 7U);
        EXPECT_EQ(frames.at(steps)->step, steps);
        EXPECT_EQ(frames.at(1)->step, 1);
    }
}

TEST(FrameTrail, LiesEvenly)
{
    const auto frames = trail(16, 10'000);
    const auto& kept = frames.frames();
    for (std::size_t i = 2; i + 1 < kept.size(); ++i)
        EXPECT_NEAR(static_cast<double>(kept[i]->step - kept[i - 1]->step), 1024, 1) << i;
}

TEST(FrameTrail, TakesBackWhatARunThatGoesBackSaysAgain)
{
    auto frames = trail(16, 10);
    frames.add(std::make_shared<const Frame>(Frame{6}));
    EXPECT_EQ(frames.at(100)->step, 6);
    frames.add(nullptr);
    EXPECT_EQ(frames.frames().size(), 6U);
}

} // namespace
} // namespace triptych
