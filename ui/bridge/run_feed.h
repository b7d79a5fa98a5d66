// Everything the window shows of one run, live or recorded. Values only; panels read it and listen to its signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"
#include "core/session/frame.h"
#include "ui/bridge/frame_trail.h"
#include "ui/bridge/series_cache.h"
#include "ui/bridge/window_cost.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// One line of the run log.
struct LogEntry {
    std::int64_t step = 0;
    QString time; ///< local, "14:03:27"
    QString kind; ///< as in EventText::kind: "validation", "health.nan", "sample"
    QString text;
};

/// A setting changed while the run trained; drawn as a mark over the curves.
struct SettingMark {
    std::int64_t step = 0;
    QString key;
    double value = 0;
};

/// Something to look at, as the health of the run told it.
struct RunAlert {
    std::int64_t step = 0;
    QString kind; ///< of event::Health
    QString text;
    std::int64_t layer = -1; ///< as in tensor names; -1 where it is of no single layer
    bool seen = false;
};

/// Numbers and frames are those of the moment shown: the newest, or those of a step that is held. Panels need not know
/// which. Curves go on to the newest step in either case.
class RunFeed : public QObject {
    Q_OBJECT

public:
    explicit RunFeed(QObject* parent = nullptr);

    /// Null before the first run.
    const event::RunStarted* run() const { return m_run ? &*m_run : nullptr; }
    SessionState state() const { return m_state; }
    bool isTraining() const { return m_state == SessionState::Running; }
    /// Whether commands reach a trainer.
    bool isLive() const { return m_state == SessionState::Running || m_state == SessionState::Paused; }
    /// Of a run that is read from its folder while another process trains it: which one, "process 4711 on node7". No
    /// command reaches it; state() is Idle. Empty: nobody does.
    const QString& trainedBy() const { return m_trainedBy; }
    /// Whether what is shown goes on to grow, by this process or by another.
    bool isGrowing() const { return isLive() || !m_trainedBy.isEmpty(); }

    /// As much of them as memory has: of a long run that was opened the newest steps, of one that goes on for long the
    /// older ones thinned. SeriesHub has all.
    const SeriesCache& series() const { return m_series; }
    /// Of the run, whether or not memory has that far back.
    std::int64_t firstStep() const { return m_firstStep.value_or(m_series.firstStep()); }
    std::shared_ptr<const LoadFrame> loads() const { return m_held ? m_held->loads : m_loads; }
    std::shared_ptr<const ProbeFrame> probe() const { return m_held ? m_held->probe : m_probe; }
    /// The newest, whatever is held.
    std::shared_ptr<const LoadFrame> liveLoads() const { return m_loads; }
    std::shared_ptr<const ProbeFrame> liveProbe() const { return m_probe; }
    /// Of the last validation and the last observation at or before the moment shown; null before the first. A run that
    /// is read from its folder has those that it kept.
    std::shared_ptr<const AcceptanceFrame> acceptance() const { return m_acceptance.at(m_held ? m_held->step : kNow); }
    std::shared_ptr<const KernelFrame> kernels() const { return m_kernels.at(m_held ? m_held->step : kNow); }
    /// What the memory of the run is planned for; nothing where the run did not tell.
    const std::optional<event::MemoryPlanned>& plan() const { return m_plan; }

    /// The step that value() and calm() are of. While a run goes on it moves a few times a second, so that digits can
    /// be read and all places that show a quantity show the same number.
    std::int64_t shownStep() const { return m_held ? m_held->step : m_calmStep; }
    bool isHeld() const { return m_held.has_value(); }
    /// Of that step alone; not-a-number where there is none.
    double value(MetricId metric) const { return numbers(metric).at(metric, shownStep()); }
    /// A setting in the step that is shown, where the run records it as a metric; else as it is now. NaN: not known.
    double settingShown(const std::string& key, MetricId metric) const;
    /// What bar, wings and legends show: the mean of the last 20 steps (see SeriesCache::calm()).
    double calm(MetricId metric) const { return numbers(metric).calm(metric, shownStep(), kCalmSteps); }
    static constexpr std::int64_t kCalmSteps = 20;

    const std::vector<LogEntry>& log() const { return m_log; }
    /// Lines in front of log() that memory has no more; events.jsonl of their runs has them.
    std::uint64_t forgottenLines() const { return m_forgottenLines; }
    const std::vector<SettingMark>& marks() const { return m_marks; }
    /// Lines of the log that tell what hands did to the election of experts, of this run; a resumed one keeps them.
    const std::vector<LogEntry>& routingMarks() const { return m_routingMarks; }
    const std::vector<RunAlert>& alerts() const { return m_alerts; }
    /// Steps with a checkpoint, in the order in which they were told.
    const std::vector<std::int64_t>& checkpoints() const { return m_checkpoints; }
    /// Samples that did not reach the screen, see SessionBridge::droppedSamples().
    std::uint64_t droppedSamples() const { return m_dropped; }
    void markAlertsSeen();
    /// Of the training that goes on in this process; nothing where none does, or none long enough.
    const std::optional<WindowCost>& windowCost() const { return m_windowCost; }
    /// value() and calm() are of the newest step now rather than soon, where none is held.
    void showNewestNumbers();
    /// What the model wrote last by itself, at or before the moment shown; null before the first.
    std::shared_ptr<const event::SampleText> sample() const { return m_samples.at(m_held ? m_held->step : kNow); }
    /// The value in force of a training setting; nothing when the run did not tell.
    std::optional<double> setting(const std::string& key) const;
    /// What hands did to the election of experts, in force at the moment shown.
    const RoutingControl& control() const { return m_held && m_held->loads ? m_held->loads->control : m_control; }

    // Filled by the session bridge, or at once from a recorded run.
    void append(const std::vector<Sample>& samples);
    /// The truth about all series, where samples were lost on the way.
    void replaceSeries(SeriesCache series);
    void setLoads(std::shared_ptr<const LoadFrame> frame);
    void setProbe(std::shared_ptr<const ProbeFrame> frame);
    void setAcceptance(std::shared_ptr<const AcceptanceFrame> frame);
    void setKernels(std::shared_ptr<const KernelFrame> frame);
    void setDroppedSamples(std::uint64_t dropped);
    void setTrainedBy(const QString& holder);
    void setWindowCost(const std::optional<WindowCost>& cost);
    /// What happened now: applied, told, and a line of the log.
    void take(const Event& event);
    /// Of a run that is read from its folder, whose events tell in words alone what hands did: as its newest frame has
    /// it.
    void setControl(const RoutingControl& control);
    /// Applied and told without a line of the log; of recorded runs, whose lines have times of their own.
    void apply(const Event& event);
    void appendLog(LogEntry entry);

    /// Of a run that is read from its folder, in front of its series where memory has the newest alone.
    void setFirstStep(std::int64_t step) { m_firstStep = step; }
    /// Shows a step that was instead of what comes; frames may be null where none was kept. Numbers: the samples of the
    /// last kCalmSteps steps up to this one; metrics that it lacks, or all where it is null, are looked up in series().
    /// Called by who reads the history, alone.
    void hold(std::int64_t step, std::shared_ptr<const LoadFrame> loads, std::shared_ptr<const ProbeFrame> probe,
              std::shared_ptr<const SeriesCache> numbers = nullptr);
    /// Back to the newest.
    void release();

signals:
    /// Another run: everything known before is gone.
    void runStarted();
    /// state() or trainedBy().
    void stateChanged();
    void seriesChanged();
    /// value() and calm() have changed.
    void numbersChanged();
    void alertsChanged();
    void loadsChanged();
    void probeChanged();
    /// A newer frame has come, whatever is held; liveLoads() and liveProbe() have it.
    void loadsArrived();
    void probeArrived();
    void acceptanceChanged();
    void kernelsChanged();
    /// Told after runStarted(): a run that starts takes the plan of the one before with it.
    void planChanged();
    void checkpointsChanged();
    void droppedSamplesChanged();
    void windowCostChanged();
    void logged();
    void sampleChanged();
    void settingChanged(const QString& key, double value);
    /// control() is another, or was confirmed.
    void routingChanged();
    /// The answer to a command that was sent with a ticket: what was done, or what stood against it and what to do.
    void answered(quint64 ticket, bool obeyed, const QString& what, const QString& hint);
    /// A command that could not be obeyed, or the end of the run by a failure.
    void failed(const QString& what, const QString& hint);

private:
    struct Held {
        std::int64_t step = 0;
        std::shared_ptr<const LoadFrame> loads;
        std::shared_ptr<const ProbeFrame> probe;
        std::shared_ptr<const SeriesCache> numbers;
    };

    static constexpr std::int64_t kNow = std::numeric_limits<std::int64_t>::max();

    /// What is all in memory, as it is at the moment shown.
    struct Remembered {
        std::shared_ptr<const AcceptanceFrame> acceptance;
        std::shared_ptr<const KernelFrame> kernels;
        std::shared_ptr<const event::SampleText> sample;
    };

    const SeriesCache& numbers(MetricId metric) const
    {
        return m_held && m_held->numbers && m_held->numbers->has(metric) ? *m_held->numbers : m_series;
    }
    void startRun(const event::RunStarted& started);
    void forget(const event::RunStarted& started);
    Remembered remembered() const { return {acceptance(), kernels(), sample()}; }
    void tellChanges(const Remembered& before);
    void numbersSoon();

    std::optional<event::RunStarted> m_run;
    SessionState m_state = SessionState::Idle;
    SeriesCache m_series;
    std::optional<std::int64_t> m_firstStep; ///< where it is before that of m_series
    std::shared_ptr<const LoadFrame> m_loads;
    std::shared_ptr<const ProbeFrame> m_probe;
    FrameTrail<AcceptanceFrame> m_acceptance;
    FrameTrail<KernelFrame> m_kernels;
    std::optional<event::MemoryPlanned> m_plan;
    std::vector<LogEntry> m_log;
    std::uint64_t m_forgottenLines = 0;
    std::vector<SettingMark> m_marks;
    std::vector<LogEntry> m_routingMarks;
    std::vector<RunAlert> m_alerts;
    std::vector<std::int64_t> m_checkpoints;
    std::uint64_t m_dropped = 0;
    FrameTrail<event::SampleText> m_samples;
    std::optional<Held> m_held;
    std::int64_t m_calmStep = 0;
    QTimer m_numbersTimer;
    QElapsedTimer m_sinceNumbers;
    QString m_trainedBy;
    std::optional<WindowCost> m_windowCost;
    std::map<std::string, double> m_settings;
    RoutingControl m_control; ///< as the run told last
};

} // namespace triptych
