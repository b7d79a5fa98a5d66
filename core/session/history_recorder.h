// Keeps frames of a run in DIR/history while it trains, on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"
#include "core/session/frame.h"
#include "core/session/history_shape.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

/// Of the thread that trains, which packs the frames (microseconds for a small model) and never waits for the disk. A
/// disk that falls far behind costs frames, a file that cannot be written its kind of frames, and neither the training.
class HistoryRecorder {
public:
    /// Goes on in the history of the run, if there is one, without what lies beyond last_step. What hinders that is
    /// told by take_troubles().
    HistoryRecorder(const std::filesystem::path& run_folder, const HistoryShape& shape, std::int64_t last_step);
    /// Writes out.
    ~HistoryRecorder();

    /// Whether a frame of this step would be kept by its stride; asked before it is made. A full file may refuse it
    /// yet.
    bool wants(HistoryKind kind, std::int64_t step) const;
    /// The same for what add() takes of a load frame.
    bool wants_loads(std::int64_t step) const;
    /// Loads, their detail and tokens where these are due. Always is for the loads alone.
    void add(const LoadFrame& frame, Keep keep = Keep::ByStride);
    void add(const ProbeFrame& frame);
    void add(const AcceptanceFrame& frame);
    void add(const KernelFrame& frame);
    /// Waits until everything added so far is written.
    void flush();
    /// What could not be written since the last call, in words, once for as long as it lasts.
    std::vector<std::string> take_troubles();

private:
    class Files;
    void push(HistoryKind kind, std::int64_t step, Keep keep, std::string bytes);

    HistoryShape m_shape;
    std::int64_t m_last_steps[kHistoryKinds.size()] = {}; // that were added of each kind; 0: none yet
    std::unique_ptr<Files> m_files;
};

/// Whether the frame of its step is worth keeping whatever its stride: settings, hands on routing, alerts, checkpoints.
bool marks_history(const Event& event);

} // namespace triptych
