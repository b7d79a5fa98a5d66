// A box that holds the latest picture only: the producer replaces it, readers keep what they took.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

namespace triptych {

/// Latest wins. Any number of threads on both sides; the lock is held only to swap a pointer, and an old frame is freed
/// outside of it.
template <class T>
class FrameBox {
public:
    void put(std::shared_ptr<const T> frame)
    {
        const std::lock_guard lock(m_mutex);
        m_frame.swap(frame); // the argument, now the old frame, outlives the lock
        ++m_version;
    }

    /// The latest frame; null before the first.
    std::shared_ptr<const T> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_frame;
    }

    /// The latest frame if it is newer than `seen`, which becomes its version; else null. Start with seen = 0.
    std::shared_ptr<const T> get_newer(std::uint64_t& seen) const
    {
        const std::lock_guard lock(m_mutex);
        if (m_version == seen) return nullptr;
        seen = m_version;
        return m_frame;
    }

    /// How often put() was called.
    std::uint64_t version() const
    {
        const std::lock_guard lock(m_mutex);
        return m_version;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_frame;
    std::uint64_t m_version = 0;
};

} // namespace triptych
