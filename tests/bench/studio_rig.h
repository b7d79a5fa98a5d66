// What measurements of the window share: how long its thread was busy, how much memory it has, and whether it painted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace triptych::bench {

/// Resident memory of this process in MB (of 1e6 bytes).
inline double rss_mb()
{
    std::ifstream file("/proc/self/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

inline double load_average()
{
    double load = 0;
    std::ifstream("/proc/loadavg") >> load;
    return load;
}

/// Of sorted or unsorted numbers; 0 without any.
inline double quantile(std::vector<double> all, double q)
{
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return all[static_cast<std::size_t>(std::lround(q * static_cast<double>(all.size() - 1)))];
}

/// Per unit of x, by least squares.
inline double slope(const std::vector<std::pair<double, double>>& points)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (const auto& [a, b] : points) {
        ++n;
        x += a;
        y += b;
        xx += a * a;
        xy += a * b;
    }
    const double spread = n * xx - x * x;
    return spread > 0 ? (n * xy - x * y) / spread : 0;
}

/// Milliseconds in which the event loop of this thread was at work and not waiting; on a machine that others use as
/// well, the CPU time of the thread says more.
class BusyMeter : public QObject {
public:
    BusyMeter()
    {
        auto* loop = QAbstractEventDispatcher::instance();
        connect(loop, &QAbstractEventDispatcher::awake, this, [this] {
            if (!m_since.isValid()) m_since.start();
        });
        connect(loop, &QAbstractEventDispatcher::aboutToBlock, this, [this] { stop(); });
    }
    /// Since the last call.
    double take()
    {
        const bool working = m_since.isValid();
        stop();
        if (working) m_since.start();
        return std::exchange(m_ms, 0.0);
    }

private:
    void stop()
    {
        if (m_since.isValid()) m_ms += static_cast<double>(m_since.nsecsElapsed()) / 1e6;
        m_since.invalidate();
    }

    QElapsedTimer m_since;
    double m_ms = 0;
};

/// How often something within a widget was painted: of its parts the one that was painted most often.
class PaintCount : public QObject {
public:
    explicit PaintCount(QObject& of)
    {
        of.installEventFilter(this);
        for (QObject* part : of.findChildren<QObject*>()) part->installEventFilter(this);
    }
    int count() const
    {
        int most = 0;
        for (const auto& [part, count] : m_counts) most = std::max(most, count);
        return most;
    }

protected:
    bool eventFilter(QObject* part, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) ++m_counts[part];
        return false;
    }

private:
    std::map<QObject*, int> m_counts;
};

/// Runs the event loop until something holds, or for so many ms. Whether it held.
inline bool run_until(const std::function<bool()>& holds, int ms)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (holds()) loop.quit();
    });
    look.start(5);
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    if (!holds()) loop.exec();
    return holds();
}

/// Runs it for so many ms.
inline void run_for(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// A line of results: for eyes, or one object of JSON a line.
class Report {
public:
    explicit Report(bool json) : m_json(json) {}
    void line(const std::string& name, const std::vector<std::pair<std::string, double>>& values) const
    {
        if (m_json) {
            std::printf("{\"name\": \"%s\"", name.c_str());
            for (const auto& [key, value] : values) std::printf(", \"%s\": %.6g", key.c_str(), value);
            std::printf(", \"load_average\": %.2f}\n", load_average());
        } else {
            std::printf("%-24s", name.c_str());
            for (const auto& [key, value] : values) std::printf("  %s %.4g", key.c_str(), value);
            std::printf("  (load %.1f)\n", load_average());
        }
        std::fflush(stdout);
    }

private:
    bool m_json;
};

} // namespace triptych::bench
