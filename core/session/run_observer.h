// Who listens to a training run: the session's queues, or the command line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"
#include "core/session/event.h"
#include "core/session/frame.h"
#include "core/train/step_report.h"

#include <memory>
#include <vector>

namespace triptych {

/// Called on the thread that trains; must not block it.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    virtual void on_event(Event event) = 0;
    /// All metrics of one step, and the report they were made from.
    virtual void on_step(const StepReport& report, const std::vector<Sample>& samples) = 0;
    virtual void on_loads(std::shared_ptr<const LoadFrame> frame) = 0;
    virtual void on_probe(std::shared_ptr<const ProbeFrame> frame) = 0;
    virtual void on_acceptance(std::shared_ptr<const AcceptanceFrame>) {}
    virtual void on_kernels(std::shared_ptr<const KernelFrame>) {}
    /// So many seconds of the training's thread went into pictures for those who watch, since the run began.
    virtual void on_watched(double /*seconds*/) {}
};

} // namespace triptych
