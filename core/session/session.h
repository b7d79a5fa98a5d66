// A session runs a trainer on a thread of its own. Commands go in, events, metrics and frames come out; nobody waits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/frame_box.h"
#include "core/run/metric.h"
#include "core/run/metric_ring.h"
#include "core/session/command.h"
#include "core/session/event.h"
#include "core/session/frame.h"

#include <memory>
#include <vector>

namespace triptych {

/// Thread-safe from any number of posting threads and one reading thread. The destructor stops the run (saving it where it
/// has a folder) and joins.
class Session {
public:
    Session();
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Never blocks for longer than it takes to push to a queue.
    void post(Command command);
    SessionState state() const;
    /// What pictures for those who watch took of the training's thread, since the run that goes on began.
    double watched_seconds() const;

    /// All events since the last call, in order.
    std::vector<Event> take_events();
    /// Samples since the last call; lossy by design, see MetricRing.
    MetricRing& metrics();
    const FrameBox<LoadFrame>& loads() const;
    const FrameBox<ProbeFrame>& probe() const;
    /// Empty until the first validation of a model with MTP modules.
    const FrameBox<AcceptanceFrame>& acceptance() const;
    /// Empty until steps were observed; this version observes none.
    const FrameBox<KernelFrame>& kernels() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace triptych
