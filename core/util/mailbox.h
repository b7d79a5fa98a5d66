// What goes between a worker's thread and those who use it: commands to it, in their order, and what it tells.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace triptych {

/// Whether a worker without a command has something else to do.
enum class Patience : std::uint8_t { WaitForOne = 1, TakeWhatIsThere };

/// Of one worker; every function from any thread. Neither side ever waits for the other but in take().
template <class Command, class Event>
class Mailbox {
public:
    void post(Command command)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        m_wake.notify_all();
    }

    /// The oldest; nothing where there is none, or once a stop is asked for while it waits.
    std::optional<Command> take(const std::stop_token& stop, Patience patience)
    {
        std::unique_lock lock(m_mutex);
        if (patience == Patience::WaitForOne) m_wake.wait(lock, stop, [this] { return !m_commands.empty(); });
        if (m_commands.empty()) return std::nullopt;
        Command command = std::move(m_commands.front());
        m_commands.pop_front();
        return command;
    }

    void tell(Event event)
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
    }

    /// All that were told since the last call, in their order.
    std::vector<Event> take_events()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Command> m_commands;
    std::vector<Event> m_events;
};

} // namespace triptych
