// Fills a feed from a run's folder, so that every panel shows a run that was as it shows one that is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
#include "core/run/run_pulse.h"
#include "core/session/recorded_run.h"
#endif
#include "ui/bridge/door.h"
#include "ui/bridge/reader_thread.h"
#include "ui/bridge/run_feed.h"
#include "ui/bridge/series_hub.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace triptych {

/// The feed tells of it as of a run that starts and is at its end at once: state Finished, or Idle where steps are left
/// to go. Log lines have the times of the run, local, with the date where that is not today; notes come last.
void showRecordedRun(RunFeed& feed, const RecordedRun& run);

/// Opens runs without the window waiting for a disk. What is quick to read comes first, curves as far as they are
/// looked at, attention and predictions last. A run that another process trains is followed until that ends:
/// its curves, numbers, loads, drafts, times by op and events. One that nobody trains is looked at now and then: it is
/// followed as soon as its files grow, and opened anew where a process has taken it. A folder that goes away is told
/// once, and looked for again.
class RecordedFeed : public QObject {
    Q_OBJECT

public:
    /// Of a run, in memory, about; see RecordedPart::most_samples.
    static constexpr std::size_t kMostSamples = 1 << 20;

    /// Feed and hub outlive this.
    RecordedFeed(RunFeed& feed, SeriesHub& series, QObject* parent = nullptr, std::size_t mostSamples = kMostSamples);
    /// What is being read comes to nobody then.
    ~RecordedFeed() override;

    /// A run, or what find_run() takes for one; in place of one that is being opened. While a training goes on it is
    /// read and told by ready(), not shown; dropped where a training has begun until it is read.
    void open(const QString& path);
    bool isOpening() const { return !m_folder.isEmpty(); }

signals:
    /// This run can be read, and is to be opened again once the training that goes on has ended.
    void ready(const QString& folder);
    /// The feed has the run; its probe is still to come.
    void opened();
    /// And its probe, or the note why there is none.
    void completed();
    /// What was shown before stays.
    void failed(const QString& what, const QString& hint);
    /// The folder of the run that is shown cannot be read any more; the same words. It is looked for again.
    void lost(const QString& what, const QString& hint);
    /// And is there again; what was said.
    void found(const QString& what);

private:
    struct Read;
    struct Look;
    enum class Growth : std::uint8_t { None = 1, Seen };
    bool isTraining() const;
    void take(const QString& path, const std::shared_ptr<Read>& read);
    void takeProbe(const QString& folder, const Result<std::shared_ptr<const ProbeFrame>>& probe);
    void startWatching(const RecordedRun& run, const RunPulse& pulse);
    void watch();
    void takeLook(const QString& folder, const Look& look);
    void takeSamples(const RecordedRun& run);
    void takeMore(const RecordedRun& run, Growth growth);
    bool isTrained(const RecordedRun& run, Growth growth);
    void miss(const Look& look);
    void tellLost(const Error& why);
    bool isShown(const QString& folder) const;

    RunFeed& m_feed;
    SeriesHub& m_series;
    const std::size_t m_mostSamples;
    /// What the feed has of the run.
    struct Known {
        std::map<MetricId, std::int64_t> steps; ///< the last of each metric
        std::int64_t lastStep = 0;
        std::int64_t drafts = 0;  ///< step of the last validation that counted them
        std::int64_t kernels = 0; ///< step of the last times by op
        std::size_t events = 0;
        std::string created; ///< another run in the same folder has another one
        std::string began;   ///< and another session of the run
        RunPulse pulse;
        std::optional<RunState> state; ///< of its session, as it was last seen
        /// When its files last grew although nobody was seen to hold it.
        std::optional<std::chrono::steady_clock::time_point> grown;
        int misses = 0; ///< looks, one after the other, that found no run
        int waits = 0;  ///< times that the one on its way was waited for
        QString lost;   ///< what was said of it
    };

    QTimer m_watchTimer;
    Known m_known;
    bool m_looking = false;                     ///< a read is on its way
    QString m_folder;                           ///< that is being opened, as it was asked for
    bool m_asideTraining = false;               ///< a training went on when it was asked for
    std::shared_ptr<Door<RecordedFeed>> m_door; ///< with the reader's jobs
    ReaderThread m_reader;
};

/// "14:03:27", or "2025-03-01 14:03:27" when that was not today; the text itself when it is no time.
QString localTime(const std::string& utc);

} // namespace triptych
