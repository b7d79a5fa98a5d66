// Reading runs for a report, part by part.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_reader.h"

#include "core/config/parameter_count.h"
#include "core/report/report_parts.h"
#include "core/run/checkpoint.h"
#include "core/session/run_row.h"
#include "core/util/error_text.h"
#include "core/util/utc_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <numeric>
#include <set>

namespace triptych {

namespace {

namespace fs = std::filesystem;

void add_summary(const ReportSources& from, const RunRow& row, RunReport& report)
{
    const ParameterCount count = count_parameters(report.manifest.model);
    ReportSummary& summary = report.summary;
    summary.name = row.name;
    summary.model = report.manifest.model_name;
    summary.parameters = count.total;
    summary.active_parameters = count.active;
    summary.mtp_parameters = count.mtp;
    summary.state = row.state;
    summary.state_reason = row.reason;
    summary.state_hint = row.hint;
    summary.steps = from.run.last_step;
    summary.planned_steps = report.manifest.schedule_steps;
    summary.device = report.manifest.device;
    summary.precision = report.manifest.train.precision;
    summary.threads = report.manifest.train.threads;
    summary.tokens_per_step = report.manifest.train.tokens_per_step();
    summary.created = report.manifest.created;
    if (from.run.session) summary.ended = from.run.session->ended;
}

/// "saved /home/somebody/runs/a/checkpoints/step-000100": the report says nothing of where the run lay.
void leave_in_folder(std::string& message)
{
    static constexpr std::string_view kSaved = "saved ";
    const std::size_t path = message.find(kSaved);
    const std::size_t inside = message.rfind("checkpoints/");
    if (path == std::string::npos || inside == std::string::npos || inside < path + kSaved.size()) return;
    message.erase(path + kSaved.size(), inside - path - kSaved.size());
}

void add_events(const ReportSources& from, RunReport& report)
{
    for (StoredEvent event : from.run.events) {
        if (event.kind == "sample") continue;
        if (event.kind == "checkpoint") leave_in_folder(event.message);
        report.events.push_back(std::move(event));
    }
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(from.options.most_events, 0));
    if (report.events.size() > most) {
        report.events_left_out = static_cast<std::int64_t>(report.events.size() - most);
        report.events.erase(report.events.begin(), report.events.end() - static_cast<std::ptrdiff_t>(most));
    }
    report.sample = from.run.sample;
    if (report.events.empty()) lack(report, ReportPart::Events, "The run has no event that was recorded.");
}

void add_checkpoints(const ReportSources& from, RunReport& report)
{
    for (const StoredCheckpoint& checkpoint : list_checkpoints(from.folder))
        report.checkpoints.push_back({checkpoint.step, checkpoint.path.filename().string()});
    std::reverse(report.checkpoints.begin(), report.checkpoints.end());
    if (report.checkpoints.empty()) lack(report, ReportPart::Checkpoints, "The run has no checkpoint.");
}

void add_notes(const RunRow& row, RunReport& report)
{
    report.notes = row.notes;
    if (row.notes == RunNotes{}) lack(report, ReportPart::Notes, "Nobody has noted anything about the run.");
}

/// What was hard to read. How the run stands is in its summary.
void add_troubles(const ReportSources& from, const RunRow& row, RunReport& report)
{
    std::vector<std::string> notes = from.run.notes;
    const auto& session = from.run.session;
    if (session && (session->state == RunState::Running || session->state == RunState::Interrupted)) notes.pop_back();
    for (const Error& trouble : row.troubles) report.troubles.push_back(without_folder(in_words(trouble), from.folder));
    for (const std::string& note : notes) report.troubles.push_back(without_folder(note, from.folder));
}

/// Folders in different places may have one name: "run", "run (2)".
void tell_apart(std::vector<RunReport>& runs)
{
    std::set<std::string> names;
    for (RunReport& run : runs) {
        const std::string name = run.summary.name;
        for (int number = 2; !names.insert(run.summary.name).second; ++number)
            run.summary.name = name + " (" + std::to_string(number) + ")";
    }
}

/// With the name of the run at its end, however it was given: ".", "runs/first/".
fs::path named(const fs::path& folder)
{
    std::error_code unknown;
    const fs::path whole = fs::absolute(folder, unknown).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

Result<ReportSources> sources(const fs::path& folder, const ReportOptions& options, const Manifest& manifest,
                              std::size_t place)
{
    auto setup = setup_from_manifest(manifest, folder.string());
    if (!setup) return setup.error();
    const auto watch = std::make_shared<ReportWatch>(options.go_on, place);
    RecordedPart part{kMostReportSamples, RecordedPart::Probe::Later, 0, {}};
    part.go_on = [watch](std::int64_t done, std::int64_t all) {
        return watch->goes_on(ReportStage::Numbers, done, all);
    };
    auto run = read_recorded_run(folder, {}, part);
    if (!run) return run.error();
    ReportSources from{folder, options, watch, setup.take(), run.take(), std::nullopt, {}};
    auto history = HistoryReader::open(folder);
    if (history)
        from.history = history.take();
    else
        from.history_lack = without_folder(in_words(history.error()), folder);
    return from;
}

using AddPart = void (*)(const ReportSources&, RunReport&);
/// In this order: later ones read what earlier ones have put in.
constexpr std::pair<ReportStage, AddPart> kParts[] = {
    {ReportStage::Curves, add_curves},       {ReportStage::Experts, add_loads},
    {ReportStage::Experts, add_balance},     {ReportStage::Experts, add_specialisation},
    {ReportStage::Attention, add_attention}, {ReportStage::Prices, add_acceptance},
    {ReportStage::Prices, add_throughput},   {ReportStage::Prices, add_memory},
    {ReportStage::Prices, add_time},         {ReportStage::Prices, add_configuration},
    {ReportStage::Prices, add_events},       {ReportStage::Prices, add_checkpoints},
    {ReportStage::Prices, add_command}};

/// `place`: of the run in its set.
Result<RunReport> read_run(const fs::path& run_folder, const ReportOptions& options, std::size_t place)
{
    auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    auto read = sources(named(run_folder), options, *manifest, place);
    if (!read) return read.error();
    const ReportSources from = read.take();
    const RunRow row = read_run_row(from.folder, {}, nullptr);
    RunReport report;
    report.manifest = manifest.take();
    add_summary(from, row, report);
    add_troubles(from, row, report);
    for (const auto& [stage, add] : kParts) {
        if (from.watch->goes_on(stage)) add(from, report);
        if (from.watch->has_ended())
            return Error{"reading " + from.folder.string() + " was ended", "Ask for the report again."};
    }
    if (const Status priced = add_money(from, report); !priced) return priced.error();
    add_notes(row, report);
    return report;
}

} // namespace

bool ReportWatch::goes_on(ReportStage stage, std::int64_t done, std::int64_t all)
{
    if (m_ask && !m_ask({m_run, stage, done, all})) m_ended = true;
    return !m_ended;
}

void lack(RunReport& report, ReportPart part, std::string why)
{
    report.lacks.push_back({part, std::move(why)});
}

std::string without_folder(std::string text, const fs::path& folder)
{
    const std::string name = folder.filename().string();
    std::error_code unknown;
    for (const fs::path& written : {folder, fs::weakly_canonical(folder, unknown)}) { // databases tell the latter
        const std::string path = written.string();
        if (path.empty()) continue;
        for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path, at + name.size()))
            text.replace(at, path.size(), name);
    }
    return text;
}

std::vector<double> newest_values(const RecordedRun& run, MetricId metric, std::size_t most)
{
    std::vector<double> values;
    const auto found = run.series.find(metric);
    if (found == run.series.end()) return values;
    for (auto point = found->second.rbegin(); point != found->second.rend() && values.size() < most; ++point)
        if (std::isfinite(point->value)) values.push_back(point->value);
    return values;
}

std::optional<double> mean_of(const std::vector<double>& values)
{
    if (values.empty()) return std::nullopt;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::string_view name_of(ReportPart part)
{
    static constexpr std::array names = {"curves",     "loads",      "balance",     "specialisation", "attention",
                                         "acceptance", "throughput", "memory",      "time",           "money",
                                         "context",    "events",     "checkpoints", "notes"};
    return names.at(static_cast<std::size_t>(part) - 1);
}

const ReportCurve* RunReport::curve(MetricId metric) const
{
    const auto found =
        std::find_if(curves.begin(), curves.end(), [metric](const ReportCurve& c) { return c.metric == metric; });
    return found == curves.end() ? nullptr : &*found;
}

Result<RunReport> read_run_report(const fs::path& run_folder, const ReportOptions& options)
{
    return read_run(run_folder, options, 0);
}

Result<ReportSet> read_report_set(const std::vector<fs::path>& run_folders, const std::string& title,
                                  const ReportOptions& options)
{
    if (run_folders.empty())
        return Error{"there is no run to report", "Give the folder of a run, or of several to compare them."};
    ReportSet set;
    set.title = title;
    set.exported = export_time();
    std::vector<std::shared_ptr<const Manifest>> manifests;
    for (const fs::path& folder : run_folders) {
        auto run = read_run(folder, options, set.runs.size());
        if (!run) return run.error();
        set.runs.push_back(run.take());
        manifests.push_back(std::make_shared<const Manifest>(set.runs.back().manifest));
    }
    tell_apart(set.runs);
    set.differences = differences(manifests);
    set.context = cost_context();
    return set;
}

std::string export_time()
{
    constexpr std::time_t kEndOfYears = 253'402'300'799; // of four digits
    std::time_t when = std::time(nullptr);
    if (const char* given = std::getenv("SOURCE_DATE_EPOCH")) {
        const std::string_view text = given;
        std::time_t seconds = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (error == std::errc() && end == text.data() + text.size() && seconds >= 0 && seconds <= kEndOfYears)
            when = seconds;
    }
    return utc_text(when);
}

} // namespace triptych
