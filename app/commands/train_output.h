// What a training tells while it runs: JSON lines for programs, lines for a pipe, a progress line for a terminal.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"
#include "core/session/command.h"
#include "core/session/run_observer.h"

#include <memory>
#include <optional>
#include <string>

namespace triptych {

/// One step in the numbers that are shown; those that no report holds come from the samples.
struct StepNumbers {
    StepReport report;
    double mfu = 0;
    double headline_usd = 0;
    double tco_usd = 0;
};

/// Listens to a run, keeps in mind what could not be saved, and leaves the showing to its three forms.
class TrainOutput : public RunObserver {
public:
    void on_event(Event event) final;
    void on_step(const StepReport& report, const std::vector<Sample>& samples) final;
    void on_loads(std::shared_ptr<const LoadFrame>) final {}
    void on_probe(std::shared_ptr<const ProbeFrame>) final {}
    /// Once, last.
    virtual void end(const std::string& reason) = 0;

    /// Why the newest checkpoint or the record of the run is incomplete; nothing when everything was saved.
    std::optional<std::string> unsaved() const { return m_save_failure ? m_save_failure : m_store_failure; }
    const event::RunStarted& started() const { return m_started; }

private:
    virtual void show(const Event& event) = 0;
    virtual void show_step(const StepNumbers& step) = 0;

    event::RunStarted m_started;
    std::optional<std::string> m_save_failure;
    std::optional<std::string> m_store_failure;
};

/// JSON lines, or for people: a progress line where stdout is a terminal, plain lines where it is not. The request
/// tells the limits that the remaining time is computed from.
std::unique_ptr<TrainOutput> make_train_output(Format format, const RunRequest& request);

std::unique_ptr<TrainOutput> make_json_output(const RunRequest& request);
std::unique_ptr<TrainOutput> make_terminal_output(const RunRequest& request);
std::unique_ptr<TrainOutput> make_plain_output(const RunRequest& request);

} // namespace triptych
