// A queue in which the newest wish of everybody counts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_reader.h"

#include <algorithm>

namespace triptych {

ReaderThread::ReaderThread() : m_thread([this](const std::stop_token& stop) { work(stop); }) {}

ReaderThread::~ReaderThread() = default;

void ReaderThread::ask(const void* key, std::function<void()> job)
{
    const std::lock_guard lock(m_mutex);
    const auto waiting =
        std::find_if(m_jobs.begin(), m_jobs.end(), [key](const Job& j) { return key != nullptr && j.key == key; });
    if (waiting != m_jobs.end())
        waiting->run = std::move(job);
    else
        m_jobs.push_back({key, std::move(job)});
    m_changed.notify_all();
}

void ReaderThread::finish()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_jobs.empty() && !m_busy; });
}

void ReaderThread::work(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return !m_jobs.empty(); })) {
        if (stop.stop_requested()) return;
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        m_busy = true;
        lock.unlock();
        job.run();
        job = {};
        lock.lock();
        m_busy = false;
        m_changed.notify_all();
    }
}

} // namespace triptych
