// What the window shows of a step that was: frames of the run's own history, read on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"
#include "ui/bridge/door.h"
#include "ui/bridge/frame_trail.h"
#include "ui/bridge/moment.h"
#include "ui/bridge/reader_thread.h"
#include "ui/bridge/run_feed.h"

#include <QElapsedTimer>
#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// Where the frames of a look back come from. Memory: of a run that has no folder, or keeps no history in it.
enum class HistorySource : std::uint8_t { None = 1, Folder, Memory };

/// Follows the moment: a step is held in the feed as soon as its frames are there, live releases it at once. One
/// request is on its way at a time and the latest wins, so that a quick hand makes few reads; the window never waits
/// for a disk, not even to close. A run that is read from its folder gets the newest frames that it kept, its domains
/// among them, and further ones as long as another process trains it. One that was resumed gets its earlier validations
/// and times by op.
class HistoryFeed : public QObject {
    Q_OBJECT

public:
    /// So many frames are kept in memory at most, fewer of a large model.
    static constexpr std::size_t kMostLoads = 256;
    static constexpr std::size_t kMostProbes = 64;
    static constexpr std::size_t kMostBytes = 64 << 20; ///< of each kind

    HistoryFeed(RunFeed& feed, Moment& moment, QObject* parent = nullptr);
    ~HistoryFeed() override;

    HistorySource source() const { return m_source; }
    /// Why frames cannot be read; nothing while they can.
    const std::optional<Error>& trouble() const { return m_trouble; }
    /// Whether an answer is awaited.
    bool isReading() const { return m_reading; }
    /// How often frames of a step were asked for.
    std::uint64_t reads() const { return m_reads; }

signals:
    /// Source, trouble or reading.
    void changed();

private:
    class Folder;
    struct Answer;
    /// What a feed keeps of before, that a run which goes on has from its folder.
    struct Past {
        std::vector<std::shared_ptr<const AcceptanceFrame>> acceptance;
        std::vector<std::shared_ptr<const KernelFrame>> kernels;
        bool isEmpty() const { return acceptance.empty() && kernels.empty(); }
    };

    void startOver();
    void follow();
    void ask();
    void list();
    void read(std::optional<std::int64_t> step, std::int64_t pastUntil = 0);
    void take(const Answer& answer);
    void showPast();
    void showNewest(const Answer& answer);
    void remember();
    void lookAgain();
    void complete();
    void holdFromMemory();
    void setSource(HistorySource source);

    RunFeed& m_feed;
    Moment& m_moment;
    HistorySource m_source = HistorySource::None;
    std::optional<Error> m_trouble;
    std::shared_ptr<const LoadFrame> m_kept; ///< the newest of a recorded run, with what others do not have
    Past m_past;                             ///< that is still to be shown
    FrameTrail<LoadFrame> m_loads;
    FrameTrail<ProbeFrame> m_probes;
    std::shared_ptr<Folder> m_folder; ///< with the jobs of the reader
    QElapsedTimer m_sinceListed;
    std::uint64_t m_run = 0; ///< answers about another one come too late
    std::uint64_t m_reads = 0;
    bool m_reading = false;
    bool m_wanted = false; ///< once more, when the answer is there
    bool m_newest = false; ///< the frames of a recorded run's end are still to be asked for
    ReaderThread m_reader;
};

} // namespace triptych
