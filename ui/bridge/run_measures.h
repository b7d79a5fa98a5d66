// What the run of a feed has counted of itself, read from its folder for as long as somebody wants to know.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that this includes
#include "core/cost/run_facts.h"
#endif
#include "ui/bridge/run_feed.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace triptych {

/// One for each feed, which owns it: device-seconds, threads, time account, last steps of the run, whether it trains
/// here, trains elsewhere or was recorded. Read by another thread, since files may lie on a slow disk; while the run
/// grows every few seconds, and at each checkpoint. Nobody wants them: nothing is read.
class RunMeasures : public QObject {
    Q_OBJECT

public:
    /// Ms between two readings: as often as digits of money can be read.
    static constexpr int kRefreshMs = 3000;

    /// Made with the first call.
    static RunMeasures& of(RunFeed& feed);

    /// Of the run that the feed shows; nothing before they are read, without a run, and of one that keeps no files.
    const std::optional<RunFacts>& facts() const { return m_facts; }
    /// Whether the first reading of this run is still to come.
    bool isReading() const { return !m_facts && m_reading != nullptr; }

    /// They are wanted while this widget can be seen. It is not visible yet.
    void serve(QObject& page);
    /// Likewise until it is gone or wants them no more.
    void want(const QObject* who);
    void dropWish(const QObject* who) { m_wanting.erase(who); }

signals:
    /// facts() or isReading().
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Reading {}; ///< its address stands for one reading: of another run none is taken

    explicit RunMeasures(RunFeed& feed);
    void startRun();
    void read();
    void take(const std::shared_ptr<Reading>& reading, std::optional<RunFacts> facts);

    RunFeed& m_feed;
    std::optional<RunFacts> m_facts;
    std::set<const QObject*> m_wanting;
    std::shared_ptr<Reading> m_reading; ///< null: none goes on
    bool m_again = false;               ///< something has happened since it began
    QTimer m_timer;
};

} // namespace triptych
