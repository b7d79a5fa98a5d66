// Windows over the database, metric by metric, since that is how its rows lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric_scan.h"

#include <algorithm>

namespace triptych {

namespace {

/// 24 MB for the 364 metrics of a model with 58 layers.
constexpr std::int64_t kWindow = 4096;

} // namespace

Result<MetricScan> MetricScan::open(const std::filesystem::path& run_folder)
{
    MetricScan scan;
    auto database = RunReader::open(run_folder / "metrics.sqlite");
    if (database) scan.m_database = database.take();
    // Of a database that is whole they would tell nothing new; they are opened to be at hand.
    if (auto curves = CurveReader::open(run_folder / "curves")) scan.m_curves = curves.take();
    if (!database) {
        if (!scan.m_curves) return database.error();
        scan.trouble(database.error().what + "; its curves are read instead");
    }
    scan.find_metrics();
    if (scan.m_metrics.empty())
        return Error{run_folder.string() + ": no numbers are recorded" +
                         (scan.m_troubles.empty() ? "" : " that can be read (" + scan.m_troubles.front() + ")"),
                     "Export the run once its first step is done."};
    return scan;
}

void MetricScan::add_range(std::int64_t first, std::int64_t last)
{
    if (first < 1 || last > curve::kLastStep) return trouble("there are steps that no run can have; they are left out");
    m_last = std::max(m_last, last);
}

void MetricScan::find_metrics()
{
    std::set<MetricId> found;
    if (m_database) {
        const auto ids = m_database->metrics();
        if (!ids) trouble(ids.error().what);
        for (const MetricId id : ids ? *ids : std::vector<MetricId>()) {
            const auto steps = m_database->steps(id);
            if (!steps) trouble(steps.error().what);
            if (!steps || !*steps) continue;
            found.insert(id);
            add_range((*steps)->first, (*steps)->last);
        }
    }
    // The curves are a moment behind a database that is whole; where it is not they may know more.
    if (m_curves && (!m_database || !m_troubles.empty())) {
        for (const MetricId id : m_curves->columns()) found.insert(id);
        for (const MetricId id : m_curves->sparse_metrics()) found.insert(id);
        if (m_curves->last_step() >= m_curves->first_step()) add_range(m_curves->first_step(), m_curves->last_step());
    }
    m_metrics.assign(found.begin(), found.end());
}

void MetricScan::trouble(const std::string& text)
{
    if (std::find(m_troubles.begin(), m_troubles.end(), text) == m_troubles.end()) m_troubles.push_back(text);
}

std::optional<MetricWindow> MetricScan::next()
{
    while (m_done < m_last) {
        const std::int64_t until = std::min(m_done + kWindow, m_last);
        MetricWindow window;
        bool any = false;
        for (const MetricId metric : m_metrics) {
            window.series.push_back(samples(metric, m_done, until));
            any = any || !window.series.back().empty();
        }
        m_done = until;
        if (any) return window;
        skip_gap();
    }
    return std::nullopt;
}

/// A gap may be as long as a damaged file likes, so steps get longer. One metric at a time, since what lies behind the
/// gap may be much.
void MetricScan::skip_gap()
{
    for (std::int64_t stride = kWindow; m_done < m_last; stride *= 2) {
        const std::int64_t until = std::min(m_done + stride, m_last);
        std::int64_t next = until + 1;
        for (const MetricId metric : m_metrics)
            if (const auto points = samples(metric, m_done, until); !points.empty())
                next = std::min(next, points.front().step);
        m_done = next - 1;
        if (next <= until) return;
    }
}

std::vector<SeriesPoint> MetricScan::samples(MetricId metric, std::int64_t after, std::int64_t until)
{
    if (m_database) {
        auto series = m_database->series(metric, after, until);
        if (series && (!series->empty() || !m_lost.contains(metric))) {
            // A damaged tree answers what it was not asked for.
            std::erase_if(*series, [&](const SeriesPoint& p) { return p.step <= after || p.step > until; });
            return series.take();
        }
        if (!series) {
            m_lost.insert(metric);
            trouble(series.error().what + (m_curves ? "; what is lost is read from its curves" : "; the rest is kept"));
        }
    }
    return samples_of_curves(metric, after, until);
}

std::vector<SeriesPoint> MetricScan::samples_of_curves(MetricId metric, std::int64_t after, std::int64_t until)
{
    std::vector<SeriesPoint> points;
    if (!m_curves) return points;
    if (const auto column = m_curves->column(metric)) {
        const std::int64_t first = std::max(after + 1, m_curves->first_step());
        const std::int64_t last = std::min(until, m_curves->last_step());
        if (first > last) return points;
        std::vector<double> values(static_cast<std::size_t>(last - first + 1));
        if (const Status read = m_curves->values(*column, first, values); !read) {
            trouble(read.error().what);
            return points;
        }
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!curve::is_missing(values[i])) points.push_back({first + static_cast<std::int64_t>(i), values[i]});
        return points;
    }
    if (!m_sparse.contains(metric)) {
        auto read = m_curves->sparse(metric);
        if (!read) trouble(read.error().what);
        m_sparse[metric] = read ? read.take() : std::vector<SeriesPoint>();
    }
    for (const SeriesPoint& p : m_sparse[metric])
        if (p.step > after && p.step <= until) points.push_back(p);
    return points;
}

} // namespace triptych
