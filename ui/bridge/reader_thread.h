// A thread that reads files, so that the window never waits for a disk. It knows no Qt; see Door for the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>

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
    /// Jobs of this program that are not done, of all threads: nothing is to be expected of a disk while there are none.
    static int pending();

    /// key: of whom the answer is for; null: never dropped for another.
    void ask(const void* key, std::function<void()> job);
    /// Waits until nothing is left to do. For tests, and for who is no window.
    void finish();

private:
    struct State;
    static void work(const std::shared_ptr<State>& state);

    std::shared_ptr<State> m_state; ///< with the thread
};

} // namespace triptych
