// Writing a run's database on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_store.h"

#include "core/run/curve_recorder.h"
#include "core/run/event_file.h"
#include "core/run/sqlite_handle.h"
#include "core/util/trouble_list.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>
#include <variant>

namespace triptych {

namespace {

using Record = std::variant<std::vector<Sample>, StoredLoad, StoredEvent>;

/// Between two transactions; a killed process loses at most this much.
constexpr auto kCommitInterval = std::chrono::milliseconds(250);
/// Records that may wait before record() does; minutes of training at any speed seen.
constexpr std::size_t kMaxWaiting = 100'000;
/// While the disk is full the pauses between two attempts grow to this, and so many records are kept for later.
constexpr auto kLongestPause = std::chrono::milliseconds(4000);
constexpr std::size_t kMaxUnwritten = 20'000;

/// Whether the same may succeed later: a full or failing disk, a file that another program has locked.
bool may_pass(int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY: return true;
    default: return false;
    }
}

constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO meta VALUES ('schema_version', '1');
CREATE TABLE IF NOT EXISTS metrics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS samples (metric INTEGER NOT NULL, step INTEGER NOT NULL, value REAL,
                                    PRIMARY KEY (metric, step)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS loads (step INTEGER NOT NULL, layer INTEGER NOT NULL, counts BLOB NOT NULL, bias BLOB,
                                  PRIMARY KEY (step, layer)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, time TEXT NOT NULL,
                                   kind TEXT NOT NULL, message TEXT NOT NULL);
)";

} // namespace

class RunStore::Writer {
public:
    /// troubles: what could not be opened beside the database.
    Writer(sqlite::Connection connection, CurveRecorder curves, std::optional<EventFileWriter> events,
           TroubleList<3> troubles)
        : m_connection(std::move(connection)), m_curves(std::move(curves)), m_events(std::move(events)),
          m_troubles(std::move(troubles)), m_thread([this](const std::stop_token& stop) { loop(stop); })
    {}
    ~Writer() { stop(); }

    void stop()
    {
        if (!m_thread.joinable()) return;
        m_thread.request_stop();
        m_wake.notify_all();
        m_thread.join();
    }

    void push(Record record)
    {
        std::unique_lock lock(m_mutex);
        m_drained.wait(lock, [this] { return m_waiting.size() < kMaxWaiting; });
        m_waiting.push_back(std::move(record));
    }

    void flush()
    {
        std::unique_lock lock(m_mutex);
        m_flush = true;
        m_wake.notify_all();
        m_drained.wait(lock, [this] { return m_waiting.empty() && !m_busy; });
    }

    std::vector<std::string> take_troubles()
    {
        const std::lock_guard lock(m_mutex);
        return m_troubles.take();
    }

    std::string lost()
    {
        const std::lock_guard lock(m_mutex);
        return m_lost;
    }

private:
    void loop(const std::stop_token& stop)
    {
        auto pause = kCommitInterval;
        bool last = false;
        while (!last) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait_for(lock, stop, pause, [this] { return m_flush; });
                last = stop.stop_requested();
                m_flush = false;
                m_unwritten.insert(m_unwritten.end(), std::move_iterator(m_waiting.begin()),
                                   std::move_iterator(m_waiting.end()));
                m_waiting.clear();
                m_busy = true;
            }
            write_out(last ? Attempt::Last : Attempt::More);
            pause = m_unwritten.empty() ? kCommitInterval : std::min(2 * pause, kLongestPause);
            m_drained.notify_all();
        }
    }

    enum class Attempt : std::uint8_t { More = 1, Last };

    /// What cannot be written now and may be later stays.
    void write_out(Attempt attempt)
    {
        const bool anything = !m_unwritten.empty();
        std::array<Status, 3> written;
        std::string lost;
        if (anything) {
            int code = SQLITE_OK;
            written[0] = write(m_unwritten, code);
            if (written[0])
                write_beside(m_unwritten, written[1], written[2]);
            else if (attempt == Attempt::Last || !may_pass(code) || m_unwritten.size() > kMaxUnwritten)
                lost = in_words(written[0].error());
            if (written[0] || !lost.empty()) m_unwritten.clear();
        }
        const std::lock_guard lock(m_mutex);
        m_busy = false;
        if (m_lost.empty()) m_lost = std::move(lost);
        for (std::size_t i = 0; i < written.size() && anything; ++i) m_troubles.note(written[i], i);
    }

    /// What the database has.
    void write_beside(const std::deque<Record>& batch, Status& curves, Status& events)
    {
        for (const Record& record : batch) {
            if (const auto* samples = std::get_if<std::vector<Sample>>(&record); samples && curves)
                curves = m_curves.add(*samples);
            if (const auto* event = std::get_if<StoredEvent>(&record); event && m_events) m_events->append(*event);
        }
        if (curves) curves = m_curves.commit();
        if (m_events) events = m_events->commit();
    }

    /// The whole batch or nothing of it. code: SQLite's of the error.
    Status write(const std::deque<Record>& batch, int& code)
    {
        Status written = m_connection.execute("BEGIN");
        for (auto record = batch.begin(); written && record != batch.end(); ++record)
            written = std::visit([this](const auto& r) { return insert(r); }, *record);
        if (written) written = m_connection.execute("COMMIT");
        if (written) return {};
        code = sqlite3_errcode(m_connection.raw());
        (void)m_connection.execute("ROLLBACK"); // it may have rolled back by itself
        m_metrics.clear();                      // those this batch added are gone with it
        return written;
    }

    Result<sqlite::Statement*> statement(const char* sql)
    {
        if (const auto found = m_statements.find(sql); found != m_statements.end()) return &found->second;
        auto prepared = sqlite::Statement::prepare(m_connection, sql);
        if (!prepared) return prepared.error();
        return &m_statements.emplace(sql, prepared.take()).first->second;
    }

    Result<std::int64_t> metric_row(MetricId id)
    {
        if (const auto known = m_metrics.find(id); known != m_metrics.end()) return known->second;
        const std::string name = metric_name(id);
        auto add = statement("INSERT OR IGNORE INTO metrics (name, unit) VALUES (?, ?)");
        if (!add) return add.error();
        if (const Status ok = (*add)->bind(1, name).bind(2, metric_info(id.metric).unit).run(); !ok) return ok.error();
        auto query = sqlite::Statement::prepare(m_connection, "SELECT id FROM metrics WHERE name = ?");
        if (!query) return query.error();
        const auto row = query->bind(1, name).step();
        if (!row) return row.error();
        return m_metrics[id] = query->integer(0);
    }

    Status insert(const std::vector<Sample>& samples)
    {
        const auto add = statement("INSERT OR REPLACE INTO samples VALUES (?, ?, ?)");
        if (!add) return add.error();
        for (const Sample& s : samples) {
            const auto row = metric_row(s.metric);
            if (!row) return row.error();
            if (const Status ok = (*add)->bind(1, *row).bind(2, s.step).bind(3, s.value).run(); !ok) return ok;
        }
        return {};
    }

    Status insert(const StoredLoad& load)
    {
        const std::vector<std::int32_t> counts(load.counts.begin(), load.counts.end());
        const auto add = statement("INSERT OR REPLACE INTO loads VALUES (?, ?, ?, ?)");
        if (!add) return add.error();
        return (*add)
            ->bind(1, load.step)
            .bind(2, load.layer)
            .bind_blob(3, counts.data(), counts.size() * sizeof(std::int32_t))
            .bind_blob(4, load.bias.data(), load.bias.size() * sizeof(float))
            .run();
    }

    Status insert(const StoredEvent& e)
    {
        const auto add = statement("INSERT INTO events (step, time, kind, message) VALUES (?, ?, ?, ?)");
        if (!add) return add.error();
        return (*add)->bind(1, e.step).bind(2, e.time).bind(3, e.kind).bind(4, e.message).run();
    }

    sqlite::Connection m_connection;
    std::map<const char*, sqlite::Statement> m_statements; // keys are literals of this file
    std::map<MetricId, std::int64_t> m_metrics;
    CurveRecorder m_curves;
    std::optional<EventFileWriter> m_events; // nothing where it could not be written at the beginning
    std::deque<Record> m_unwritten;          // of the thread

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::condition_variable_any m_drained;
    std::deque<Record> m_waiting;
    TroubleList<3> m_troubles; // of the database, the curves and the events
    std::string m_lost;        // why the first record that the database lacks could not be written
    bool m_flush = false;
    bool m_busy = false;

    std::jthread m_thread; // last: starts when everything else is there
};

Result<std::unique_ptr<RunStore>> RunStore::open(const std::filesystem::path& file, std::int64_t last_step)
{
    // A newer file must not be changed before its version is known.
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        if (const auto readable = RunReader::open(file); !readable) return readable.error();
    auto connection = sqlite::Connection::open(file, sqlite::OpenMode::ReadWrite);
    if (!connection) return connection.error();
    for (const char* sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", kSchema})
        if (const Status ok = connection->execute(sql); !ok) return ok.error();
    for (const char* sql : {"DELETE FROM samples WHERE step > ?", "DELETE FROM loads WHERE step > ?",
                            "DELETE FROM events WHERE step > ?"}) {
        auto remove = sqlite::Statement::prepare(*connection, sql);
        if (!remove) return remove.error();
        if (const Status ok = remove->bind(1, last_step).run(); !ok) return ok.error();
    }
    const auto stored = RunReader::open(file);
    if (!stored) return stored.error();
    TroubleList<3> troubles;
    CurveRecorder curves(file.parent_path() / "curves");
    if (const Status resumed = curves.resume(*stored, last_step); !resumed) troubles.add(in_words(resumed.error()));
    const auto past = stored->events();
    auto events = past ? EventFileWriter::create(file.parent_path() / "events.jsonl", *past)
                       : Result<EventFileWriter>(past.error());
    if (!events) troubles.add(in_words(events.error()));
    return std::unique_ptr<RunStore>(new RunStore(
        std::make_unique<Writer>(connection.take(), std::move(curves),
                                 events ? std::optional(events.take()) : std::nullopt, std::move(troubles))));
}

RunStore::RunStore(std::unique_ptr<Writer> writer) : m_writer(std::move(writer)) {}
RunStore::~RunStore() = default;

void RunStore::record(std::vector<Sample> samples)
{
    m_writer->push(std::move(samples));
}

void RunStore::record(StoredLoad load)
{
    m_writer->push(std::move(load));
}

void RunStore::record(StoredEvent event)
{
    m_writer->push(std::move(event));
}

void RunStore::flush()
{
    m_writer->flush();
}

std::vector<std::string> RunStore::take_troubles()
{
    return m_writer->take_troubles();
}

std::string RunStore::close()
{
    m_writer->stop();
    return m_writer->lost();
}

} // namespace triptych
