// An hour of a run seen by the window: what both ways to feed it measure.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/studio_rig.h"
#include "ui/bridge/run_feed.h"

#include <malloc.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace triptych::bench {

/// Steps of a second of the run that an hour is made of.
inline constexpr std::int64_t kPerSecond = 1'000;

/// What the program holds of the heap; RSS beside it has what the allocator keeps for later, too.
inline double heap_mb()
{
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
}

/// About what the lines, marks and alerts of a run hold: they grow with its events, up to 20,000 of each.
inline double told_mb(const RunFeed& feed)
{
    double bytes = 0;
    const auto text = [](const QString& s) { return 2.0 * static_cast<double>(s.capacity()) + 16; };
    for (const LogEntry& line : feed.log())
        bytes += sizeof(LogEntry) + text(line.time) + text(line.kind) + text(line.text);
    for (const RunAlert& alert : feed.alerts()) bytes += sizeof(RunAlert) + text(alert.kind) + text(alert.text);
    for (const SettingMark& mark : feed.marks()) bytes += sizeof(SettingMark) + text(mark.key);
    return bytes / 1e6;
}

/// What grew: the second half of a soak, as the first one fills what has a bound.
class Growth {
public:
    /// At so many hours of the run.
    void look(double hours, const RunFeed& feed)
    {
        const double series = static_cast<double>(feed.series().bytes()) / 1e6;
        m_rss.emplace_back(hours, rss_mb());
        m_heap.emplace_back(hours, heap_mb() - series);
        m_told.emplace_back(hours, told_mb(feed));
    }
    /// MB, of the heap beside the series, which have a bound of their own.
    double grown() const
    {
        const Points warm = half(m_heap);
        return warm.empty() ? 0 : slope(warm) * hours();
    }
    /// Of the run, that grown() is over.
    double hours() const
    {
        const Points warm = half(m_heap);
        return warm.empty() ? 0 : warm.back().first - warm.front().first;
    }
    std::vector<std::pair<std::string, double>> values() const
    {
        return {{"rss_mb", rss_mb()},
                {"rss_slope_mb_per_hour", slope(half(m_rss))},
                {"heap_beside_series_slope_mb_per_hour", slope(half(m_heap))},
                {"heap_beside_series_grown_mb", grown()},
                {"told_slope_mb_per_hour", slope(half(m_told))}};
    }

private:
    using Points = std::vector<std::pair<double, double>>;
    static Points half(const Points& all) { return {all.begin() + std::ssize(all) / 2, all.end()}; }

    Points m_rss;
    Points m_heap;
    Points m_told;
};

/// Frames made beforehand, as fast as the window takes them: hours in minutes. What is lost and how long frames take is
/// not asked here, since the feed waits for the window. MB that grew beyond the bound of a soak are the failure.
int replay(const Report& report, std::int64_t seconds);

/// What grows in a soak without being a leak: lines, marks, alerts (20,000 of each at most), and noise.
inline constexpr double kGrowthMb = 4;
inline constexpr double kGrowthMbPerHour = 20;
bool grew_too_much(const Growth& growth);

} // namespace triptych::bench
