// One mark that moves on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/time_keeper.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace triptych {

namespace {

/// Longer, and the counters may have run over more than once: their difference then tells nothing.
constexpr double kLongestEnergyGap = 300;

} // namespace

double TimeKeeper::steady_now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

TimeKeeper::TimeKeeper(Now now) : m_now(std::move(now)), m_mark(m_now()), m_due_mark(m_mark) {}

void TimeKeeper::measure_energy(EnergyCounter counter)
{
    m_energy = std::move(counter);
    m_energy_mark = m_now();
}

double TimeKeeper::take()
{
    const double now = m_now();
    return now - std::exchange(m_mark, now);
}

void TimeKeeper::charge(TimeUse use)
{
    m_account.add(use, take());
}

void TimeKeeper::charge_step(double device_seconds)
{
    const double all = take();
    m_account.add(TimeUse::Productive, device_seconds);
    m_account.add(TimeUse::Stall, all - device_seconds);
}

const TimeAccount& TimeKeeper::account()
{
    if (m_energy) {
        const double now = m_now();
        const double joules = m_energy->take_joules();
        const double seconds = now - std::exchange(m_energy_mark, now);
        if (seconds <= kLongestEnergyGap) {
            m_account.joules += joules;
            m_account.joules_seconds += std::max(0.0, seconds);
        }
    }
    return m_account;
}

bool TimeKeeper::due(double every_seconds)
{
    const double now = m_now();
    if (now - m_due_mark < every_seconds) return false;
    m_due_mark = now;
    return true;
}

} // namespace triptych
