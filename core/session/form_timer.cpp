// A thread for each measurement; the lock is held to copy a few numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/form_timer.h"

#include <mutex>
#include <thread>

namespace triptych {

class FormTimer::Worker {
public:
    Worker(const ModelConfig& config, int threads)
        : m_thread([this, config, threads](const std::stop_token& stop) { measure(config, threads, stop); })
    {}

    void stop() { m_thread.request_stop(); }
    Progress progress() const
    {
        const std::lock_guard lock(m_mutex);
        return m_progress;
    }

private:
    void measure(const ModelConfig& config, int threads, const std::stop_token& stop)
    {
        const Status done = time_forms(config, threads, stop, [this](const FormTime& time) {
            const std::lock_guard lock(m_mutex);
            m_progress.times.push_back(time);
        });
        const std::lock_guard lock(m_mutex);
        if (!done) m_progress.error = done.error();
        m_progress.running = false;
    }

    mutable std::mutex m_mutex;
    Progress m_progress{.running = true, .times = {}, .error = {}};
    std::jthread m_thread; // last: it starts when everything else is there, and is stopped and joined first
};

FormTimer::FormTimer() = default;
FormTimer::~FormTimer() = default;

void FormTimer::start(const ModelConfig& config, int threads)
{
    if (m_worker && m_worker->progress().running) return;
    m_worker = std::make_unique<Worker>(config, threads);
}

void FormTimer::stop()
{
    if (m_worker) m_worker->stop();
}

FormTimer::Progress FormTimer::progress() const
{
    return m_worker ? m_worker->progress() : Progress{};
}

} // namespace triptych
