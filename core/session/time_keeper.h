// Where the wall time of a training session goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/energy_counter.h"
#include "core/run/time_account.h"

#include <functional>
#include <optional>

namespace triptych {

/// A stopwatch with one hand: every call of charge() gives the time since the one before to a use, so that no second is
/// counted twice and none is left out. Not for several threads.
class TimeKeeper {
public:
    /// Seconds on a clock that never goes back.
    using Now = std::function<double()>;
    static double steady_now();

    explicit TimeKeeper(Now now = steady_now);

    /// What earlier sessions used.
    void go_on_from(const TimeAccount& before) { m_account = before; }
    void measure_energy(EnergyCounter counter);

    /// The time since the last call.
    void charge(TimeUse use);
    /// A step that took these device-seconds; the rest since the last call held it up.
    void charge_step(double device_seconds);

    /// Up to the last charge, with the energy until now. Asked again after more than five minutes, it leaves the energy
    /// and the seconds between out.
    const TimeAccount& account();
    /// Whether so many seconds went by since this was last true.
    bool due(double every_seconds);

private:
    double take();

    Now m_now;
    double m_mark;
    double m_due_mark;
    double m_energy_mark = 0;
    std::optional<EnergyCounter> m_energy;
    TimeAccount m_account;
};

} // namespace triptych
