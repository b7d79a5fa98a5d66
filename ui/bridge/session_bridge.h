// Between the session's thread and the window: commands go in at once, a timer fetches what came out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "ui/bridge/door.h"
#include "ui/bridge/pace.h"
#include "ui/bridge/reader_thread.h"
#include "ui/bridge/run_feed.h"
#include "ui/bridge/window_cost.h"

#include <QElapsedTimer>
#include <QTimer>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>

namespace triptych {

struct SeriesPoint;

/// Polls at its Pace, so that a thousand steps a second are a few signals, and whatever they make the window draw takes
/// little from the run. Lives in the GUI's thread and
/// never waits for the trainer; the trainer never waits for it.
class SessionBridge : public QObject {
    Q_OBJECT

public:
    explicit SessionBridge(RunFeed& feed, QObject* parent = nullptr);
    ~SessionBridge() override;

    /// What is asked for is answered as quickly as if a hand were on the window.
    void post(Command command);
    /// Starts a run, ending the one that goes on.
    void start(const RunRequest& request);
    /// What the run that goes on was started with; nothing before the first.
    const std::optional<RunRequest>& request() const { return m_request; }
    SessionState state() const { return m_session.state(); }
    /// Samples that the screen did not get and that were read again from the run's database, or are lost to the screen
    /// where the run has no folder.
    std::uint64_t droppedSamples() const { return m_dropped; }

    /// Fetches now instead of at the next tick.
    void poll();

private:
    void look();
    void attend();
    void tellCost();
    /// Those before this number, by default all.
    void fetchSamples(std::uint64_t until = std::numeric_limits<std::uint64_t>::max());
    void rereadStore();
    void takeStored(const std::string& folder, SeriesCache stored);

    RunFeed& m_feed;
    Session m_session;
    Pace m_pace;
    QTimer m_timer;
    bool m_attended = false; ///< as the session has been told
    WindowMeter m_meter;
    QElapsedTimer m_sinceCost;
    std::optional<RunRequest> m_request;
    std::vector<Sample> m_samples;
    std::uint64_t m_dropped = 0;
    bool m_stale = false;     ///< the series have gaps that the store could fill
    bool m_rereading = false; ///< a thread does so
    QElapsedTimer m_sinceReread;
    std::shared_ptr<Door<SessionBridge>> m_door; ///< with the reader's jobs
    ReaderThread m_reader;
    std::uint64_t m_loadsSeen = 0;
    std::uint64_t m_probeSeen = 0;
    std::uint64_t m_acceptanceSeen = 0;
    std::uint64_t m_kernelsSeen = 0;
};

/// As a run's database keeps them.
Series seriesOf(const std::vector<SeriesPoint>& points);

/// All series of a run's database, as far as this version knows the metrics.
Result<SeriesCache> readSeries(const std::filesystem::path& database);

} // namespace triptych
