// Reading a run's database.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "core/run/sqlite_handle.h"
#include "core/util/disk_reach.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace triptych {

struct RunReader::Handle {
    sqlite::Connection connection;
};

namespace {

template <class T>
std::vector<T> values(std::string_view blob)
{
    std::vector<T> result(blob.size() / sizeof(T));
    if (!result.empty()) std::memcpy(result.data(), blob.data(), result.size() * sizeof(T));
    return result;
}

/// Calls row() for each row of the statement.
template <class Row>
Status for_each(sqlite::Statement& statement, const Row& row)
{
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped) return stepped.error();
        if (!*stepped) return {};
        row(statement);
    }
}

/// Of the schema; 0 where the database is none of ours.
Result<int> version_of(const sqlite::Connection& connection)
{
    auto tables = sqlite::Statement::prepare(connection, "SELECT 1 FROM sqlite_master WHERE name = 'meta'");
    if (!tables) return tables.error();
    const auto ours = tables->step();
    if (!ours) return ours.error();
    if (!*ours) return 0;
    auto query = sqlite::Statement::prepare(connection, "SELECT value FROM meta WHERE key = 'schema_version'");
    if (!query) return query.error();
    const auto row = query->step();
    if (!row) return row.error();
    return *row ? std::atoi(query->text(0).c_str()) : 0;
}

/// How the file can be read. A file that rests is read without SQLite's locks and the memory that it shares by a mapped
/// file: these need a folder that may be written, leave files in it, and kill the reader where somebody cuts them
/// short. Error: it is written on another machine, with which no memory is shared. Half of what was written would be
/// seen, and marks of readers that were written there could damage what the other one writes.
Result<sqlite::OpenMode> mode_for(const std::filesystem::path& file)
{
    const std::filesystem::path folder = file.parent_path();
    const auto session = read_session(folder);
    const bool running = session && session->state == RunState::Running;
    const bool apart =
        running && (session->believed || (session->host != host_name() && disk_reach(folder) != DiskReach::Own));
    if (apart)
        return Error{file.string() + " is being written by " + session->holder() +
                         ", and a database cannot be read beside a writer on another machine",
                     kWrittenElsewhereHint};
    if (running) return sqlite::OpenMode::ReadOnly;
    std::error_code missing;
    const auto left = std::filesystem::file_size(file.string() + "-wal", missing);
    if (missing || left == 0) return sqlite::OpenMode::ReadFixed;
    // Of a killed process. Should it be there after all, nothing of its memory is written to.
    const bool shared = std::filesystem::exists(file.string() + "-shm", missing);
    return shared && disk_reach(folder) != DiskReach::Own ? sqlite::OpenMode::ReadApart : sqlite::OpenMode::ReadOnly;
}

} // namespace

RunReader::RunReader(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;
RunReader::~RunReader() = default;

Result<RunReader> RunReader::open(const std::filesystem::path& file)
{
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        return Error{"there is no run database " + file.string(), "Give the folder of a run that triptych train made."};
    const auto mode = mode_for(file);
    if (!mode) return mode.error();
    auto connection = sqlite::Connection::open(file, *mode);
    if (!connection) return connection.error();
    const auto version = version_of(*connection);
    if (!version) return version.error();
    if (*version < 1)
        return Error{file.string() + " is a database, but not that of a run: it has no schema_version",
                     "Give the folder of a run that triptych train made."};
    if (*version > kRunStoreVersion)
        return Error{file.string() + " was written by a newer version of Triptych (schema " + std::to_string(*version) +
                         ", this one knows " + std::to_string(kRunStoreVersion) + ")",
                     kNewerRunHint};
    return RunReader(std::make_unique<Handle>(Handle{connection.take()}));
}

Result<std::vector<MetricId>> RunReader::metrics() const
{
    auto query = sqlite::Statement::prepare(m_handle->connection, "SELECT name FROM metrics ORDER BY id");
    if (!query) return query.error();
    std::vector<MetricId> ids;
    const Status read = for_each(*query, [&](const sqlite::Statement& row) {
        if (const auto id = metric_from_name(row.text(0))) ids.push_back(*id);
    });
    if (!read) return read.error();
    return ids;
}

Result<std::vector<SeriesPoint>> RunReader::series(MetricId metric, std::int64_t after_step,
                                                   std::int64_t until_step) const
{
    auto query = sqlite::Statement::prepare(m_handle->connection,
                                            "SELECT step, value FROM samples WHERE metric = (SELECT id FROM metrics "
                                            "WHERE name = ?) AND step > ? AND step <= ? ORDER BY step");
    if (!query) return query.error();
    query->bind(1, metric_name(metric)).bind(2, after_step).bind(3, until_step);
    std::vector<SeriesPoint> points;
    const Status read = for_each(*query, [&](const sqlite::Statement& row) {
        points.push_back({row.integer(0), row.real(1)});
    });
    if (!read) return read.error();
    return points;
}

Result<std::vector<SeriesPoint>> RunReader::newest(MetricId metric, std::size_t most, std::int64_t after_step) const
{
    auto query = sqlite::Statement::prepare(m_handle->connection,
                                            "SELECT step, value FROM samples WHERE metric = (SELECT id FROM metrics "
                                            "WHERE name = ?) AND step > ? ORDER BY step DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(1, metric_name(metric)).bind(2, after_step);
    query->bind(3, static_cast<std::int64_t>(std::min<std::size_t>(most, INT64_MAX)));
    std::vector<SeriesPoint> points;
    const Status read = for_each(*query, [&](const sqlite::Statement& row) {
        points.push_back({row.integer(0), row.real(1)});
    });
    if (!read) return read.error();
    std::reverse(points.begin(), points.end());
    return points;
}

Result<std::optional<StepRange>> RunReader::steps(MetricId metric) const
{
    // Two queries: only a lone min() or max() is looked up in the index.
    StepRange range;
    bool any = false;
    for (const auto& [sql, into] :
         {std::pair{"SELECT min(step) FROM samples WHERE metric = (SELECT id FROM metrics WHERE name = ?)",
                    &range.first},
          std::pair{"SELECT max(step) FROM samples WHERE metric = (SELECT id FROM metrics WHERE name = ?)",
                    &range.last}}) {
        auto query = sqlite::Statement::prepare(m_handle->connection, sql);
        if (!query) return query.error();
        const auto row = query->bind(1, metric_name(metric)).step();
        if (!row) return row.error();
        any = *row && !query->is_null(0);
        *into = query->integer(0);
    }
    return any ? std::optional(range) : std::nullopt;
}

Result<std::optional<SeriesPoint>> RunReader::last(MetricId metric) const
{
    const auto range = steps(metric);
    if (!range) return range.error();
    std::optional<SeriesPoint> point;
    if (!range->has_value()) return point;
    const auto newest = series(metric, (*range)->last - 1);
    if (!newest) return newest.error();
    if (!newest->empty()) point = newest->back();
    return point;
}

Result<std::vector<StoredEvent>> RunReader::events() const
{
    auto query =
        sqlite::Statement::prepare(m_handle->connection, "SELECT step, time, kind, message FROM events ORDER BY id");
    if (!query) return query.error();
    std::vector<StoredEvent> events;
    const Status read = for_each(*query, [&](const sqlite::Statement& row) {
        events.push_back({row.integer(0), row.text(1), row.text(2), row.text(3)});
    });
    if (!read) return read.error();
    return events;
}

Result<std::vector<StoredLoad>> RunReader::loads(std::int64_t step) const
{
    auto query = sqlite::Statement::prepare(
        m_handle->connection, "SELECT step, layer, counts, bias FROM loads WHERE step = (SELECT max(step) FROM loads "
                              "WHERE step <= ?) ORDER BY layer");
    if (!query) return query.error();
    query->bind(1, step);
    std::vector<StoredLoad> loads;
    const Status read = for_each(*query, [&](const sqlite::Statement& row) {
        const auto counts = values<std::int32_t>(row.blob(2));
        loads.push_back({row.integer(0), row.integer(1), {counts.begin(), counts.end()}, values<float>(row.blob(3))});
    });
    if (!read) return read.error();
    return loads;
}

} // namespace triptych
