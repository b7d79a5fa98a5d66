// The one thread that reads curves from files, so that the window never waits for a disk.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_blocks.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace triptych {

/// Does what it is asked one after the other. Of two jobs with one key that wait, the older is dropped: nobody looks at
/// that part of a curve any more.
class ReaderThread {
public:
    ReaderThread();
    /// Waits for the job that is being done; the others are dropped.
    ~ReaderThread();

    /// key: of whom the answer is for; null: never dropped for another.
    void ask(const void* key, std::function<void()> job);
    /// Waits until nothing is left to do. For tests, and for who is no window.
    void finish();

private:
    struct Job {
        const void* key = nullptr;
        std::function<void()> run;
    };
    void work(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Job> m_jobs;
    bool m_busy = false;
    std::jthread m_thread; ///< the last member: it uses the others
};

/// One such thread, and the blocks that it has read.
class SeriesReader {
public:
    explicit SeriesReader(std::size_t mostBytes = BlockCache::kMostBytes) : m_blocks(mostBytes) {}

    void ask(const void* key, std::function<void()> job) { m_thread.ask(key, std::move(job)); }
    void finish() { m_thread.finish(); }
    BlockCache& blocks() { return m_blocks; }

private:
    BlockCache m_blocks;
    ReaderThread m_thread; ///< the last member: its jobs use the other
};

} // namespace triptych
