// What one look of the window at a run that goes on costs, and what of it each kind of widget takes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/studio_rig.h"

#include <QApplication>
#include <QMetaEnum>

namespace triptych::bench {

/// Tells how much CPU time of the window's thread the events of each kind of receiver took, without those that were
/// delivered meanwhile.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    struct Share {
        double ms = 0;
        int events = 0;
    };

    bool notify(QObject* receiver, QEvent* event) override;
    /// Times events from now on.
    void begin();
    /// By "class event", such as "Readout Paint", since begin().
    std::map<std::string, Share> end();

private:
    bool m_timed = false;
    double m_inner = 0; ///< seconds of events within the one that is delivered
    std::map<std::string, Share> m_shares;
};

/// The whole window at 1280x800, fed every 400 ms with what a training of "tiny" at 32 steps a second makes in that
/// time, while no hand is on it. detail: with a line for each kind of event.
void measure_looks(const Report& report, TimedApplication& application, double seconds, bool detail);

} // namespace triptych::bench
