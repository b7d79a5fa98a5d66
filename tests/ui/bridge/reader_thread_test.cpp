// The thread that reads: the newest wish counts, and nobody waits for a disk that does not answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/slow_disk.h"
#include "ui/bridge/reader_thread.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <vector>

namespace triptych::test {
namespace {

TEST(ReaderThread, DoesOneThingAfterTheOther)
{
    std::vector<int> done;
    ReaderThread reader;
    for (int i = 0; i < 100; ++i) reader.ask(nullptr, [&done, i] { done.push_back(i); });
    reader.finish();
    ASSERT_EQ(done.size(), 100u);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(done[static_cast<std::size_t>(i)], i);
}

TEST(ReaderThread, TheNewestWishOfEverybodyCounts)
{
    SlowDisk disk;
    std::vector<int> done;
    ReaderThread reader;
    reader.ask(nullptr, disk.job());
    wait_until([&] { return disk.isAsked(); });
    const int first = 0;
    const int second = 0;
    for (int i = 0; i < 10; ++i) reader.ask(&first, [&done, i] { done.push_back(i); });
    reader.ask(&second, [&done] { done.push_back(100); });
    disk.answer();
    reader.finish();
    EXPECT_EQ(done, (std::vector{9, 100}));
}

TEST(ReaderThread, WhoClosesItDoesNotWaitForADiskThatDoesNotAnswer)
{
    SlowDisk disk;
    std::atomic<bool> late = false;
    {
        ReaderThread reader;
        reader.ask(nullptr, disk.job());
        reader.ask(nullptr, [&late] { late = true; });
        wait_until([&] { return disk.isAsked(); });
    }
    EXPECT_FALSE(disk.isDone()) << "it is closed, and the disk has not answered yet";
    EXPECT_EQ(ReaderThread::leftAlone(), 1);
    EXPECT_EQ(ReaderThread::pending(), 1) << "that which the disk has; the other was dropped";
    disk.answer();
    wait_until([] { return ReaderThread::leftAlone() == 0; });
    EXPECT_TRUE(disk.isDone());
    EXPECT_EQ(ReaderThread::pending(), 0);
    EXPECT_FALSE(late) << "what waited behind it was dropped";
}

TEST(ReaderThread, WhatIsBeingDoneIsDoneWhereItIsQuick)
{
    for (int i = 0; i < 50; ++i) {
        auto held = std::make_shared<int>(0);
        {
            ReaderThread reader;
            reader.ask(nullptr, [held] { ++*held; });
        }
        EXPECT_EQ(ReaderThread::leftAlone(), 0);
        EXPECT_EQ(held.use_count(), 1) << "nothing is held any more";
    }
}

} // namespace
} // namespace triptych::test
