// From the windows of a run to its steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric_export.h"

#include "core/run/event_file.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

namespace fs = std::filesystem;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// A link or "." has the name of the folder that it is.
std::string name_of_run(const fs::path& folder)
{
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    const std::string name = (error ? folder : real).filename().string();
    return name.empty() ? "run" : name;
}

/// Of the database, or else of events.jsonl.
std::vector<StoredEvent> events_of(const fs::path& folder)
{
    if (const auto database = RunReader::open(folder / "metrics.sqlite"))
        if (auto events = database->events()) return events.take();
    std::vector<StoredEvent> events;
    std::uint64_t from = 0;
    for (;;) {
        auto page = read_events(folder / "events.jsonl", from);
        if (!page || page->next == from) return events;
        from = page->next;
        for (StoredEvent& event : page->events) events.push_back(std::move(event));
    }
}

double file_time(const fs::path& file)
{
    std::error_code error;
    const auto time = fs::last_write_time(file, error);
    if (error) return 0;
    const auto unix_time = std::chrono::file_clock::to_sys(time).time_since_epoch();
    return std::floor(std::chrono::duration<double>(unix_time).count());
}

/// The steps of a window: a place in each series, moved on together.
class WindowSteps {
public:
    WindowSteps(const std::vector<MetricId>& metrics, MetricWindow window)
        : m_metrics(metrics), m_window(std::move(window)), m_places(m_window.series.size(), 0)
    {}

    /// The samples of the next step; none behind the last.
    void next(std::vector<Sample>& samples)
    {
        samples.clear();
        std::int64_t step = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i < m_places.size(); ++i)
            if (m_places[i] < m_window.series[i].size()) step = std::min(step, m_window.series[i][m_places[i]].step);
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            const auto& series = m_window.series[i];
            if (m_places[i] == series.size() || series[m_places[i]].step > step) continue;
            samples.push_back({m_metrics[i], step, series[m_places[i]++].value});
        }
    }

private:
    const std::vector<MetricId>& m_metrics;
    MetricWindow m_window;
    std::vector<std::size_t> m_places; ///< [metrics]
};

double value_of(Metric metric, const std::vector<Sample>& samples)
{
    for (const Sample& sample : samples)
        if (sample.metric == MetricId(metric)) return sample.value;
    return kUnknown;
}

} // namespace

Result<ExportedRun> open_for_export(const fs::path& run_folder)
{
    std::error_code ignored;
    if (!fs::is_directory(run_folder, ignored))
        return Error{"there is no folder " + run_folder.string(), "Give the folder of a run that triptych train made."};
    auto scan = MetricScan::open(run_folder);
    if (!scan) return scan.error();
    ExportedRun run{name_of_run(run_folder), std::nullopt, events_of(run_folder), 0, scan.take(), {}};
    auto manifest = read_manifest(run_folder);
    if (manifest)
        run.manifest = manifest.take();
    else
        run.troubles.push_back(manifest.error().what + "; its settings are left out");
    std::optional<double> began;
    if (run.manifest) began = unix_seconds(run.manifest->created);
    for (const StoredEvent& event : run.events)
        if (const auto time = unix_seconds(event.time); time && (!began || *time < *began)) began = time;
    run.began = began.value_or(file_time(run_folder / "metrics.sqlite"));
    return run;
}

Status for_each_step(ExportedRun& run, const std::function<Status(const ExportStep&)>& visit)
{
    StepClock clock(run.began, run.events);
    ExportStep step;
    while (auto window = run.scan.next()) {
        WindowSteps steps(run.scan.metrics(), std::move(*window));
        for (steps.next(step.samples); !step.samples.empty(); steps.next(step.samples)) {
            step.step = step.samples.front().step;
            step.tokens = value_of(Metric::Tokens, step.samples);
            step.seconds = value_of(Metric::TrainSeconds, step.samples);
            step.time = clock.at(step.step, step.seconds);
            if (Status visited = visit(step); !visited) return visited;
        }
    }
    return {};
}

} // namespace triptych
