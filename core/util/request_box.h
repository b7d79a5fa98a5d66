// What a thread is asked for, one thing at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace triptych {

/// A later request replaces an earlier one that was not taken.
template <class Request>
class RequestBox {
public:
    void put(Request request)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_request = std::move(request);
        }
        m_wake.notify_one();
    }

    /// Waits for one; nothing once a stop is asked for.
    std::optional<Request> take(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, stop, [this] { return m_request.has_value(); });
        if (stop.stop_requested()) return std::nullopt;
        return std::exchange(m_request, std::nullopt);
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Request> m_request;
};

} // namespace triptych
