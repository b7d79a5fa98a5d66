// From device time to the wall clock, mark by mark.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/step_clock.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace triptych {

namespace {

constexpr double kSecondsPerDay = 86'400;
/// The last second of the year 9999.
constexpr double kLastSecond = 253'402'300'799.0;

} // namespace

std::optional<double> unix_seconds(std::string_view utc)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, end = 0;
    const std::string text(utc);
    if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute, &second, &end) !=
        6)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (end == 0 || static_cast<std::size_t>(end) != text.size() || !date.ok() || year < 1970) return std::nullopt;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    return kSecondsPerDay * std::chrono::sys_days(date).time_since_epoch().count() + 3600 * hour + 60 * minute + second;
}

double unix_now()
{
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string utc_text(double unix_seconds)
{
    const double bounded = unix_seconds >= 0 ? std::min(unix_seconds, kLastSecond) : 0; // also of not-a-number
    const std::chrono::sys_time<std::chrono::milliseconds> time{
        std::chrono::milliseconds(static_cast<std::int64_t>(std::llround(bounded * 1000)))};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text.data();
}

StepClock::StepClock(double began, const std::vector<StoredEvent>& events) : m_base_time(began), m_time(began)
{
    for (const StoredEvent& event : events)
        if (const auto time = unix_seconds(event.time)) m_marks.push_back({event.step, *time});
    std::stable_sort(m_marks.begin(), m_marks.end(), [](const Mark& a, const Mark& b) { return a.step < b.step; });
}

double StepClock::at(std::int64_t step, double device_seconds)
{
    for (; m_next < m_marks.size() && m_marks[m_next].step < step; ++m_next) {
        m_base_time = std::max(m_time, m_marks[m_next].time);
        m_base_seconds = m_seconds;
    }
    if (std::isfinite(device_seconds)) m_seconds = std::max(m_seconds, device_seconds);
    m_time = std::max(m_time, m_base_time + m_seconds - m_base_seconds);
    return m_time;
}

} // namespace triptych
