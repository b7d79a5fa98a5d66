// The folder of a run while it is written: manifest, metrics, curves, events, log. Checkpoints lie in it too
// (core/run/checkpoint.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/corpus.h"
#include "core/run/manifest.h"
#include "core/run/metric.h"
#include "core/run/session_file.h"
#include "core/run/time_account.h"
#include "core/session/event.h"
#include "core/session/run_setup.h"
#include "core/train/trainer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Error where a resumed run would read other data than run.json recorded.
Status check_same_data(const std::vector<ManifestData>& recorded, const std::vector<CorpusInfo>& found);

/// Loads are recorded at step 1 and every so many steps after it: often enough for a history, and no more than 8 MB per
/// 1,000 steps whatever the model.
std::int64_t load_interval(std::int64_t layers, std::int64_t experts);

/// Nothing here stops a training: trouble with the disk is collected and told.
class RunFolder {
public:
    /// Creates the folder and takes it for this process, or goes on in that of a resumed run, which `session` holds,
    /// after dropping what lies beyond the checkpoint's step. On an error nothing of a new folder is left.
    static Result<std::unique_ptr<RunFolder>> open(const RunSetup& setup, const std::vector<CorpusInfo>& data,
                                                   const std::vector<std::string>& domains,
                                                   const TrainProgress& progress, std::optional<SessionFile> session);
    ~RunFolder();

    void record(const std::vector<Sample>& samples);
    /// Waits until the numbers recorded so far are on the disk.
    void flush();
    /// Expert loads of a step, where they are due.
    void record(const StepReport& report);
    /// Events in words, to the store and to log.txt.
    void record(const Event& event, std::int64_t step);
    /// Where the time went so far. A failure is told when it begins.
    void record(const TimeAccount& account);
    /// What could not be written since the last call.
    std::vector<std::string> take_troubles();
    /// Writes everything out and how the session ended, with `failure` by that, and releases the run for others. A
    /// session whose record has gaps has failed too. Troubles are left for take_troubles(). Nothing may be recorded
    /// afterwards.
    void close(RunState state, const std::string& reason, const std::optional<Error>& failure = {});

private:
    struct Files;
    explicit RunFolder(std::unique_ptr<Files> files);
    std::unique_ptr<Files> m_files;
};

} // namespace triptych
