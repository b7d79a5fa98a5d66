// The box gives the latest frame, whole, to any number of readers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/frame_box.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace triptych {
namespace {

TEST(FrameBox, IsEmptyBeforeTheFirstFrame)
{
    const FrameBox<int> box;
    std::uint64_t seen = 0;
    EXPECT_EQ(box.get(), nullptr);
    EXPECT_EQ(box.get_newer(seen), nullptr);
}

TEST(FrameBox, TheLatestFrameWins)
{
    FrameBox<int> box;
    std::uint64_t seen = 0;
    box.put(std::make_shared<int>(1));
    box.put(std::make_shared<int>(2));
    EXPECT_EQ(*box.get(), 2);
    EXPECT_EQ(*box.get_newer(seen), 2);
    EXPECT_EQ(box.get_newer(seen), nullptr);
    box.put(std::make_shared<int>(3));
    EXPECT_EQ(*box.get_newer(seen), 3);
    EXPECT_EQ(box.version(), 3u);
}

TEST(FrameBox, AReaderKeepsWhatItTook)
{
    FrameBox<int> box;
    box.put(std::make_shared<int>(1));
    const auto taken = box.get();
    box.put(std::make_shared<int>(2));
    EXPECT_EQ(*taken, 1);
    EXPECT_EQ(taken.use_count(), 1);
}

TEST(FrameBox, ReadersSeeWholeFramesInOrder)
{
    FrameBox<std::vector<int>> box;
    std::jthread producer([&] {
        for (int i = 1; i <= 2000; ++i) box.put(std::make_shared<std::vector<int>>(64, i));
    });
    std::uint64_t seen = 0;
    int last = 0;
    while (last < 2000) {
        const auto frame = box.get_newer(seen);
        if (!frame) continue;
        ASSERT_GT(frame->front(), last);
        ASSERT_EQ(*frame, std::vector<int>(64, frame->front()));
        last = frame->front();
    }
    producer.join();
}

} // namespace
} // namespace triptych
