// From the rows of a database, which lie by metric, to those of curves, which lie by step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_database.h"

#include <algorithm>

namespace triptych {

namespace {

/// Steps that are in memory at once.
constexpr std::int64_t kWindow = 16'384;
static_assert(kWindow <= curve::kMaxGap);

struct StoredMetric {
    MetricId id;
    StepRange steps;
};

/// Those that have samples.
Result<std::vector<StoredMetric>> stored_metrics(const RunReader& database)
{
    const auto ids = database.metrics();
    if (!ids) return ids.error();
    std::vector<StoredMetric> found;
    for (const MetricId id : *ids) {
        const auto steps = database.steps(id);
        if (!steps) return steps.error();
        if (*steps) found.push_back({id, **steps});
    }
    return found;
}

/// One window: rows of the columns, and the samples of all others.
class Window {
public:
    Window(std::int64_t first, std::int64_t last, std::size_t columns)
        : m_first(first), m_columns(columns), m_any(static_cast<std::size_t>(last - first + 1)),
          m_rows(m_any.size() * columns, curve::kMissing)
    {}

    void put(std::size_t column, const std::vector<SeriesPoint>& points)
    {
        for (const SeriesPoint& p : points) {
            const auto row = static_cast<std::size_t>(p.step - m_first);
            if (row >= m_any.size()) continue; // a damaged database answers anything
            m_any[row] = true;
            m_rows[row * m_columns + column] = curve::stored(p.value);
        }
    }
    void put(MetricId metric, const std::vector<SeriesPoint>& points)
    {
        for (const SeriesPoint& p : points) m_sparse.push_back({metric, p.step, p.value});
    }

    Status append_to(CurveWriter& writer)
    {
        for (std::size_t row = 0; row < m_any.size(); ++row) {
            if (!m_any[row]) continue;
            const Status done = writer.append(m_first + static_cast<std::int64_t>(row),
                                              std::span(m_rows).subspan(row * m_columns, m_columns));
            if (!done) return done;
        }
        std::stable_sort(m_sparse.begin(), m_sparse.end(),
                         [](const Sample& a, const Sample& b) { return a.step < b.step; });
        for (const Sample& sample : m_sparse)
            if (const Status done = writer.append(sample); !done) return done;
        return writer.commit();
    }

private:
    std::int64_t m_first;
    std::size_t m_columns;
    std::vector<bool> m_any; ///< whether a step has a sample
    std::vector<double> m_rows;
    std::vector<Sample> m_sparse;
};

bool same(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

Result<CurveWriter> make_curves(const std::filesystem::path& folder, const RunReader& database)
{
    const auto metrics = stored_metrics(database);
    if (!metrics) return metrics.error();
    std::int64_t first = curve::kLastStep;
    std::int64_t last = 0;
    for (const StoredMetric& m : *metrics) {
        first = std::min(first, m.steps.first);
        last = std::max(last, m.steps.last);
    }
    if (first < 1 || last < first || last > curve::kLastStep)
        return Error{folder.string() + " cannot be made: the database has no steps from 1 on",
                     "Train the run for a step."};
    std::vector<MetricId> columns;
    for (const StoredMetric& m : *metrics)
        if (m.steps.first == first) columns.push_back(m.id);
    auto writer = CurveWriter::create(folder, columns, first);
    if (!writer) return writer;
    for (std::int64_t begin = first; begin <= last; begin += kWindow) {
        const std::int64_t end = std::min(begin + kWindow - 1, last);
        if (begin - writer->last_step() > curve::kMaxGap)
            return Error{folder.string() + " cannot be made: the database has no sample between step " +
                             std::to_string(writer->last_step()) + " and step " + std::to_string(begin),
                         "Its series can be read from metrics.sqlite itself."};
        Window window(begin, end, columns.size());
        std::size_t column = 0;
        for (const StoredMetric& m : *metrics) {
            const auto points = database.series(m.id, begin - 1, end);
            if (!points) return points.error();
            if (m.steps.first == first)
                window.put(column++, *points);
            else
                window.put(m.id, *points);
        }
        if (const Status done = window.append_to(*writer); !done) return done.error();
    }
    return writer;
}

Result<bool> agree(const CurveReader& curves, const RunReader& database)
{
    const auto metrics = stored_metrics(database);
    if (!metrics) return metrics.error();
    std::int64_t last_row = curves.first_step() - 1;
    for (const StoredMetric& m : *metrics) {
        const auto column = curves.column(m.id);
        std::vector<SeriesPoint> drawn;
        if (column && m.steps.last >= curves.first_step() && m.steps.last <= curves.last_step()) {
            double value = 0;
            const Status read = curves.values(*column, m.steps.last, std::span(&value, 1));
            if (!read) return read.error();
            drawn = {{m.steps.last, value}};
            last_row = std::max(last_row, m.steps.last);
        } else if (!column) {
            auto sparse = curves.sparse(m.id, m.steps.last - 1);
            if (!sparse) return sparse.error();
            drawn = sparse.take();
        }
        const auto stored = database.series(m.id, m.steps.last - 1, m.steps.last);
        if (!stored) return stored.error();
        if (drawn.size() != 1 || stored->size() != 1 || !same(drawn[0].value, (*stored)[0].value)) return false;
    }
    return last_row == curves.last_step();
}

} // namespace triptych
