// When the steps of a run were done: runs record how long a step took, and the time of events only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// "2025-03-01T12:00:00Z" in seconds since 1970; nothing for another form.
std::optional<double> unix_seconds(std::string_view utc);
/// Of this moment, with fractions.
double unix_now();
/// The way back, with milliseconds: "2025-03-01T12:00:00.250Z". Years 1970 to 9999, or the nearest of them.
std::string utc_text(double unix_seconds);

/// A step ends the device time since the last event before it after that event. Right within a second, since events
/// have no fractions; time between two steps that no event follows (a pause) shows from the next event on.
class StepClock {
public:
    /// `began`: for steps before the first event. Events in any order; those without a time are left out.
    StepClock(double began, const std::vector<StoredEvent>& events);

    /// Unix seconds of the end of a step. To be asked by rising steps; never goes back. device_seconds: since the first
    /// step; not-a-number where they are not known.
    double at(std::int64_t step, double device_seconds);

private:
    struct Mark {
        std::int64_t step = 0;
        double time = 0;
    };
    std::vector<Mark> m_marks;
    std::size_t m_next = 0;
    double m_base_time;
    double m_base_seconds = 0; ///< device seconds at m_base_time
    double m_seconds = 0;      ///< of the last step
    double m_time;
};

} // namespace triptych
