// How a report is gathered: one function a part, each of which says what the run lacks for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_reader.h"
#include "core/session/history_reader.h"
#include "core/session/recorded_run.h"
#include "core/session/run_setup.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace triptych {

/// Whether anybody still waits for the report: who has gone does not come back.
class ReportWatch {
public:
    ReportWatch(std::function<bool(const ReportProgress&)> ask, std::size_t run) : m_ask(std::move(ask)), m_run(run) {}

    /// Asks, and tells how far reading is. False: leave it at what there is.
    bool goes_on(ReportStage stage, std::int64_t done = 0, std::int64_t all = 0);
    bool has_ended() const { return m_ended; }

private:
    std::function<bool(const ReportProgress&)> m_ask;
    std::size_t m_run;
    bool m_ended = false;
};

/// What the parts are made from.
struct ReportSources {
    std::filesystem::path folder;
    ReportOptions options;
    std::shared_ptr<ReportWatch> watch;
    RunSetup setup;
    RecordedRun run;                      ///< of a long one the newest samples only
    std::optional<HistoryReader> history; ///< nothing where the run kept none
    std::string history_lack;             ///< and why
};

/// Of whole runs and of the newest samples: so many of all metrics together are read into memory.
inline constexpr std::size_t kMostReportSamples = 2'000'000;

void lack(RunReport& report, ReportPart part, std::string why);
/// Messages name files by the path that somebody gave; a report says the same wherever the run lies.
std::string without_folder(std::string text, const std::filesystem::path& folder);

/// Finite values of the newest steps, at most so many, the newest first.
std::vector<double> newest_values(const RecordedRun& run, MetricId metric, std::size_t most);
std::optional<double> mean_of(const std::vector<double>& values);

// In this order: later parts read what earlier ones have put in. report_curves.cpp
void add_curves(const ReportSources& from, RunReport& report);
// report_experts.cpp
void add_loads(const ReportSources& from, RunReport& report);
void add_balance(const ReportSources& from, RunReport& report);
void add_specialisation(const ReportSources& from, RunReport& report);
// report_probe.cpp
void add_attention(const ReportSources& from, RunReport& report);
void add_acceptance(const ReportSources& from, RunReport& report);
// report_machine.cpp
void add_throughput(const ReportSources& from, RunReport& report);
void add_memory(const ReportSources& from, RunReport& report);
void add_time(const ReportSources& from, RunReport& report);
// report_setup.cpp
void add_configuration(const ReportSources& from, RunReport& report);
void add_command(const ReportSources& from, RunReport& report);
// report_money.cpp
/// Error: prices that a user has set and that make no sense.
Status add_money(const ReportSources& from, RunReport& report);
/// What every report holds its runs against.
CostContext cost_context();

} // namespace triptych
