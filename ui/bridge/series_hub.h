// All series of all runs that the window knows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <vector>

namespace triptych {

class SeriesSource;

/// The run of the feed, and beside it as many others as are to be compared with it.
class SeriesHub : public QObject {
    Q_OBJECT

public:
    using RunId = QString; ///< the run's folder; empty: the run of the feed
    using SeriesOfRun = std::map<MetricId, std::unique_ptr<SeriesSource>>;

    /// `feed` outlives the hub.
    explicit SeriesHub(const RunFeed& feed, QObject* parent = nullptr);
    ~SeriesHub() override;

    /// Null where there is none. Valid until changed() is told.
    const SeriesSource* find(const RunId& run, MetricId metric) const;
    std::vector<MetricId> metrics(const RunId& run) const;
    /// Without that of the feed.
    std::vector<RunId> runs() const;

    /// Another run beside that of the feed; in the place of what was known under this name.
    void add(const RunId& run, SeriesOfRun series);
    void remove(const RunId& run);

signals:
    /// Runs or metrics came or went; of points that were added the feed tells.
    void changed();

private:
    void takeFeed();

    const RunFeed& m_feed;
    std::map<RunId, SeriesOfRun> m_runs; ///< the feed's under the empty name
};

} // namespace triptych
