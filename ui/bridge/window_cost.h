// What showing a training costs the training, measured while it goes on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>

namespace triptych {

/// Shares of the wall time of the last ten seconds. Not-a-number: not known.
struct WindowCost {
    double window = 0;   ///< CPU time of the window's thread, of one core
    double pictures = 0; ///< of the training's thread: pictures of the model that are made for the window
    bool operator==(const WindowCost&) const = default;
};

/// A stopwatch for both, which is told what has been used so far at each look.
class WindowMeter {
public:
    static constexpr double kOver = 10; ///< s

    /// Seconds since any one moment: of the wall; of CPU time of the window's thread (0 where the system does not
    /// tell); of pictures, which begin at 0 with each run.
    void look(double wall, double cpu, double pictures);
    /// Nothing was seen of what comes next: a run begins, or none goes on.
    void restart() { m_looks.clear(); }
    /// Nothing before a second has been seen.
    std::optional<WindowCost> cost() const;

private:
    struct Look {
        double wall;
        double cpu;
        double pictures;
    };
    std::deque<Look> m_looks; ///< at least kOver apart from first to last, once there were as many
};

} // namespace triptych
