// What reads curves from files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/reader_thread.h"
#include "ui/bridge/series_blocks.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace triptych {

/// One thread for all of them, and the blocks that it has read.
class SeriesReader {
public:
    explicit SeriesReader(std::size_t mostBytes = BlockCache::kMostBytes)
        : m_blocks(std::make_shared<BlockCache>(mostBytes))
    {}

    void ask(const void* key, std::function<void()> job) { m_thread.ask(key, std::move(job)); }
    void finish() { m_thread.finish(); }
    BlockCache& blocks() { return *m_blocks; }
    /// For jobs.
    std::shared_ptr<BlockCache> sharedBlocks() const { return m_blocks; }

private:
    std::shared_ptr<BlockCache> m_blocks;
    ReaderThread m_thread;
};

} // namespace triptych
