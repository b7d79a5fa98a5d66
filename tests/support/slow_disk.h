// Disks that answer when a test says so.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <thread>

namespace triptych::test {

/// Its job waits until answer().
class SlowDisk {
public:
    void answer() { m_promise.set_value(); }
    std::function<void()> job()
    {
        return [this, answered = m_promise.get_future().share()] {
            m_asked = true;
            answered.wait();
            m_done = true;
        };
    }
    bool isAsked() const { return m_asked; }
    bool isDone() const { return m_done; }

private:
    std::promise<void> m_promise;
    std::atomic<bool> m_asked = false;
    std::atomic<bool> m_done = false;
};

template <class Holds>
void wait_until(Holds holds)
{
    while (!holds()) std::this_thread::yield();
}

} // namespace triptych::test
