// Reading a run back from its folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recorded_run.h"

#include "core/data/byte_tokenizer.h"
#include "core/run/checkpoint.h"
#include "core/run/curve_reader.h"
#include "core/run/event_file.h"
#include "core/session/event_text.h"
#include "core/session/history_reader.h"
#include "core/session/load_tracker.h"
#include "core/session/memory_plan.h"
#include "core/session/probe_reader.h"
#include "core/session/run_description.h"
#include "core/util/error_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace triptych {

namespace {

namespace fs = std::filesystem;

/// What the smoothing of loads still remembers, generously: of a step this far back it has forgotten 95 %.
constexpr std::int64_t kRememberedSteps = 60;

/// Of each of so many metrics.
std::size_t most_points(const RecordedPart& part, std::size_t metrics)
{
    return std::max<std::size_t>(part.most_samples / std::max<std::size_t>(metrics, 1), 1);
}

/// One of its series has this step.
void began_at(std::int64_t step, RecordedRun& run)
{
    run.first_step = run.first_step == 0 ? step : std::min(run.first_step, step);
}

void add_series(MetricId metric, std::vector<SeriesPoint> points, RecordedRun& run)
{
    if (points.empty()) return;
    run.last_step = std::max(run.last_step, points.back().step);
    run.series[metric] = std::move(points);
}

/// All that can be read; the error of what cannot. `ended`: because nobody waits any more.
Status read_series(const RunReader& reader, RecordedRun& run, const RecordedPart& part, bool& ended)
{
    const auto metrics = reader.metrics();
    if (!metrics) return metrics.error();
    const std::size_t most = most_points(part, metrics->size());
    Status read;
    std::int64_t done = 0;
    for (const MetricId metric : *metrics) {
        ended = part.go_on && !part.go_on(done++, static_cast<std::int64_t>(metrics->size()));
        if (ended) return Error{"reading was ended", "Ask for the run again."};
        auto points = reader.newest(metric, most, part.after_step);
        const auto steps = reader.steps(metric);
        if (steps && *steps) began_at((*steps)->first, run);
        if (points)
            add_series(metric, points.take(), run);
        else if (read)
            read = points.error();
    }
    return read;
}

void take_events(std::vector<StoredEvent> events, RecordedRun& run)
{
    run.events = std::move(events);
    for (const StoredEvent& event : run.events)
        if (event.kind == "sample") run.sample = event::SampleText{event.step, event.message};
}

Status read_database_events(const RunReader& reader, RecordedRun& run)
{
    auto events = reader.events();
    if (!events) return events.error();
    take_events(events.take(), run);
    return {};
}

/// The last steps once more through the tracker that a live run has.
Status read_loads(const RunReader& reader, RecordedRun& run)
{
    const std::int64_t experts = run.started.experts;
    std::vector<StepReport> steps;
    std::int64_t before = INT64_MAX;
    for (;;) {
        auto stored = reader.loads(before);
        if (!stored) return stored.error();
        StepReport report;
        for (StoredLoad& load : *stored) {
            report.step = load.step;
            if (static_cast<std::int64_t>(load.counts.size()) == experts)
                report.loads.push_back({load.layer, std::move(load.counts), std::move(load.bias)});
        }
        if (report.loads.empty() || report.step < 1) break;
        if (!steps.empty() && steps.front().step - report.step >= kRememberedSteps) break;
        before = report.step - 1;
        steps.push_back(std::move(report));
    }
    if (steps.empty()) return {};
    LoadTracker tracker(experts, {});
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) tracker.add(*step);
    run.loads = tracker.frame();
    return {};
}

/// Series that a damaged database lacks, or has less of, from the curves of the run.
void add_curves(const CurveReader& curves, RecordedRun& run, const RecordedPart& part)
{
    const auto add = [&](MetricId metric, std::vector<SeriesPoint> points) {
        const auto known = run.series.find(metric);
        if (known == run.series.end() || known->second.size() < points.size())
            add_series(metric, std::move(points), run);
    };
    const std::vector<MetricId> sparse = curves.sparse_metrics();
    const std::size_t each = most_points(part, curves.columns().size() + sparse.size());
    const auto most = static_cast<std::int64_t>(std::min<std::size_t>(each, INT32_MAX));
    const std::int64_t first = std::max({curves.first_step(), part.after_step + 1, curves.last_step() - most + 1});
    began_at(curves.first_step(), run);
    std::vector<double> values(static_cast<std::size_t>(std::max<std::int64_t>(curves.last_step() - first + 1, 0)));
    for (std::size_t column = 0; column < curves.columns().size(); ++column) {
        if (values.empty() || !curves.values(column, first, values)) continue;
        std::vector<SeriesPoint> points;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!curve::is_missing(values[i])) points.push_back({first + static_cast<std::int64_t>(i), values[i]});
        add(curves.columns()[column], std::move(points));
    }
    for (const MetricId metric : sparse) {
        auto points = curves.sparse(metric, part.after_step);
        if (!points) continue;
        if (points->size() > each) points->erase(points->begin(), points->end() - most);
        add(metric, points.take());
    }
}

/// In the place of events that the database lacks.
void add_event_file(const fs::path& folder, RecordedRun& run)
{
    auto events = read_all_events(folder / "events.jsonl");
    if (events && events->size() > run.events.size()) take_events(events.take(), run);
}

/// The numbers, loads and events of the run. Errors: its database is of a newer version, or nothing of it is left.
Status read_numbers(const fs::path& folder, RecordedRun& run, const RecordedPart& part)
{
    const auto reader = RunReader::open(folder / "metrics.sqlite");
    if (!reader && reader.error().hint == kNewerRunHint) return reader.error();
    bool ended = false;
    Status read = reader ? read_series(*reader, run, part, ended) : Status(reader.error());
    if (ended) return read;
    for (const auto step : {read_database_events, read_loads}) {
        const Status more = reader ? step(*reader, run) : Status();
        if (read && !more) read = more;
    }
    if (read) return {};
    const bool elsewhere = !reader && reader.error().hint == kWrittenElsewhereHint;
    if (const auto curves = CurveReader::open(folder / "curves")) add_curves(*curves, run, part);
    add_event_file(folder, run);
    if (elsewhere) return {};                                  // they have the same, or will in a moment
    if (run.series.empty() && run.events.empty()) return read; // nothing is left
    run.notes.push_back("Its database cannot be read as a whole: " + in_words(read.error()) +
                        " Shown is what can be read of it, and what its curves and events.jsonl have.");
    return {};
}

/// What the counts of steps do not tell: domains, pairs, tokens and groups, of the newest frame that the run kept.
void add_kept_detail(const HistoryReader& history, RecordedRun& run)
{
    const auto kept = history.loads(run.loads ? run.loads->step : run.last_step);
    if (!kept || !*kept) return;
    if (!run.loads) {
        run.loads = *kept;
        return;
    }
    const LoadFrame& detail = **kept;
    if (detail.experts != run.loads->experts || detail.layers.size() != run.loads->layers.size()) return;
    auto frame = std::make_shared<LoadFrame>(*run.loads);
    add_detail(*frame, detail);
    frame->control = detail.control;
    run.loads = std::move(frame);
}

/// How the run stands, in the terms of a live one, and a note where these have no word for it.
void read_state(const fs::path& folder, RecordedRun& run)
{
    run.session = read_session(folder);
    if (!run.session) {
        if (run.started.max_steps > 0 && run.last_step >= run.started.max_steps) run.state = SessionState::Finished;
        return;
    }
    const SessionRecord& session = *run.session;
    switch (session.state) {
    case RunState::Finished: run.state = SessionState::Finished; break;
    case RunState::Failed: run.state = SessionState::Failed; break;
    case RunState::Running:
        run.notes.push_back("It is being trained by " + session.holder() +
                            ": what it records is shown as it comes, and hands are off.");
        break;
    case RunState::Interrupted: run.notes.push_back("The run ended: " + session.reason + ". " + session.hint); break;
    case RunState::Stopped: break;
    }
}

Result<std::shared_ptr<const ProbeFrame>> run_probe(const RunSetup& setup, const HfCheckpoint& checkpoint,
                                                    const std::string& text)
{
    const ByteTokenizer tokenizer;
    if (setup.model.vocab_size < tokenizer.vocab_size())
        return Error{fmt::format("the model has {} tokens, the byte tokenizer needs {}", setup.model.vocab_size,
                                 tokenizer.vocab_size()),
                     "Its texts cannot be shown."};
    // Out of memory, mostly: a large model may have been trained on a larger machine.
    try {
        const std::int64_t longest = longest_probe(setup.train);
        Stream stream(Device{}, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
        Model model(setup.model, *setup.router, DType::F32, longest);
        const ParamStore params(Device{}, DType::F32, model.declare(), StoreFor::Inference);
        if (const Status loaded = load_weights(checkpoint, params); !loaded) return loaded.error();
        Planner plan(PlanFor::Inference);
        model.plan(plan, {.batch = 1, .length = longest});
        const Workspace workspace(stream.device(), plan);
        const auto state = read_train_state(checkpoint);
        if (state) model.set_control(state->control);
        return read_probe({model, params, workspace, stream, longest}, tokenizer, text,
                          state ? state->progress.step : 0, {.reading = LensReading::Read});
    } catch (const std::exception& e) {
        return Error{std::string("the model could not be run: ") + e.what(),
                     "Open the run on a machine with more memory."};
    }
}

Result<std::shared_ptr<const ProbeFrame>> probe_of(const RunSetup& setup, const fs::path& folder,
                                                   const std::string& text)
{
    const auto latest = latest_checkpoint(folder);
    if (!latest)
        return Error{folder.string() + " has no checkpoint that opens, so attention and predictions cannot be shown",
                     "Train with checkpoints (--checkpoint-every N); stopping a run saves one too."};
    const auto checkpoint = HfCheckpoint::open(*latest);
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->config() != setup.model)
        return Error{latest->string() + " is a checkpoint of another model than run.json describes",
                     "Put back the run's own checkpoints."};
    return run_probe(setup, *checkpoint, text);
}

} // namespace

Result<RecordedRun> read_recorded_run(const fs::path& run_folder, const std::string& probe_text, RecordedPart part)
{
    const auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    const auto setup = setup_from_manifest(*manifest, run_folder.string());
    if (!setup) return setup.error();
    const auto need = training_memory(setup->model, setup->train);
    if (!need) return need.error();
    RecordedRun run;
    run.created = manifest->created;
    run.started = describe_run(*setup, manifest->domains, *need);
    if (auto plan = memory_plan(*setup)) run.plan = std::make_shared<const std::vector<PlanEntry>>(plan.take());
    if (const Status ok = read_numbers(run_folder, run, part); !ok) return ok.error();
    if (const auto history = HistoryReader::open(run_folder)) { // old runs kept none
        add_kept_detail(*history, run);
        run.acceptance = history->every_acceptance();
        run.kernels = history->every_kernels();
    }
    read_state(run_folder, run);
    if (part.probe == RecordedPart::Probe::Later) return run;

    auto probe = probe_of(*setup, run_folder, probe_text);
    if (probe)
        run.probe = probe.take();
    else
        run.notes.push_back(in_words(probe.error()));
    return run;
}

Result<std::shared_ptr<const ProbeFrame>> read_recorded_probe(const fs::path& run_folder, const std::string& probe_text)
{
    const auto manifest = read_manifest(run_folder);
    if (!manifest) return manifest.error();
    const auto setup = setup_from_manifest(*manifest, run_folder.string());
    if (!setup) return setup.error();
    return probe_of(*setup, run_folder, probe_text);
}

} // namespace triptych
