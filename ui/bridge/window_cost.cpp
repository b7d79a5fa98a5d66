// Differences over the last seconds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/window_cost.h"

#include <limits>

namespace triptych {

namespace {

constexpr double kLeast = 1; // s; of less, one look more or less is most of the difference

} // namespace

void WindowMeter::look(double wall, double cpu, double pictures)
{
    if (!m_looks.empty() && pictures < m_looks.back().pictures) restart(); // another run
    m_looks.push_back({wall, cpu, pictures});
    while (m_looks.size() > 2 && wall - m_looks[1].wall >= kOver) m_looks.pop_front();
}

std::optional<WindowCost> WindowMeter::cost() const
{
    if (m_looks.empty()) return std::nullopt;
    const Look& first = m_looks.front();
    const Look& last = m_looks.back();
    const double wall = last.wall - first.wall;
    if (wall < kLeast) return std::nullopt;
    const bool told = last.cpu > 0; // a thread that has looked has worked
    return WindowCost{told ? (last.cpu - first.cpu) / wall : std::numeric_limits<double>::quiet_NaN(),
                      (last.pictures - first.pictures) / wall};
}

} // namespace triptych
