// The thread that reads: the newest wish counts, and nobody waits for a disk that does not answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>
#include <vector>

namespace triptych::test {
namespace {

/// A disk that does not answer before it is told to.
class Disk {
public:
    void answer() { m_promise.set_value(); }
    std::function<void()> job()
    {
        return [this, answered = m_promise.get_future().share()] {
            m_asked = true;
            answered.wait();
            m_done = true;
        };
    }
    bool isAsked() const { return m_asked; }
    bool isDone() const { return m_done; }

private:
    std::promise<void> m_promise;
    std::atomic<bool> m_asked = false;
    std::atomic<bool> m_done = false;
};

template <class Holds>
void wait_until(Holds holds)
{
    while (!holds()) std::this_thread::yield();
}

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
    Disk disk;
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
    Disk disk;
    std::atomic<bool> late = false;
    {
        ReaderThread reader;
        reader.ask(nullptr, disk.job());
        reader.ask(nullptr, [&late] { late = true; });
        wait_until([&] { return disk.isAsked(); });
    }
    EXPECT_FALSE(disk.isDone()) << "it is closed, and the disk has not answered yet";
    EXPECT_EQ(ReaderThread::leftAlone(), 1);
    disk.answer();
    wait_until([] { return ReaderThread::leftAlone() == 0; });
    EXPECT_TRUE(disk.isDone());
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

TEST(SeriesReader, BlocksStayAsLongAsAJobUsesThem)
{
    Disk disk;
    std::weak_ptr<BlockCache> blocks;
    {
        SeriesReader reader;
        blocks = reader.sharedBlocks();
        reader.ask(nullptr, [job = disk.job(), kept = reader.sharedBlocks()] {
            job();
            kept->put({1, 0, 0, 16, 0}, std::make_shared<SeriesBlock>());
        });
        wait_until([&] { return disk.isAsked(); });
    }
    EXPECT_FALSE(blocks.expired());
    disk.answer();
    wait_until([] { return ReaderThread::leftAlone() == 0; });
    EXPECT_TRUE(blocks.expired());
}

TEST(BlockCache, IsForAnyNumberOfThreads)
{
    BlockCache cache(64'000);
    std::atomic<int> found = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&cache, &found, t] {
            for (int i = 0; i < 2'000; ++i) {
                const BlockKey key{1, 0, 0, 16, (i * 7 + t) % 50};
                if (cache.find(key)) ++found;
                cache.put(key, std::make_shared<SeriesBlock>());
                if (i % 500 == 0) cache.drop(2);
            }
        });
    threads.clear();
    EXPECT_GT(found, 0);
    EXPECT_LE(cache.bytes(), cache.mostBytes());
}

} // namespace
} // namespace triptych::test
