// How the experts of one layer fared over the steps of a run: read from its history on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"
#include "ui/bridge/door.h"
#include "ui/bridge/frame_trail.h"
#include "ui/bridge/reader_thread.h"
#include "ui/bridge/run_feed.h"

#include <QElapsedTimer>
#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// Some layers in one step.
struct LayerMoment {
    struct Layer {
        std::int64_t layer = -1;
        std::vector<float> ratio; ///< [E] load / mean load, smoothed over 20 steps
        std::vector<float> bias;  ///< [E]; empty where the router has none
    };
    std::int64_t step = 0;
    std::vector<Layer> layers; ///< in the order in which they are watched, as far as the frame has them
};

/// How much of the routing of a step the newest step still has, see route_saturation().
struct SettledRoutes {
    std::int64_t step = 0;
    double share = 0;
};

/// Of the layer that is watched. Frames that the run kept in its folder are read by a thread, the newest come from the
/// feed; of a run without a folder all come from the feed and some of them stay in memory. While the run goes on and
/// somebody watches, the folder is looked at every two seconds.
class ExpertHistory : public QObject {
    Q_OBJECT

public:
    /// So many frames of the feed are kept, fewer of a large model; and so many frames with routes are compared.
    static constexpr std::size_t kMostLoads = 256;
    static constexpr std::size_t kMostProbes = 32;
    static constexpr std::size_t kMostBytes = 64 << 20;

    explicit ExpertHistory(const RunFeed& feed, QObject* parent = nullptr);
    ~ExpertHistory() override;

    /// Numbered as in tensor names, the chosen one first: settled() is of that. None: nobody looks, nothing is read.
    void watch(std::vector<std::int64_t> layers);

    /// What another one of the same feed knows, and the layers that it watches: nothing has to be read again.
    void takeOver(const ExpertHistory& other);

    /// By step, rising.
    const std::vector<std::shared_ptr<const LayerMoment>>& moments() const { return m_moments; }
    /// Likewise; the newest step, with a share of 1, is the last. Empty while fewer than two frames have routes.
    const std::vector<SettledRoutes>& settled() const { return m_settled; }
    /// Whether the first answer about the layer is awaited.
    bool isReading() const { return m_reading && !m_answered && !m_feed.run()->run_folder.empty(); }
    /// Why the folder cannot be read; a run that keeps no history is no trouble.
    const std::optional<Error>& trouble() const { return m_trouble; }

signals:
    void changed();

private:
    class Folder;
    struct Request;
    struct Answer;

    void startOver();
    void ask();
    void take(const Answer& answer);
    void takeLoads();
    void takeProbe();
    void append(const LoadFrame& frame);
    void forgetUpTo(std::int64_t step);

    const RunFeed& m_feed;
    std::vector<std::int64_t> m_layers;
    std::vector<std::shared_ptr<const LayerMoment>> m_moments;
    std::vector<SettledRoutes> m_settled;
    std::optional<Error> m_trouble;
    FrameTrail<LoadFrame> m_loads; ///< of the feed, and not in the folder yet
    FrameTrail<ProbeFrame> m_probes;
    std::shared_ptr<Folder> m_folder; ///< with the jobs of the reader
    QElapsedTimer m_sinceAsked;
    std::uint64_t m_run = 0; ///< answers about another one come too late
    bool m_reading = false;
    bool m_wanted = false; ///< once more, when the answer is there
    bool m_answered = false;
    ReaderThread m_reader;
};

} // namespace triptych
