// A queue in which the newest wish of everybody counts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/reader_thread.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace triptych {

namespace {

std::atomic<int> s_leftAlone{0};
std::atomic<int> s_pending{0};

} // namespace

/// Lives as long as the owner or the thread, whoever is there longer.
struct ReaderThread::State {
    struct Job {
        const void* key = nullptr;
        std::function<void()> run;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    bool busy = false;
    bool closed = false;
    bool ended = false;
    bool leftAlone = false;
};

ReaderThread::ReaderThread() : m_state(std::make_shared<State>())
{
    std::thread([state = m_state] { work(state); }).detach();
}

ReaderThread::~ReaderThread()
{
    std::deque<State::Job> dropped; // what they hold goes without the lock
    std::unique_lock lock(m_state->mutex);
    m_state->closed = true;
    dropped.swap(m_state->jobs);
    s_pending -= static_cast<int>(dropped.size());
    m_state->changed.notify_all();
    m_state->leftAlone = !m_state->changed.wait_for(lock, kPatience, [this] { return m_state->ended; });
    if (m_state->leftAlone) ++s_leftAlone;
    lock.unlock();
}

int ReaderThread::leftAlone()
{
    return s_leftAlone;
}

int ReaderThread::pending()
{
    return s_pending;
}

void ReaderThread::ask(const void* key, std::function<void()> job)
{
    const std::lock_guard lock(m_state->mutex);
    auto& jobs = m_state->jobs;
    const auto waiting =
        std::find_if(jobs.begin(), jobs.end(), [key](const auto& j) { return key != nullptr && j.key == key; });
    if (waiting != jobs.end()) {
        waiting->run.swap(job);
    } else {
        jobs.push_back({key, std::move(job)});
        ++s_pending;
    }
    m_state->changed.notify_all();
}

void ReaderThread::finish()
{
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait(lock, [this] { return m_state->jobs.empty() && !m_state->busy; });
}

void ReaderThread::work(const std::shared_ptr<State>& state)
{
    std::unique_lock lock(state->mutex);
    while (!state->closed) {
        if (state->jobs.empty()) {
            state->changed.wait(lock);
            continue;
        }
        State::Job job = std::move(state->jobs.front());
        state->jobs.pop_front();
        state->busy = true;
        lock.unlock();
        job.run();
        job = {};
        --s_pending;
        lock.lock();
        state->busy = false;
        state->changed.notify_all();
    }
    state->ended = true;
    if (state->leftAlone) --s_leftAlone;
    state->changed.notify_all();
}

} // namespace triptych
