// An opened run on two threads: what the window knows of it, and what reads it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/door.h"
#include "ui/bridge/file_series.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace triptych {

namespace {

/// Of a metric that is no column; there are a few dozen of them at most, and none has a point at every step.
constexpr std::size_t kMostSparse = 65'536;

std::uint64_t nextRun()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

/// What jobs hold on to. The curves are the reader thread's; the window may go while a job is done.
struct FileRun::Shared {
    Shared(CurveReader opened, FileRun& window) : curves(std::move(opened)), door(window) { look(); }

    /// After a refresh of the curves.
    void look()
    {
        if (std::exchange(generation, curves.generation()) != curves.generation()) shape.run = nextRun();
        shape.firstStep = curves.first_step();
        shape.rows = curves.last_step() - curves.first_step() + 1;
    }

    /// True for the first since readSparse().
    bool wantSparse(MetricId metric, std::int64_t after)
    {
        const std::lock_guard lock(mutex);
        wanted[metric] = after;
        return wanted.size() == 1;
    }

    /// All that were asked for meanwhile, by reading their file once.
    std::map<MetricId, std::vector<SeriesPoint>> readSparse()
    {
        std::map<MetricId, std::int64_t> asked;
        {
            const std::lock_guard lock(mutex);
            asked.swap(wanted);
        }
        auto points = curves.sparse(asked);
        if (points) return points.take();
        std::map<MetricId, std::vector<SeriesPoint>> none;
        for (const auto& [metric, after] : asked) none[metric];
        return none;
    }

    CurveReader curves;
    Door<FileRun> door;
    CurveShape shape;
    std::uint64_t generation = 0;
    std::mutex mutex;
    std::map<MetricId, std::int64_t> wanted; ///< sparse metrics, each after its step
};

FileRun::FileRun(CurveReader curves, std::shared_ptr<SeriesReader> reader, QObject* parent)
    : QObject(parent), m_shared(std::make_shared<Shared>(std::move(curves), *this)), m_reader(std::move(reader))
{
    m_shape = m_shared->shape;
    m_columns.assign(m_shared->curves.columns().begin(), m_shared->curves.columns().end());
    m_sparseMetrics = m_shared->curves.sparse_metrics();
    m_bytesRead = m_shared->curves.bytes_read();
}

FileRun::~FileRun()
{
    m_shared->door.close();
    m_reader->blocks().drop(m_shape.run);
}

std::map<MetricId, std::unique_ptr<SeriesSource>> FileRun::sources()
{
    std::map<MetricId, std::unique_ptr<SeriesSource>> all;
    for (std::size_t c = 0; c < m_columns.size(); ++c) all[m_columns[c]] = std::make_unique<FileSeries>(*this, c);
    for (const MetricId metric : m_sparseMetrics) all[metric] = std::make_unique<SparseFileSeries>(*this, metric);
    return all;
}

FilePoints FileRun::cached(std::size_t column, double weight) const
{
    return {m_reader->blocks(), m_shape, column, weight};
}

void FileRun::load(const void* key, std::size_t column, double weight, std::function<void(const FilePoints&)> job)
{
    m_reader->ask(key, [shared = m_shared, blocks = m_reader->sharedBlocks(), column, weight, job = std::move(job)] {
        job(FilePoints(*blocks, shared->shape, column, weight, &shared->curves));
        shared->door.tell([bytes = shared->curves.bytes_read()](FileRun& run) {
            run.m_bytesRead = bytes;
            emit run.loaded();
        });
    });
}

void FileRun::refresh()
{
    m_reader->ask(m_shared.get(), [shared = m_shared] {
        const auto changed = shared->curves.refresh();
        if (!changed || !*changed) return; // what cannot be read now is looked at again with the next call
        shared->look();
        const auto columns = shared->curves.columns();
        shared->door.tell(
            [shape = shared->shape, names = std::vector<MetricId>(columns.begin(), columns.end()),
             sparse = shared->curves.sparse_metrics()](FileRun& run) { run.takeShape(shape, names, sparse); });
    });
}

void FileRun::takeShape(const CurveShape& shape, std::vector<MetricId> columns, std::vector<MetricId> sparse)
{
    const bool another = shape.run != m_shape.run;
    const bool metrics = columns != m_columns || sparse != m_sparseMetrics;
    if (another) {
        m_reader->blocks().drop(m_shape.run);
        m_sparse.clear();
        m_asked.clear();
        m_read.clear();
    }
    m_shape = shape;
    m_columns = std::move(columns);
    m_sparseMetrics = std::move(sparse);
    if (another || metrics) emit replaced();
    emit grown();
}

const IndexedSeries& FileRun::sparse(MetricId metric)
{
    IndexedSeries& known = m_sparse[metric];
    const auto read = m_read.find(metric);
    const bool enough = read != m_read.end() && read->second == m_shape.rows;
    if (enough || m_asked.count(metric) > 0) return known;
    known.bound(kMostSparse);
    m_asked[metric] = m_shape.rows;
    const std::int64_t after = known.empty() ? 0 : known.series().steps.back();
    if (!m_shared->wantSparse(metric, after)) return known;
    m_reader->ask(nullptr, [shared = m_shared] {
        auto points = shared->readSparse();
        shared->door.tell([run = shared->shape.run, bytes = shared->curves.bytes_read(),
                           points = std::move(points)](FileRun& window) {
            window.m_bytesRead = bytes;
            for (const auto& [of, found] : points) window.takeSparse(run, of, found);
            emit window.loaded();
        });
    });
    return known;
}

void FileRun::takeSparse(std::uint64_t run, MetricId metric, const std::vector<SeriesPoint>& points)
{
    const auto asked = m_asked.find(metric);
    if (run != m_shape.run || asked == m_asked.end()) return;
    m_read[metric] = asked->second;
    m_asked.erase(asked);
    for (const SeriesPoint& point : points) m_sparse[metric].append(point.step, point.value);
}

} // namespace triptych
