// A playground writes texts with checkpoints on a thread of its own, token by token, beside whatever is trained.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/frame_box.h"
#include "core/session/playground_message.h"

#include <memory>
#include <vector>

namespace triptych {

/// Thread-safe from any number of posting threads and one reading thread. The destructor ends what is written, within
/// one token or one piece of a prompt, and joins; a checkpoint that is being read is read to its end first.
///
/// Both lanes take turns on one thread, which computes with a single CPU thread and in the system's eyes is less urgent
/// than a training in the same process: that one keeps its cores, and texts come as fast as what is left allows.
class Playground {
public:
    /// memory_bytes: what the program may hold in all; 0: what the machine has.
    explicit Playground(std::int64_t memory_bytes = 0);
    ~Playground();
    Playground(const Playground&) = delete;
    Playground& operator=(const Playground&) = delete;

    /// Never blocks for longer than it takes to push to a queue.
    void post(PlayCommand command);
    /// All events since the last call, in order.
    std::vector<PlayEvent> take_events();
    const FrameBox<PlayProgress>& progress(PlayLane lane) const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace triptych
