// How what a thread found comes back to the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>

#include <functional>
#include <mutex>
#include <utility>

namespace triptych {

/// Between an object of the window, a QObject, and the jobs of a ReaderThread: they hold the door, and whatever they
/// tell comes to nobody once the owner has gone.
template <class Owner>
class Door {
public:
    explicit Door(Owner& owner) : m_owner(&owner) {}

    /// By the owner, before it goes.
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }

    /// Whether anybody still waits for an answer.
    bool isOpen() const
    {
        const std::lock_guard lock(m_mutex);
        return m_owner != nullptr;
    }

    /// Done on the owner's thread, soon.
    void tell(std::function<void(Owner&)> what)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_owner) return;
        QMetaObject::invokeMethod(
            m_owner, [to = m_owner, what = std::move(what)] { what(*to); }, Qt::QueuedConnection);
    }

private:
    mutable std::mutex m_mutex;
    Owner* m_owner;
};

} // namespace triptych
