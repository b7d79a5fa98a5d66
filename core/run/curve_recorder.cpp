// Samples to rows, and what to do about a disk that takes none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_recorder.h"

#include "core/run/curve_database.h"

#include <algorithm>

namespace triptych {

namespace {

/// A disk may be full for a while.
constexpr std::size_t kMostWaiting = std::size_t{64} << 20;

/// The curves up to the step, if they are worth going on with.
std::optional<CurveWriter> usable(const std::filesystem::path& folder, const RunReader& database,
                                  std::int64_t last_step)
{
    auto writer = CurveWriter::resume(folder, last_step);
    if (!writer || writer->last_step() < writer->first_step()) return std::nullopt;
    const auto reader = CurveReader::open(folder);
    if (!reader) return std::nullopt;
    const auto same = agree(*reader, database);
    return same && *same ? std::optional(writer.take()) : std::nullopt;
}

} // namespace

Status CurveRecorder::resume(const RunReader& database, std::int64_t last_step)
{
    m_writer = usable(m_folder, database, last_step);
    if (!m_writer) {
        std::error_code ignored;
        std::filesystem::remove(curve::layout_path(m_folder), ignored);
        const auto metrics = database.metrics();
        if (!metrics) return give_up(metrics.error());
        bool any = false;
        for (const MetricId id : *metrics) {
            const auto steps = database.steps(id);
            any = any || (steps && *steps);
        }
        if (!any) return {}; // nothing was trained yet
        auto made = make_curves(m_folder, database);
        if (!made) return give_up(made.error());
        m_writer = made.take();
    }
    know_columns();
    return {};
}

void CurveRecorder::know_columns()
{
    for (std::size_t c = 0; c < m_writer->columns().size(); ++c) m_columns[m_writer->columns()[c]] = c;
    m_row.resize(m_writer->columns().size());
}

Status CurveRecorder::begin(const std::vector<Sample>& samples)
{
    std::vector<MetricId> columns;
    for (const Sample& s : samples)
        if (s.step == samples.front().step && std::find(columns.begin(), columns.end(), s.metric) == columns.end())
            columns.push_back(s.metric);
    auto writer = CurveWriter::create(m_folder, columns, samples.front().step);
    if (!writer) return give_up(writer.error());
    m_writer = writer.take();
    know_columns();
    return {};
}

Status CurveRecorder::add(const std::vector<Sample>& samples)
{
    if (m_given_up || samples.empty()) return {};
    if (!m_writer)
        if (const Status begun = begin(samples); !begun) return begun;
    for (auto sample = samples.begin(); sample != samples.end();) {
        const std::int64_t step = sample->step;
        bool any = false;
        std::fill(m_row.begin(), m_row.end(), curve::kMissing);
        for (; sample != samples.end() && sample->step == step; ++sample) {
            const auto column = m_columns.find(sample->metric);
            if (column == m_columns.end()) {
                if (const Status done = m_writer->append(*sample); !done) return give_up(done.error());
                continue;
            }
            any = true;
            m_row[column->second] = curve::stored(sample->value);
        }
        if (!any) continue;
        if (const Status done = m_writer->append(step, m_row); !done) return give_up(done.error());
    }
    return {};
}

Status CurveRecorder::commit()
{
    if (!m_writer) return {};
    const Status done = m_writer->commit();
    if (!done && m_writer->waiting_bytes() > kMostWaiting) return give_up(done.error());
    return done;
}

Status CurveRecorder::give_up(const Error& why)
{
    m_given_up = true;
    m_writer.reset();
    std::error_code ignored;
    std::filesystem::remove(curve::layout_path(m_folder), ignored);
    return Error{"the curves in " + m_folder.string() + " are not written any more: " + why.what,
                 "Nothing is lost: they are made from metrics.sqlite when the run is opened or resumed. " + why.hint};
}

} // namespace triptych
