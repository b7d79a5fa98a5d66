// What a run measures and tells of its steps: loads, probes, validations, health, its account of time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run_parts.h"

#include "core/session/acceptance_counter.h"
#include "core/session/memory_plan.h"
#include "core/session/routing_hands.h"
#include "core/session/run_description.h"
#include "core/session/step_samples.h"
#include "core/train/lr_schedule.h"
#include "core/train/matrix_peak.h"

#include <fmt/format.h>

namespace triptych {

namespace {

/// Pictures are made this often at most, however fast the steps are: twice what a screen can be read at.
constexpr auto kFrameInterval = std::chrono::milliseconds(60);
constexpr auto kPeakInterval = std::chrono::seconds(5);
constexpr std::int64_t kPromptTokens = 24;

} // namespace

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

std::shared_ptr<const LoadFrame> TrainingRun::Parts::load_frame()
{
    const bool kept = history && history->wants(HistoryKind::Words, trainer.progress().step);
    return loads.frame(words_watched || kept ? FrameWords::Shown : FrameWords::Left);
}

void TrainingRun::Parts::show_loads()
{
    if (trainer.model().moe_layers().empty()) return;
    const bool seen = Clock::now() - last_loads >= kFrameInterval;
    const bool kept = history && history->wants_loads(trainer.progress().step);
    if (!seen && !kept) return;
    auto frame = load_frame();
    if (kept) history->add(*frame);
    if (!seen) return;
    observer.on_loads(std::move(frame));
    last_loads = Clock::now();
}

/// The loads of the last step, whatever the stride of the history.
void TrainingRun::Parts::keep_loads()
{
    if (!history || trainer.model().moe_layers().empty()) return;
    const auto frame = load_frame();
    if (!frame->layers.empty()) history->add(*frame, Keep::Always); // else no step was made yet
}

/// Of the last step that was observed, for those who watch and where the history wants it.
void TrainingRun::Parts::show_kernels()
{
    const bool kept = history && history->wants(HistoryKind::Kernels, trainer.progress().step);
    if (!kernels_watched && !kept) return;
    auto frame = kernels.take_frame(matrix_peak);
    if (!frame) return;
    if (kept) history->add(*frame);
    observer.on_kernels(std::move(frame));
}

/// For the history, as the run was asked to; whoever watches sees it as well.
bool TrainingRun::Parts::probe_recorded(std::int64_t step) const
{
    const std::int64_t every = trainer.config().probe_every;
    return every > 0 && step % every == 0 && history && history->wants(HistoryKind::Probe, step);
}

/// For those who watch.
bool TrainingRun::Parts::probe_due(std::int64_t step)
{
    return probe_every > 0 && step % probe_every == 0 && pictures.is_due(TimeKeeper::steady_now());
}

ProbeModel TrainingRun::Parts::probe_model()
{
    return {trainer.model(), trainer.packed_params(), trainer.workspace(), trainer.stream(),
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
    ProbeModel probed = probe_model();
    if (rank_step >= 0) probed.rank = &rank; // of this step, or of up to three pictures before
    if (auto frame = read_probe(probed, tokenizer, probe_text, trainer.progress().step, lens)) {
        if (history) history->add(*frame);
        observer.on_probe(std::move(frame));
    }
}

/// After a step: the latents and the probe text, for the history or for those who watch.
void TrainingRun::Parts::look_inside(std::int64_t step)
{
    const std::int64_t every = trainer.config().probe_every;
    const bool recorded = probe_recorded(step);
    const bool watched = probe_due(step);
    const double began = TimeKeeper::steady_now();
    if (recorded || (watched && rank_due()) || (every > 0 && step % every == 0)) record_latents();
    if (recorded || watched) show_probe();
    if (watched) paid(recorded ? TimeKeeper::steady_now() : began); // what is recorded is made without watchers, too
}

/// Somebody asked for it, or began to watch.
void TrainingRun::Parts::look_at_once()
{
    const double began = TimeKeeper::steady_now();
    if (rank_due()) measure_latents();
    show_probe();
    paid(began);
}

void TrainingRun::Parts::paid(double began)
{
    ++watched_pictures;
    pictures.pay(began, TimeKeeper::steady_now());
    observer.on_watched(pictures.spent());
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

} // namespace triptych
