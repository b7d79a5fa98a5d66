// Fills a feed from a run's folder, so that every panel shows a run that was as it shows one that is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
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
/// its curves, numbers, loads, drafts and events.
class RecordedFeed : public QObject {
    Q_OBJECT

public:
    /// Both outlive this.
    RecordedFeed(RunFeed& feed, SeriesHub& series, QObject* parent = nullptr);
    /// What is being read comes to nobody then.
    ~RecordedFeed() override;

    /// In place of one that is being opened. Dropped where a training has begun until it is read.
    void open(const QString& folder);
    bool isOpening() const { return !m_folder.isEmpty(); }

signals:
    /// The feed has the run; its probe is still to come.
    void opened();
    /// And its probe, or the note why there is none.
    void completed();
    /// What was shown before stays.
    void failed(const QString& what, const QString& hint);

private:
    struct Read;
    void take(const QString& folder, const std::shared_ptr<Read>& read);
    void takeProbe(const QString& folder, const Result<std::shared_ptr<const ProbeFrame>>& probe);
    void startFollowing(const RecordedRun& run);
    void follow();
    void takeMore(const QString& folder, const Result<RecordedRun>& run);
    bool isShown(const QString& folder) const;

    RunFeed& m_feed;
    SeriesHub& m_series;
    /// What the feed has of a run that another process trains.
    struct Known {
        std::map<MetricId, std::int64_t> steps; ///< the last of each metric
        std::int64_t lastStep = 0;
        std::int64_t drafts = 0; ///< step of the last validation that counted them
        std::size_t events = 0;
    };

    QTimer m_followTimer;
    Known m_known;
    bool m_following = false;                   ///< a read is on its way
    QString m_folder;                           ///< that is being opened
    std::shared_ptr<Door<RecordedFeed>> m_door; ///< with the reader's jobs
    ReaderThread m_reader;
};

/// "14:03:27", or "2025-03-01 14:03:27" when that was not today; the text itself when it is no time.
QString localTime(const std::string& utc);

} // namespace triptych
