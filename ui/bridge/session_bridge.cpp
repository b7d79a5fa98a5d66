// Fetching from a session, and mending gaps from the run's database.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/session_bridge.h"

#include "core/run/run_store.h"
#include "core/session/time_keeper.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

/// A database of a long run takes a while to read, so gaps are mended no more often than this.
constexpr int kRereadInterval = 2000; // ms
constexpr int kCostInterval = 1000;   // ms between two figures of what the window costs

/// The store is written in batches: what came to the screen since then is added to it.
SeriesCache withNewest(SeriesCache stored, const SeriesCache& shown)
{
    for (const MetricId metric : shown.metrics()) {
        const Series& series = shown.series(metric);
        const std::int64_t last = stored.series(metric).steps.empty() ? -1 : stored.series(metric).steps.back();
        for (std::size_t i = 0; i < series.size(); ++i)
            if (series.steps[i] > last) stored.append({metric, series.steps[i], series.values[i]});
    }
    return stored;
}

} // namespace

SessionBridge::SessionBridge(RunFeed& feed, QObject* parent)
    : QObject(parent), m_feed(feed), m_door(std::make_shared<Door<SessionBridge>>(*this))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SessionBridge::look);
    connect(&m_pace, &Pace::touched, this, [this] {
        attend();
        m_timer.start(Pace::kQuick);
    });
    m_timer.start(Pace::kQuick);
    m_sinceReread.start();
}

SessionBridge::~SessionBridge()
{
    m_door->close();
}

void SessionBridge::post(Command command)
{
    const bool asks = !std::holds_alternative<command::Attend>(command);
    m_session.post(std::move(command));
    if (asks) m_pace.touch();
}

void SessionBridge::look()
{
    poll();
    attend();
    tellCost();
    // What does not fit between two looks would be read again from the store, all of it.
    const int fills = Pace::untilFull(m_samples.size(), m_timer.interval(), m_session.metrics().capacity() / 2);
    m_timer.start(std::min(m_pace.next(), fills));
}

void SessionBridge::attend()
{
    const bool touched = m_pace.isTouched();
    if (std::exchange(m_attended, touched) != touched) post(command::Attend{touched});
}

void SessionBridge::tellCost()
{
    if (!m_feed.isTraining()) {
        m_meter.restart();
        return m_feed.setWindowCost(std::nullopt);
    }
    m_meter.look(TimeKeeper::steady_now(), threadCpuSeconds(), m_session.watched_seconds());
    if (m_sinceCost.isValid() && m_sinceCost.elapsed() < kCostInterval) return;
    m_sinceCost.start();
    m_feed.setWindowCost(m_meter.cost());
}

void SessionBridge::start(const RunRequest& request)
{
    m_request = request;
    post(command::Start{request});
}

void SessionBridge::poll()
{
    // Events before samples: a run that starts clears the series that its samples then fill.
    for (const Event& event : m_session.take_events()) {
        if (const auto* started = std::get_if<event::RunStarted>(&event)) {
            fetchSamples(started->samples_before); // those of the run before
            m_stale = started->first_step > 0;     // its past is in the store
        }
        m_feed.take(event);
    }
    fetchSamples();
    if (auto loads = m_session.loads().get_newer(m_loadsSeen)) m_feed.setLoads(std::move(loads));
    if (auto probe = m_session.probe().get_newer(m_probeSeen)) m_feed.setProbe(std::move(probe));
    if (auto drafts = m_session.acceptance().get_newer(m_acceptanceSeen)) m_feed.setAcceptance(std::move(drafts));
    if (auto kernels = m_session.kernels().get_newer(m_kernelsSeen)) m_feed.setKernels(std::move(kernels));
}

void SessionBridge::fetchSamples(std::uint64_t until)
{
    m_samples.clear();
    m_session.metrics().drain(m_samples, until);
    m_feed.append(m_samples);
    if (const std::uint64_t dropped = m_session.metrics().dropped(); dropped != m_dropped) {
        m_dropped = dropped;
        m_feed.setDroppedSamples(dropped);
        m_stale = true;
    }
    if (m_stale && m_sinceReread.elapsed() > kRereadInterval) rereadStore();
}

void SessionBridge::rereadStore()
{
    if (m_rereading) return;
    m_sinceReread.restart();
    m_stale = false;
    if (!m_feed.run() || m_feed.run()->run_folder.empty()) return;
    m_rereading = true;
    m_reader.ask(nullptr, [door = m_door, folder = m_feed.run()->run_folder] {
        auto stored = readSeries(std::filesystem::path(folder) / "metrics.sqlite");
        auto read = std::make_shared<SeriesCache>(stored ? stored.take() : SeriesCache());
        door->tell([folder, read](SessionBridge& bridge) { bridge.takeStored(folder, std::move(*read)); });
    });
}

void SessionBridge::takeStored(const std::string& folder, SeriesCache stored)
{
    m_rereading = false;
    const bool same = m_feed.run() && m_feed.run()->run_folder == folder;
    if (same && !stored.metrics().empty()) m_feed.replaceSeries(withNewest(std::move(stored), m_feed.series()));
}

Series seriesOf(const std::vector<SeriesPoint>& points)
{
    Series series;
    series.steps.reserve(points.size());
    series.values.reserve(points.size());
    for (const SeriesPoint& point : points) {
        series.steps.push_back(point.step);
        series.values.push_back(point.value);
    }
    return series;
}

Result<SeriesCache> readSeries(const std::filesystem::path& database)
{
    const auto reader = RunReader::open(database);
    if (!reader) return reader.error();
    const auto metrics = reader->metrics();
    if (!metrics) return metrics.error();
    SeriesCache cache;
    for (const MetricId metric : *metrics) {
        const auto points = reader->series(metric);
        if (!points) return points.error();
        cache.replace(metric, seriesOf(*points));
    }
    return cache;
}

} // namespace triptych
