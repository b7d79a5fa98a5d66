// A run, step by step: train, measure, show, check, save.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"

#include "core/config/settings.h"
#include "core/data/byte_tokenizer.h"
#include "core/run/checkpoint.h"
#include "core/session/acceptance_counter.h"
#include "core/session/autosave.h"
#include "core/session/history_recorder.h"
#include "core/session/kernel_watch.h"
#include "core/session/latent_rank.h"
#include "core/session/load_tracker.h"
#include "core/session/memory_need.h"
#include "core/session/memory_plan.h"
#include "core/session/probe_reader.h"
#include "core/session/routing_hands.h"
#include "core/session/run_description.h"
#include "core/session/run_folder.h"
#include "core/session/run_setup.h"
#include "core/session/sample_writer.h"
#include "core/session/step_samples.h"
#include "core/session/stream_source.h"
#include "core/session/time_keeper.h"
#include "core/train/health.h"
#include "core/train/lr_schedule.h"
#include "core/train/matrix_peak.h"
#include "core/util/error_exception.h"
#include "core/util/error_text.h"

#include <fmt/format.h>

#include <chrono>

namespace triptych {

namespace {

using Clock = std::chrono::steady_clock;

/// Pictures are made this often at most, however fast the steps are: twice what a screen can be read at.
constexpr auto kFrameInterval = std::chrono::milliseconds(60);
constexpr auto kPeakInterval = std::chrono::seconds(5);
constexpr std::int64_t kPromptTokens = 24;
/// What a killed run forgets of its time at most, beside the steps that its metrics tell.
constexpr double kAccountSeconds = 10;

StreamOptions stream_options(const RunSetup& setup)
{
    return {.batch_size = setup.train.batch_size,
            .sequence_length = setup.train.sequence_length,
            .mtp_depth = setup.model.num_nextn_predict_layers,
            .micro_steps = setup.train.gradient_accumulation_steps,
            .seed = static_cast<std::uint64_t>(setup.train.seed),
            .validation_fraction = setup.train.validation_fraction};
}

LoadShape load_shape(const RunSetup& setup)
{
    return {.groups = setup.model.n_group, .micro_steps = setup.train.gradient_accumulation_steps};
}

/// Data that a resumed run does not find may have been moved.
Error data_error(Error error, const RunRequest& request)
{
    const bool fork = !request.fork.empty();
    if ((fork || !request.resume.empty()) && request.moved_data.empty())
        error.hint = "If the data were moved, say where they are: " +
                     (fork ? "--fork " + request.fork : "--resume " + request.resume) + " --data NEW.";
    return error;
}

} // namespace

struct TrainingRun::Parts {
    Parts(RunSetup resolved, TokenStream stream, RunObserver& listener)
        : setup(std::move(resolved)), observer(listener), source(std::move(stream), setup.train.eval_batches),
          trainer(setup.model, setup.train, *setup.router, setup.precision, source, setup.schedule_steps),
          meter(RunPrices::this_machine(static_cast<int>(setup.train.threads))),
          loads(setup.model.n_routed_experts, source.domains(), load_shape(setup)),
          health(setup.model.num_experts_per_tok), writer(setup, tokenizer)
    {}

    event::RunStarted description() const;
    void tell_memory();
    const StepReport& observed_step();
    void show_loads();
    void keep_loads();
    bool probe_due(std::int64_t step) const;
    void show_probe();
    ProbeModel probe_model();
    void measure_latents();
    void record_latents();
    void check_health(const StepReport& report);
    void check_peak(const StepReport& report);
    void evaluate();
    std::vector<std::int32_t> prompt_at(std::int64_t step) const;
    void record(const std::vector<Sample>& samples);
    void tell(Event event);
    void tell_schedule(std::int64_t planned_before);
    void tell_control();
    void tell_troubles();
    void close_history();
    void count_time_from(const TimeAccount& before);
    void keep_account();
    void end_preparation(const std::string& account_trouble);

    RunSetup setup;
    RunObserver& observer;
    ByteTokenizer tokenizer;
    StreamSource source;
    Trainer trainer;
    RunMeter meter;
    LoadTracker loads;
    KernelWatch kernels;
    HealthMonitor health;
    SampleWriter writer;
    std::unique_ptr<RunFolder> folder;        ///< null: nothing is written
    std::unique_ptr<HistoryRecorder> history; ///< with a folder alone; gone before it, which others may have then
    double matrix_peak = 1;
    Clock::time_point peak_measured{};
    std::string probe_text = kDefaultProbeText;
    LensRequest lens;
    std::int64_t probe_every = 0; ///< as long as somebody looks; else 0
    LatentRank rank;              ///< of the weights after rank_step steps
    std::int64_t rank_step = -1;
    Clock::time_point started = Clock::now();
    Clock::time_point last_loads{};
    Clock::time_point last_probe{};
    std::int64_t saved_step = -1; ///< the step of the newest checkpoint that stays
    Error save_failure;           ///< of the last checkpoint that could not be saved
    Autosave autosave;
    TimeKeeper time;
    TimeUse between = TimeUse::Restart; ///< what the time since the last charge is, where nothing else is known
    bool ended = false;
};

Error failure_of(const std::exception& thrown)
{
    if (const auto* expected = dynamic_cast<const ErrorException*>(&thrown))
        return {"training stopped: " + expected->error().what, expected->error().hint};
    return {std::string("training stopped: ") + thrown.what(),
            "This is a defect or a lack of memory: note the message. The run is saved as far as it got."};
}

TrainingRun::TrainingRun(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
TrainingRun::~TrainingRun() = default;

Result<std::unique_ptr<TrainingRun>> TrainingRun::open(const RunRequest& request, RunObserver& observer)
{
    TimeKeeper time; // from the first moment on
    std::string account_trouble;
    std::optional<HfCheckpoint> checkpoint;
    std::optional<SessionFile> session;
    std::vector<ManifestData> recorded;
    std::int64_t planned_before = 0;
    RunSetup setup;
    const bool fork = request.resume.empty() && !request.fork.empty();
    if (fork) {
        auto forked = fork_setup(request);
        if (!forked) return forked.error();
        setup = std::move(forked->setup);
        checkpoint = std::move(forked->checkpoint);
        recorded = std::move(forked->data);
        planned_before = forked->planned_before;
    } else if (request.resume.empty()) {
        auto resolved = resolve_setup(request);
        if (!resolved) return resolved.error();
        setup = resolved.take();
    } else {
        auto resumed = resume_setup(request);
        if (!resumed) return resumed.error();
        setup = std::move(resumed->setup);
        checkpoint = std::move(resumed->checkpoint);
        session = std::move(resumed->session);
        recorded = std::move(resumed->data);
        planned_before = resumed->planned_before;
    }
    if (const Status fits = check_memory(setup); !fits) return fits.error();
    auto stream = TokenStream::open(setup.request.data, stream_options(setup));
    if (!stream) return data_error(stream.error(), request);
    if (setup.model.vocab_size < ByteTokenizer().vocab_size())
        return Error{fmt::format("the model has {} tokens, the byte tokenizer needs {}", setup.model.vocab_size,
                                 ByteTokenizer().vocab_size()),
                     "Set vocab_size to at least that."};

    const std::vector<CorpusInfo> infos = stream->infos();
    if (const Status same = check_same_data(recorded, infos); !same) return same.error();
    auto parts = std::make_unique<Parts>(std::move(setup), stream.take(), observer);
    if (checkpoint) {
        if (const Status loaded = load_checkpoint(*checkpoint, parts->trainer); !loaded) return loaded.error();
        if (!fork) parts->saved_step = parts->trainer.progress().step;
    } else {
        parts->trainer.initialize();
    }
    parts->time = std::move(time);
    if (!parts->setup.request.run_folder.empty()) {
        const double device_seconds = parts->trainer.progress().device_seconds;
        TimeAccount before;
        before.go_on_from(device_seconds, 0);
        if (session) {
            // Looked at before the folder drops the steps that will be made again.
            const auto account = resumed_time_account(parts->setup.request.run_folder, device_seconds);
            if (account)
                before = *account;
            else
                account_trouble = account.error().what + ". The run counts its time anew.";
        }
        parts->count_time_from(before);
        auto folder = RunFolder::open(parts->setup, infos, parts->source.domains(), parts->trainer.progress(),
                                      std::move(session));
        if (!folder) return folder.error();
        parts->folder = folder.take();
        const HistoryShape shape =
            history_shape(parts->setup.model, static_cast<std::int64_t>(parts->source.domains().size()),
                          longest_probe(parts->setup.train));
        parts->history =
            std::make_unique<HistoryRecorder>(parts->setup.request.run_folder, shape, parts->trainer.progress().step);
    }
    parts->matrix_peak = measure_matrix_peak(parts->trainer.stream(), parts->trainer.model().precision().narrow);
    parts->trainer.set_probe(&parts->loads);
    parts->loads.set_domains(&parts->trainer.current_domains());
    if (parts->history) parts->loads.count_pairs(CountPairs::Yes);
    parts->tell(parts->description());
    parts->tell_memory();
    auto run = std::unique_ptr<TrainingRun>(new TrainingRun(std::move(parts)));
    if (fork) run->save_checkpoint(); // it can be gone on with, and forked, from its first moment
    if (planned_before > 0 && !run->finished()) run->m_parts->tell_schedule(planned_before);
    run->m_parts->tell_control();
    run->m_parts->end_preparation(account_trouble);
    return run;
}

event::RunStarted TrainingRun::Parts::description() const
{
    event::RunStarted result =
        describe_run(setup, source.domains(),
                     {.weights = static_cast<std::int64_t>(std::as_const(trainer).params().bytes()),
                      .activations = static_cast<std::int64_t>(trainer.plan().bytes())});
    result.first_step = trainer.progress().step;
    return result;
}

void TrainingRun::Parts::tell_memory()
{
    auto plan = memory_plan(setup);
    if (!plan) return; // a model that could not be planned could not be trained either
    const std::size_t held = std::as_const(trainer).params().bytes() + trainer.workspace().bytes();
    tell(event::MemoryPlanned{std::make_shared<const std::vector<PlanEntry>>(plan.take()),
                              static_cast<std::int64_t>(held)});
}

/// Where the run goes beyond its plan.
void TrainingRun::Parts::tell_schedule(std::int64_t planned_before)
{
    const std::int64_t step = trainer.progress().step;
    const bool at_its_end = step >= planned_before && step >= setup.train.warmup_steps;
    if (setup.schedule_steps == planned_before && !at_its_end) return;
    tell(event::Schedule{.step = step,
                         .steps_before = planned_before,
                         .steps = setup.schedule_steps,
                         .rate_before = learning_rate_at(setup.train, step, planned_before),
                         .rate = learning_rate_at(setup.train, step + 1, setup.schedule_steps)});
}

/// What hands did before a run was resumed or forked.
void TrainingRun::Parts::tell_control()
{
    const RoutingControl& control = trainer.control();
    if (control.active > 0)
        tell(event::SettingChanged{trainer.progress().step, kActiveExperts, static_cast<double>(control.active)});
    if (!control.elects_all()) tell(control_in_force(trainer));
}

void TrainingRun::Parts::tell(Event event)
{
    if (folder) folder->record(event, trainer.progress().step);
    if (marks_history(event)) keep_loads();
    observer.on_event(std::move(event));
}

void TrainingRun::Parts::record(const std::vector<Sample>& samples)
{
    if (!folder) return;
    folder->record(samples);
    tell_troubles();
}

/// To the observer alone: the folder is what has the trouble.
void TrainingRun::Parts::tell_troubles()
{
    for (const std::string& trouble : folder->take_troubles())
        observer.on_event(event::Health{trainer.progress().step, "store", trouble});
    if (!history) return;
    for (const std::string& trouble : history->take_troubles())
        observer.on_event(event::Health{trainer.progress().step, "history", trouble});
}

void TrainingRun::Parts::count_time_from(const TimeAccount& before)
{
    time.go_on_from(before);
    if (auto counter = EnergyCounter::open()) time.measure_energy(counter.take()); // few machines let us
}

void TrainingRun::Parts::end_preparation(const std::string& account_trouble)
{
    if (!account_trouble.empty()) tell(event::Health{trainer.progress().step, "time", account_trouble});
    time.charge(TimeUse::Restart);
    between = TimeUse::Idle;
    keep_account();
}

void TrainingRun::Parts::keep_account()
{
    if (folder) folder->record(time.account());
}

/// Before the folder is given to others.
void TrainingRun::Parts::close_history()
{
    if (history) history->flush();
    tell_troubles();
    history.reset();
}

const StepReport& TrainingRun::Parts::observed_step()
{
    const KernelWatch::Step observed(kernels, trainer.stream(), trainer.progress().step + 1);
    return trainer.step();
}

void TrainingRun::Parts::show_loads()
{
    if (trainer.model().moe_layers().empty()) return;
    const bool seen = Clock::now() - last_loads >= kFrameInterval;
    const bool kept = history && history->wants_loads(trainer.progress().step);
    if (!seen && !kept) return;
    auto frame = loads.frame();
    if (kept) history->add(*frame);
    if (!seen) return;
    observer.on_loads(std::move(frame));
    last_loads = Clock::now();
}

/// The loads of the last step, whatever the stride of the history.
void TrainingRun::Parts::keep_loads()
{
    if (!history || trainer.model().moe_layers().empty()) return;
    const auto frame = loads.frame();
    if (!frame->layers.empty()) history->add(*frame, Keep::Always); // else no step was made yet
}

bool TrainingRun::Parts::probe_due(std::int64_t step) const
{
    if (probe_every > 0 && step % probe_every == 0 && Clock::now() - last_probe > 4 * kFrameInterval) return true;
    const std::int64_t every = trainer.config().probe_every;
    return every > 0 && step % every == 0 && history && history->wants(HistoryKind::Probe, step);
}

ProbeModel TrainingRun::Parts::probe_model()
{
    return {trainer.model(), std::as_const(trainer).params(), trainer.workspace(), trainer.stream(),
            longest_probe(setup.train)};
}

/// Once for the same weights, whatever text is typed; always on the same tokens, where validation has some.
void TrainingRun::Parts::measure_latents()
{
    const std::int64_t step = trainer.progress().step;
    if (rank_step == step) return;
    rank_step = step;
    rank = read_latent_rank(probe_model(), rank_sample(source.validation_batches() > 0 ? source.validation_batch(0)
                                                                                       : source.training_batch(1, 0)));
}

/// The effective rank of each layer, as samples of the step that was made: once a step, and never of one that was made
/// before the run went on.
void TrainingRun::Parts::record_latents()
{
    measure_latents();
    std::vector<Sample> samples;
    for (std::size_t layer = 0; layer < rank.layers.size(); ++layer)
        samples.push_back({{Metric::LayerLatentRank, static_cast<std::int64_t>(layer)},
                           rank_step,
                           static_cast<double>(rank.layers[layer])});
    observer.on_step({}, samples);
    record(samples);
}

void TrainingRun::Parts::show_probe()
{
    measure_latents();
    ProbeModel probed = probe_model();
    probed.rank = &rank;
    if (auto frame = read_probe(probed, tokenizer, probe_text, trainer.progress().step, lens)) {
        if (history) history->add(*frame);
        observer.on_probe(std::move(frame));
    }
    last_probe = Clock::now();
}

void TrainingRun::Parts::check_peak(const StepReport& report)
{
    // Faster than the peak: other programs had the machine while it was measured.
    if (report.flops <= matrix_peak * report.seconds || Clock::now() - peak_measured < kPeakInterval) return;
    matrix_peak = std::max(matrix_peak, measure_matrix_peak(trainer.stream(), trainer.model().precision().narrow));
    peak_measured = Clock::now();
}

void TrainingRun::Parts::check_health(const StepReport& report)
{
    for (HealthNote& note : health.check(report))
        tell(event::Health{report.step, std::move(note.kind), std::move(note.message), note.layer});
}

void TrainingRun::Parts::evaluate()
{
    const std::int64_t step = trainer.progress().step;
    if (source.validation_batches() == 0) return;
    AcceptanceCounter drafts(setup.model.num_nextn_predict_layers, source.domains());
    const EvaluationReport report = trainer.evaluate(&drafts);
    auto samples = evaluation_samples(step, report);
    const auto counted = drafts.samples(step);
    samples.insert(samples.end(), counted.begin(), counted.end());
    observer.on_step({}, samples);
    record(samples);
    if (auto frame = drafts.frame(step)) {
        if (history) history->add(*frame);
        observer.on_acceptance(std::move(frame));
    }
    tell(event::Validation{step, report.loss, report.bits_per_byte, report.max_vio});
    const WrittenSample sample = writer.write(trainer, prompt_at(step));
    tell(event::SampleText{step, sample.text, sample.given_bytes});
}

/// The beginning of a validation text, another one each time, so that every domain has its turn.
std::vector<std::int32_t> TrainingRun::Parts::prompt_at(std::int64_t step) const
{
    const TokenBatch batch = source.validation_batch(0);
    const std::int64_t row = step / trainer.config().eval_every % batch.batch;
    const auto start = batch.inputs[0].begin() + row * batch.length;
    return {start, start + std::min(kPromptTokens, batch.length)};
}

void TrainingRun::step()
{
    Parts& p = *m_parts;
    p.time.charge(std::exchange(p.between, TimeUse::Stall));
    const StepReport& report = p.observed_step();
    p.time.charge_step(report.seconds);
    p.loads.add(report);
    p.check_peak(report);
    auto samples = step_samples(report, p.trainer.progress(), p.meter, p.matrix_peak);
    if (const auto micro = p.loads.micro_max_vio()) samples.push_back({Metric::MicroMaxVio, report.step, *micro});
    p.observer.on_step(report, samples);
    p.record(samples);
    if (p.folder) p.folder->record(report);
    p.check_health(report);
    p.show_loads();
    if (auto frame = p.kernels.take_frame(p.matrix_peak)) p.observer.on_kernels(std::move(frame));
    const auto due = [&](std::int64_t every) { return every > 0 && report.step % every == 0; };
    const bool probed = p.probe_due(report.step);
    if (probed || due(p.trainer.config().probe_every)) p.record_latents();
    if (probed) p.show_probe();
    if (due(p.trainer.config().eval_every)) {
        p.time.charge(TimeUse::Stall);
        p.evaluate();
        p.time.charge(TimeUse::Evaluation);
    }
    if (due(p.setup.request.checkpoint_every)) save_checkpoint();
    if (p.autosave.is_due() && p.saved_step != report.step) save_checkpoint(SavedBy::Itself);
    if (p.time.due(kAccountSeconds)) p.keep_account(); // waits for the disk: before the clock of this step stops
    p.time.charge(std::exchange(p.between, TimeUse::Idle));
}

std::string TrainingRun::finish_reason() const
{
    const RunRequest& limits = m_parts->setup.request;
    const TrainProgress& progress = m_parts->trainer.progress();
    if (limits.max_steps > 0 && progress.step >= limits.max_steps) return "max steps reached";
    if (limits.max_tokens > 0 && progress.tokens >= limits.max_tokens) return "max tokens reached";
    const double minutes = std::chrono::duration<double>(Clock::now() - m_parts->started).count() / 60;
    if (limits.max_minutes > 0 && minutes >= limits.max_minutes) return "max minutes reached";
    return {};
}

bool TrainingRun::finished() const
{
    return !finish_reason().empty();
}

void TrainingRun::finish(const std::string& reason)
{
    Parts& p = *m_parts;
    if (p.ended) return;
    p.ended = true;
    if (!p.folder) return;
    std::optional<Error> unsaved;
    if (p.saved_step != p.trainer.progress().step && !save_checkpoint())
        unsaved =
            Error{reason + ", but its last steps could not be saved: " + p.save_failure.what, p.save_failure.hint};
    if (!unsaved) p.autosave.clear(); // the last one is newer than all of them
    p.close_history();
    p.time.charge(p.between);
    p.keep_account();
    p.folder->close(finished() ? RunState::Finished : RunState::Stopped, reason, unsaved);
    p.tell_troubles();
}

void TrainingRun::abandon(const Error& error)
{
    Parts& p = *m_parts;
    if (p.ended) return;
    p.ended = true;
    if (!p.folder) return;
    const std::int64_t step = p.trainer.progress().step;
    // Memory may be short even for this; then the folder looks like that of a killed process.
    try {
        p.folder->record(event::Failed{error}, step);
        if (p.trainer.intact() && p.saved_step != step) save_checkpoint();
    } catch (const std::exception&) { // the error that is told is the one that came first
    }
    try {
        p.close_history();
        p.time.charge(p.between);
        p.keep_account();
        p.folder->close(RunState::Failed, "failed", error);
        p.tell_troubles();
    } catch (const std::exception&) {
    }
}

bool TrainingRun::save_checkpoint(SavedBy by)
{
    Parts& p = *m_parts;
    if (!p.folder) return false;
    const std::int64_t step = p.trainer.progress().step;
    const auto path = checkpoint_path(p.setup.request.run_folder, step);
    p.time.charge(p.between);
    p.folder->flush(); // a run that is killed goes on from here: its numbers must reach this far
    const Status saved = triptych::save_checkpoint(path, p.trainer);
    p.time.charge(TimeUse::Checkpoint);
    if (!saved) {
        p.autosave.kept({}); // not with every step again
        p.save_failure = saved.error();
        p.tell(event::Health{step, "checkpoint", in_words(saved.error())});
        return false;
    }
    p.keep_account();
    if (by == SavedBy::Wish) {
        p.saved_step = step;
        p.autosave.kept(path);
        p.tell(event::CheckpointSaved{step, path.string()});
    } else {
        p.autosave.saved(path);
    }
    return true;
}

void TrainingRun::set_autosave(std::chrono::duration<double> pause)
{
    m_parts->autosave.set_pause(pause);
}

Status TrainingRun::change(const std::string& key, double value, Ticket ticket)
{
    Parts& p = *m_parts;
    if (key == kActiveExperts) {
        if (const Status ok = choose_active(p.trainer, value); !ok) return ok;
    } else {
        TrainConfig changed = p.trainer.config();
        if (const Status ok = change_while_training(changed, key, value); !ok) return ok;
        p.trainer.set_config(changed);
        p.source.set_evaluation_batches(changed.eval_batches);
    }
    p.tell(event::SettingChanged{p.trainer.progress().step, key, value, ticket});
    return {};
}

Status TrainingRun::steer(const RoutingCommand& command)
{
    auto changed = obey(command, m_parts->trainer);
    if (!changed) return changed.error();
    m_parts->tell(changed.take());
    return {};
}

void TrainingRun::set_probe(const std::string& text, std::int64_t every, const LensRequest& lens)
{
    m_parts->probe_text = text;
    m_parts->lens = lens;
    m_parts->probe_every = every;
    if (every <= 0) return;
    m_parts->time.charge(m_parts->between);
    m_parts->show_probe();
    m_parts->time.charge(TimeUse::Stall);
}

void TrainingRun::watch_kernels(bool wanted)
{
    m_parts->kernels.watch(wanted, m_parts->trainer.stream().threads());
}

void TrainingRun::watch_pairs(bool wanted)
{
    m_parts->loads.count_pairs(wanted || m_parts->history ? CountPairs::Yes : CountPairs::No);
}

bool TrainingRun::focus_matters() const
{
    return triptych::focus_matters(m_parts->lens, m_parts->setup.model);
}

} // namespace triptych
