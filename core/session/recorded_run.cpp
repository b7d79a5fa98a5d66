// Reading a run back from its folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/recorded_run.h"

#include "core/data/byte_tokenizer.h"
#include "core/run/checkpoint.h"
#include "core/session/event_text.h"
#include "core/session/history_reader.h"
#include "core/session/load_tracker.h"
#include "core/session/probe_reader.h"
#include "core/session/run_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace triptych {

namespace {

namespace fs = std::filesystem;

/// What the smoothing of loads still remembers, generously: of a step this far back it has forgotten 95 %.
constexpr std::int64_t kRememberedSteps = 60;

/// After this step there are about so many samples.
Result<std::int64_t> begin_of_newest(const RunReader& reader, const std::vector<MetricId>& metrics,
                                     std::size_t most_samples)
{
    const std::size_t each = most_samples / std::max<std::size_t>(metrics.size(), 1);
    if (each > static_cast<std::size_t>(INT32_MAX)) return 0;
    std::int64_t last = 0;
    for (const MetricId metric : metrics) {
        const auto steps = reader.steps(metric);
        if (!steps) return steps.error();
        if (*steps) last = std::max(last, (*steps)->last);
    }
    return std::max<std::int64_t>(last - static_cast<std::int64_t>(each), 0);
}

Status read_series(const RunReader& reader, RecordedRun& run, std::size_t most_samples)
{
    const auto metrics = reader.metrics();
    if (!metrics) return metrics.error();
    const auto after = begin_of_newest(reader, *metrics, most_samples);
    if (!after) return after.error();
    for (const MetricId metric : *metrics) {
        auto points = reader.series(metric, *after);
        if (!points) return points.error();
        if (points->empty()) continue;
        run.last_step = std::max(run.last_step, points->back().step);
        run.series[metric] = points.take();
    }
    return {};
}

Status read_events(const RunReader& reader, RecordedRun& run)
{
    auto events = reader.events();
    if (!events) return events.error();
    run.events = events.take();
    for (const StoredEvent& event : run.events)
        if (event.kind == "sample") run.sample = event::SampleText{event.step, event.message};
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

/// What the counts of steps do not tell: domains, pairs and groups, of the newest frame that the run kept.
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
    frame->domains = detail.domains;
    frame->domain_share = detail.domain_share;
    frame->lift = detail.lift;
    frame->partners = detail.partners;
    frame->group_share = detail.group_share;
    frame->micro_max_vio = detail.micro_max_vio;
    frame->control = detail.control;
    run.loads = std::move(frame);
}

/// Of a damaged frame the one before is there already.
void add_kept_acceptance(const HistoryReader& history, RecordedRun& run)
{
    for (const std::int64_t step : history.steps(HistoryKind::Acceptance)) {
        const auto kept = history.acceptance(step);
        if (kept && *kept && (*kept)->step == step) run.acceptance.push_back(*kept);
    }
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
        run.notes.push_back("It is being trained by " + session.holder() + ". Open it again to see what is new.");
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
    const auto reader = RunReader::open(run_folder / "metrics.sqlite");
    if (!reader) return reader.error();
    const auto need = training_memory(setup->model, setup->train);
    if (!need) return need.error();
    RecordedRun run;
    run.created = manifest->created;
    run.started = describe_run(*setup, manifest->domains, *need);
    if (const Status ok = read_series(*reader, run, part.most_samples); !ok) return ok.error();
    for (const auto read : {read_events, read_loads})
        if (const Status ok = read(*reader, run); !ok) return ok.error();
    if (const auto history = HistoryReader::open(run_folder)) { // old runs kept none
        add_kept_detail(*history, run);
        add_kept_acceptance(*history, run);
    }
    read_state(run_folder, run);
    if (part.probe == RecordedPart::Probe::Later) return run;

    auto probe = probe_of(*setup, run_folder, probe_text);
    if (probe)
        run.probe = probe.take();
    else
        run.notes.push_back(probe.error().what + ". " + probe.error().hint);
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
