// One training run from its request to its end: data, trainer, metrics, checkpoints, limits. Driven step by step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/autosave.h"
#include "core/session/command.h"
#include "core/session/probe_reader.h"
#include "core/session/run_observer.h"
#include "core/util/result.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <string>

namespace triptych {

/// Short and mixed, so that every domain of the built-in data finds itself in it.
inline constexpr const char* kDefaultProbeText = "The old house stands by the river. 12 + 30 = 42";

/// What a step threw, in the two sentences of an error.
Error failure_of(const std::exception& thrown);

class TrainingRun {
public:
    /// Prepares everything and announces the run to the observer, which must outlive it. Nothing is written on an
    /// error.
    static Result<std::unique_ptr<TrainingRun>> open(const RunRequest& request, RunObserver& observer);
    ~TrainingRun();

    /// One optimizer step and whatever is due after it: samples, frames, evaluation, checkpoint.
    void step();
    bool finished() const;
    std::string finish_reason() const;
    /// Saves where the run has a folder, records why it ended, closes it. No step may follow.
    void finish(const std::string& reason);
    /// The end of a run that cannot go on, by an error or by what a step threw: saves the last whole step where that is
    /// possible, records the error in the run, closes it. Does not throw. Telling the user is left to the caller.
    void abandon(const Error& error);

    /// Events tell how it went; a failed save is an event too and does not stop the run. One that saves itself is told
    /// only where it fails.
    bool save_checkpoint(SavedBy by = SavedBy::Wish);
    /// It saves itself so long after its last checkpoint, at first after five minutes. See Autosave for what is left.
    void set_autosave(std::chrono::duration<double> pause);
    /// A training setting that may change while it trains; recorded in the run. The event that tells of it repeats the
    /// ticket.
    Status change(const std::string& key, double value, Ticket ticket = 0);
    /// The probe text, run at once and after every so many steps (0: never), or more rarely where that would take more
    /// of the training than PicturePace allows, with the lens that is asked for.
    void set_probe(const std::string& text, std::int64_t every, const LensRequest& lens = {});
    /// Whether somebody waits for pictures: then they come as often as set_probe() says.
    void attend(bool attended);
    /// Whether another LensRequest::focus would show something else.
    bool focus_matters() const;
    /// A command on routing, in force from the next step on; recorded in the run.
    Status steer(const RoutingCommand& command);
    /// Whether time by op is to be told (RunObserver::on_kernels), see KernelWatch.
    void watch_kernels(bool wanted);
    /// Whether pairs of experts and their tokens are to be told (LoadFrame::lift, LoadFrame::words). A run with a
    /// folder counts them in either case, for its history.
    void watch_pairs(bool wanted);

private:
    struct Parts;
    explicit TrainingRun(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace triptych
