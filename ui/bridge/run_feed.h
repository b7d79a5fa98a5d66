// Everything the window shows of one run, live or recorded. Values only; panels read it and listen to its signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"
#include "core/session/frame.h"
#include "ui/bridge/series_cache.h"

#include <QObject>
#include <QString>

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

class RunFeed : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Null before the first run.
    const event::RunStarted* run() const { return m_run ? &*m_run : nullptr; }
    SessionState state() const { return m_state; }
    bool isTraining() const { return m_state == SessionState::Running; }
    /// Whether commands reach a trainer.
    bool isLive() const { return m_state == SessionState::Running || m_state == SessionState::Paused; }

    const SeriesCache& series() const { return m_series; }
    std::shared_ptr<const LoadFrame> loads() const { return m_loads; }
    std::shared_ptr<const ProbeFrame> probe() const { return m_probe; }
    const std::vector<LogEntry>& log() const { return m_log; }
    const std::vector<SettingMark>& marks() const { return m_marks; }
    /// What the model wrote last by itself.
    const std::optional<event::SampleText>& sample() const { return m_sample; }
    /// The value in force of a training setting; nothing when the run did not tell.
    std::optional<double> setting(const std::string& key) const;

    // Filled by the session bridge, or at once from a recorded run.
    void append(const std::vector<Sample>& samples);
    /// The truth about all series, where samples were lost on the way.
    void replaceSeries(SeriesCache series);
    void setLoads(std::shared_ptr<const LoadFrame> frame);
    void setProbe(std::shared_ptr<const ProbeFrame> frame);
    /// What happened now: applied, told, and a line of the log.
    void take(const Event& event);
    /// Applied and told without a line of the log; of recorded runs, whose lines have times of their own.
    void apply(const Event& event);
    void appendLog(LogEntry entry);

signals:
    /// Another run: everything known before is gone.
    void runStarted();
    void stateChanged();
    void seriesChanged();
    void loadsChanged();
    void probeChanged();
    void logged();
    void sampleChanged();
    void settingChanged(const QString& key, double value);
    /// A command that could not be obeyed, or the end of the run by a failure.
    void failed(const QString& what, const QString& hint);

private:
    void startRun(const event::RunStarted& started);

    std::optional<event::RunStarted> m_run;
    SessionState m_state = SessionState::Idle;
    SeriesCache m_series;
    std::shared_ptr<const LoadFrame> m_loads;
    std::shared_ptr<const ProbeFrame> m_probe;
    std::vector<LogEntry> m_log;
    std::vector<SettingMark> m_marks;
    std::optional<event::SampleText> m_sample;
    std::map<std::string, double> m_settings;
};

} // namespace triptych
