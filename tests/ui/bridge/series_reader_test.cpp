// Blocks of curves: how long they stay, and who may ask for them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/slow_disk.h"
#include "ui/bridge/series_reader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace triptych::test {
namespace {

TEST(SeriesReader, BlocksStayAsLongAsAJobUsesThem)
{
    SlowDisk disk;
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
