// One face for a database and for the files beside it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"

#include "core/run/event_file.h"
#include "core/run/session_file.h"

#include <algorithm>

namespace triptych {

Result<RunRecord> RunRecord::open(const std::filesystem::path& run_folder)
{
    RunRecord record(run_folder);
    auto database = RunReader::open(run_folder / "metrics.sqlite");
    if (database) {
        record.m_database = database.take();
        return record;
    }
    if (database.error().hint != kWrittenElsewhereHint) return database.error();
    auto curves = CurveReader::open(run_folder / "curves");
    if (!curves) return Error{database.error().what + "; beside it, " + curves.error().what, database.error().hint};
    record.m_curves = curves.take();
    return record;
}

Result<std::vector<SeriesPoint>> RunRecord::column(std::size_t column, std::int64_t after_step) const
{
    const std::int64_t first = std::max(m_curves->first_step(), after_step + 1);
    std::vector<SeriesPoint> points;
    if (first > m_curves->last_step()) return points;
    std::vector<double> values(static_cast<std::size_t>(m_curves->last_step() - first + 1));
    if (const Status read = m_curves->values(column, first, values); !read) return read.error();
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!curve::is_missing(values[i])) points.push_back({first + static_cast<std::int64_t>(i), values[i]});
    return points;
}

Result<std::vector<SeriesPoint>> RunRecord::series(MetricId metric, std::int64_t after_step) const
{
    if (m_database) return m_database->series(metric, after_step);
    // A column of the first step; a metric that came up later, or is rarer, is none.
    const auto known = m_curves->column(metric);
    return known ? column(*known, after_step) : m_curves->sparse(metric, after_step);
}

Result<std::optional<SeriesPoint>> RunRecord::last(MetricId metric) const
{
    if (m_database) return m_database->last(metric);
    const auto last_of = [](const std::vector<SeriesPoint>& points) {
        return points.empty() ? std::nullopt : std::optional(points.back());
    };
    if (m_curves->column(metric)) {
        constexpr std::int64_t kNear = 256; // a step without a sample is rare
        const auto near = series(metric, m_curves->last_step() - kNear);
        if (!near) return near.error();
        if (!near->empty()) return last_of(*near);
    }
    const auto all = series(metric);
    if (!all) return all.error();
    return last_of(*all);
}

Result<std::vector<StoredEvent>> RunRecord::events() const
{
    return m_database ? m_database->events() : read_all_events(m_folder / "events.jsonl");
}

} // namespace triptych
