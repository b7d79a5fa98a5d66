// From a recorded run to a feed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/recorded_feed.h"

#include "core/run/curve_cache.h"
#include "core/session/event_text.h"
#include "core/session/run_place.h"
#include "core/session/training_run.h"
#include "ui/bridge/session_bridge.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr std::string_view kHealth = "health."; // as to_text() writes their kinds
constexpr int kWatchInterval = 1000; // ms
constexpr int kMisses = 3;           // looks in vain before it is told
constexpr int kPatience = 10;        // and times that a look was still on its way
constexpr std::int64_t kStepsAgain = 64;

QString now()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss"));
}

QString holderText(const SessionRecord& session)
{
    const QString process = QString::number(session.process);
    const QString host = QString::fromStdString(session.host);
    return host == QSysInfo::machineHostName() ? RecordedFeed::tr("process %1").arg(process)
                                               : RecordedFeed::tr("process %1 on %2").arg(process, host);
}

/// The layer that the words of an alert name, "of layer 3"; -1 where they name none.
std::int64_t layerIn(const std::string& words)
{
    static const QRegularExpression kLayer(QStringLiteral("\\blayer (\\d+)\\b"));
    const auto found = kLayer.match(QString::fromStdString(words));
    return found.hasMatch() ? found.captured(1).toLongLong() : -1;
}

/// What it changes in the feed, and its line.
void showEvent(RunFeed& feed, const StoredEvent& event)
{
    if (event.kind == "setting")
        if (const auto setting = setting_from_text(event.message)) feed.apply(*setting);
    if (event.kind == "sample") feed.apply(event::SampleText{event.step, event.message});
    if (event.kind == "checkpoint") feed.apply(event::CheckpointSaved{event.step, {}});
    if (event.kind.starts_with(kHealth))
        feed.apply(event::Health{event.step, event.kind.substr(kHealth.size()), event.message, layerIn(event.message)});
    feed.appendLog(
        {event.step, localTime(event.time), QString::fromStdString(event.kind), QString::fromStdString(event.message)});
}

void showNotes(RunFeed& feed, const RecordedRun& run)
{
    for (const std::string& note : run.notes)
        feed.appendLog({run.last_step, now(), QStringLiteral("note"), QString::fromStdString(note)});
}

/// Who trains it, or how that ended.
void showState(RunFeed& feed, const RecordedRun& run)
{
    const bool trained = run.session && run.session->state == RunState::Running;
    feed.setTrainedBy(trained ? holderText(*run.session) : QString());
    feed.apply(event::StateChanged{run.state, {}});
    if (run.state == SessionState::Failed && run.session)
        feed.apply(
            event::Failed{{"When it was last trained, this run failed: " + run.session->reason, run.session->hint}});
}

} // namespace

QString localTime(const std::string& utc)
{
    const QString text = QString::fromStdString(utc);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate).toLocalTime();
    if (!time.isValid()) return text;
    const bool today = time.date() == QDate::currentDate();
    return time.toString(today ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

void showRecordedRun(RunFeed& feed, const RecordedRun& run)
{
    feed.apply(run.started);
    SeriesCache cache;
    for (const auto& [metric, points] : run.series) cache.replace(metric, seriesOf(points));
    if (run.first_step > 0) feed.setFirstStep(run.first_step);
    feed.replaceSeries(std::move(cache));
    for (const StoredEvent& event : run.events) showEvent(feed, event);
    if (run.loads) {
        feed.setControl(run.loads->control); // first: panels ask for it when loads come
        feed.setLoads(run.loads);
    }
    if (run.probe) feed.setProbe(run.probe);
    for (const auto& drafts : run.acceptance) feed.setAcceptance(drafts);
    for (const auto& times : run.kernels) feed.setKernels(times);
    if (run.plan) feed.apply(event::MemoryPlanned{run.plan, 0});
    if (run.sample) feed.apply(*run.sample);
    showNotes(feed, run);
    showState(feed, run);
}

struct RecordedFeed::Read {
    QString folder; ///< of the run
    RunPulse pulse;
    Result<RecordedRun> run;
    Result<CurveReader> curves;
};

struct RecordedFeed::Look {
    RunPulse pulse;
    bool there = true;                      ///< run.json is
    std::optional<Result<RecordedRun>> run; ///< nothing: no file has changed, so it was not read
};

RecordedFeed::RecordedFeed(RunFeed& feed, SeriesHub& series, QObject* parent, std::size_t mostSamples)
    : QObject(parent), m_feed(feed), m_series(series), m_mostSamples(mostSamples),
      m_door(std::make_shared<Door<RecordedFeed>>(*this))
{
    m_watchTimer.setInterval(kWatchInterval);
    connect(&m_watchTimer, &QTimer::timeout, this, &RecordedFeed::watch);
    connect(&feed, &RunFeed::runStarted, &m_watchTimer, &QTimer::stop);
    connect(&feed, &RunFeed::stateChanged, this, [this] {
        if (!isTraining()) m_asideTraining = false; // what begins later is not that which was to be ended
    });
}

RecordedFeed::~RecordedFeed()
{
    m_door->close();
}

void RecordedFeed::open(const QString& path)
{
    m_folder = path;
    m_asideTraining = isTraining();
    m_reader.ask(this, [door = m_door, path, most = m_mostSamples] {
        const auto found = find_run(path.toStdString());
        const std::filesystem::path folder = found ? *found : std::filesystem::path();
        const RunPulse pulse = read_pulse(folder);
        auto run = found ? read_recorded_run(folder, {}, {most, RecordedPart::Probe::Later})
                         : Result<RecordedRun>(found.error());
        auto curves = run ? open_curves(folder) : Result<CurveReader>(run.error());
        auto read = std::make_shared<Read>(
            Read{QString::fromStdString(folder.string()), pulse, std::move(run), std::move(curves)});
        door->tell([path, read](RecordedFeed& feed) { feed.take(path, read); });
    });
}

bool RecordedFeed::isTraining() const
{
    return m_feed.isLive() || m_feed.state() == SessionState::Preparing;
}

bool RecordedFeed::isShown(const QString& folder) const
{
    return m_feed.run() && !m_feed.isLive() && m_feed.run()->run_folder == folder.toStdString();
}

void RecordedFeed::take(const QString& path, const std::shared_ptr<Read>& read)
{
    if (path != m_folder) return; // another one was asked for since
    m_folder.clear();
    if (isTraining() && !m_asideTraining) return;
    if (!read->run) {
        const Error& why = read->run.error();
        const bool named = !path.contains(QChar::ReplacementCharacter);
        emit failed(
            QString::fromStdString(named ? why.what : path.toStdString() + ": this name is not UTF-8"),
            QString::fromStdString(named ? why.hint : "Rename the folder, or make a link to it and open that."));
        return;
    }
    const QString folder = read->folder;
    if (isTraining()) {
        emit ready(folder);
        return;
    }
    if (!read->curves) {
        const Error& why = read->curves.error();
        read->run->notes.push_back("Its curves show the newest steps alone: " + why.what + ". " + why.hint);
    }
    showRecordedRun(m_feed, *read->run);
    if (read->curves) m_series.open({}, read->curves.take());
    startWatching(*read->run, read->pulse);
    emit opened();
    m_reader.ask(this, [door = m_door, folder] {
        auto probe = read_recorded_probe(folder.toStdString(), kDefaultProbeText);
        door->tell([folder, probe = std::move(probe)](RecordedFeed& feed) { feed.takeProbe(folder, probe); });
    });
}

void RecordedFeed::startWatching(const RecordedRun& run, const RunPulse& pulse)
{
    m_known = {};
    for (const auto& [metric, points] : run.series)
        if (!points.empty()) m_known.steps[metric] = points.back().step;
    m_known.events = run.events.size();
    m_known.drafts = run.acceptance.empty() ? 0 : run.acceptance.back()->step;
    m_known.kernels = run.kernels.empty() ? 0 : run.kernels.back()->step;
    m_known.lastStep = run.last_step;
    m_known.created = run.created;
    m_known.pulse = pulse;
    if (run.session) {
        m_known.began = run.session->began;
        m_known.state = run.session->state;
    }
    m_looking = false;
    m_watchTimer.start();
}

/// A validation is recorded under a step that is there already, so the last ones are read again.
void RecordedFeed::watch()
{
    if (!m_feed.trainedBy().isEmpty()) m_series.refresh({});
    const QString folder = QString::fromStdString(m_feed.run()->run_folder);
    if (m_looking) {
        if (++m_known.waits == kPatience)
            tellLost({folder.toStdString() + ": its disk does not answer",
                      "Is the machine that it is mounted from reachable? It is waited for; what was read stays."});
        return;
    }
    m_looking = true;
    m_known.waits = 0;
    const bool asked = !m_feed.trainedBy().isEmpty() || !m_known.lost.isEmpty();
    const RecordedPart part{m_mostSamples, RecordedPart::Probe::Later, m_known.lastStep - kStepsAgain};
    m_reader.ask(&m_watchTimer, [door = m_door, folder, part, asked, known = m_known.pulse] {
        const std::filesystem::path path = folder.toStdString();
        auto look = std::make_shared<Look>();
        look->pulse = read_pulse(path);
        std::error_code missing;
        look->there = std::filesystem::exists(path / "run.json", missing);
        if (asked || look->pulse != known) look->run = read_recorded_run(path, {}, part);
        door->tell([folder, look](RecordedFeed& feed) { feed.takeLook(folder, *look); });
    });
}

void RecordedFeed::takeLook(const QString& folder, const Look& look)
{
    m_looking = false;
    if (!m_watchTimer.isActive() || !isShown(folder) || m_feed.state() == SessionState::Preparing) return;
    if (look.run && !*look.run) return miss(look);
    m_known.misses = 0;
    if (const QString said = std::exchange(m_known.lost, {}); !said.isEmpty()) emit found(said);
    if (!look.run) return;
    const RecordedRun& run = **look.run;
    const Growth growth = look.pulse == m_known.pulse ? Growth::None : Growth::Seen;
    m_known.pulse = look.pulse;
    const std::string& began = run.session ? run.session->began : m_known.began;
    if (run.created == m_known.created && began == m_known.began) return takeMore(run, growth);
    m_known.created = run.created;
    m_known.began = began;
    open(folder); // steps beyond its checkpoint are made anew
}

/// What is no run for a moment is one again.
void RecordedFeed::miss(const Look& look)
{
    if (++m_known.misses < kMisses || !m_known.lost.isEmpty()) return;
    tellLost(look.there
                 ? look.run->error()
                 : Error{m_feed.run()->run_folder + " is not there any more",
                         "Was it moved, or is its disk not mounted? What was read stays; it is looked for again."});
}

void RecordedFeed::tellLost(const Error& why)
{
    m_known.lost = QString::fromStdString(why.what);
    m_feed.setTrainedBy({});
    emit lost(m_known.lost, QString::fromStdString(why.hint));
}

void RecordedFeed::takeSamples(const RecordedRun& run)
{
    std::vector<Sample> samples;
    for (const auto& [metric, points] : run.series) {
        if (points.empty()) continue;
        std::int64_t& last = m_known.steps[metric];
        for (const SeriesPoint& point : points)
            if (point.step > last) samples.push_back({metric, point.step, point.value});
        last = std::max(last, points.back().step);
    }
    m_known.lastStep = std::max(m_known.lastStep, run.last_step);
    std::stable_sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.step < b.step; });
    m_feed.append(samples);
}

void RecordedFeed::takeMore(const RecordedRun& run, Growth growth)
{
    takeSamples(run);
    for (std::size_t i = m_known.events; i < run.events.size(); ++i) showEvent(m_feed, run.events[i]);
    m_known.events = std::max(m_known.events, run.events.size());
    if (run.loads && (!m_feed.liveLoads() || m_feed.liveLoads()->step < run.loads->step)) {
        m_feed.setControl(run.loads->control);
        m_feed.setLoads(run.loads);
    }
    for (const auto& drafts : run.acceptance)
        if (drafts->step > m_known.drafts) m_feed.setAcceptance(drafts);
    if (!run.acceptance.empty()) m_known.drafts = run.acceptance.back()->step;
    for (const auto& times : run.kernels)
        if (times->step > m_known.kernels) m_feed.setKernels(times);
    if (!run.kernels.empty()) m_known.kernels = run.kernels.back()->step;
    const bool followed = !m_feed.trainedBy().isEmpty();
    const bool trained = isTrained(run, growth);
    const auto state = run.session ? std::optional(run.session->state) : std::nullopt;
    const bool changed = std::exchange(m_known.state, state) != state;
    if (trained) {
        m_feed.setTrainedBy(holderText(*run.session)); // in the language of now
    } else if (followed || changed) {
        showNotes(m_feed, run); // of a process that was killed
        showState(m_feed, run);
    }
    if (trained && !followed) m_series.refresh({});
}

/// Whether it goes on, as far as this look tells. The lock of a process may be hidden, that of another machine or of
/// the folder that this one is copied from: then its files say so, when they grow after nobody was seen to hold it.
bool RecordedFeed::isTrained(const RecordedRun& run, Growth growth)
{
    if (!run.session) return false;
    const auto now = std::chrono::steady_clock::now();
    if (run.session->state == RunState::Running) m_known.grown.reset();
    if (run.session->state != RunState::Interrupted) return run.session->state == RunState::Running;
    if (m_known.state == RunState::Interrupted && growth == Growth::Seen) m_known.grown = now;
    return m_known.grown && now - *m_known.grown < kRunSilence;
}

void RecordedFeed::takeProbe(const QString& folder, const Result<std::shared_ptr<const ProbeFrame>>& probe)
{
    if (!isShown(folder)) return; // it goes on by itself, or another one is here
    if (probe)
        m_feed.setProbe(*probe);
    else
        m_feed.appendLog({m_feed.series().latestStep(), now(), QStringLiteral("note"),
                          QString::fromStdString(probe.error().what + ". " + probe.error().hint)});
    emit completed();
}

} // namespace triptych
