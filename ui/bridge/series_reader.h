// The one thread that reads curves from files, so that the window never waits for a disk.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_blocks.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

namespace triptych {

/// Does what it is asked one after the other. Of two jobs with one key that wait, the older is dropped: nobody looks at
/// that part of a curve any more.
class ReaderThread {
public:
    ReaderThread();
    /// Waits for the job that is being done, but not for a disk that does not answer: after kPatience the job is left
    /// to itself. The others are dropped. So a job keeps alive whatever it uses, and asks whether its owner is there
    /// still.
    ~ReaderThread();
    ReaderThread(const ReaderThread&) = delete;
    ReaderThread& operator=(const ReaderThread&) = delete;

    static constexpr std::chrono::milliseconds kPatience{300};

    /// Jobs of this program that were left to themselves and are not done. As long as there are any, it must not end by
    /// tearing down what they may still use (see std::_Exit()).
    static int leftAlone();

    /// key: of whom the answer is for; null: never dropped for another.
    void ask(const void* key, std::function<void()> job);
    /// Waits until nothing is left to do. For tests, and for who is no window.
    void finish();

private:
    struct State;
    static void work(const std::shared_ptr<State>& state);

    std::shared_ptr<State> m_state; ///< with the thread
};

/// One such thread, and the blocks that it has read.
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
