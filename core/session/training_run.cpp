// A run, step by step: train, measure, show, check, save.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"

#include "core/config/settings.h"
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"
#include "core/run/step_clock.h"
#include "core/session/memory_need.h"
#include "core/session/routing_hands.h"
#include "core/session/step_samples.h"
#include "core/session/training_run_parts.h"
#include "core/train/lr_schedule.h"
#include "core/train/matrix_peak.h"
#include "core/util/error_exception.h"
#include "core/util/error_text.h"

#include <fmt/format.h>

#include <chrono>

namespace triptych {

namespace {

using Clock = std::chrono::steady_clock;

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

/// Data that a resumed run does not find may have been moved.
Error data_error(Error error, const RunRequest& request)
{
    const bool fork = !request.fork.empty();
    if ((fork || !request.resume.empty()) && request.moved_data.empty())
        error.hint = "If the data were moved, say where they are: " +
                     (fork ? "--fork " + request.fork : "--resume " + request.resume) + " --data NEW.";
    return error;
}

/// When a run was begun, in a session before this one or now.
std::optional<double> beginning_of(const std::filesystem::path& run_folder)
{
    const auto manifest = read_manifest(run_folder);
    return manifest ? unix_seconds(manifest->created) : std::nullopt;
}

} // namespace

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
        parts->run_began = beginning_of(parts->setup.request.run_folder).value_or(parts->run_began);
        const HistoryShape shape =
            history_shape(parts->setup.model, static_cast<std::int64_t>(parts->source.domains().size()),
                          longest_probe(parts->setup.train));
        parts->history =
            std::make_unique<HistoryRecorder>(parts->setup.request.run_folder, shape, parts->trainer.progress().step);
    }
    parts->matrix_peak = measure_matrix_peak(parts->trainer.stream(), parts->trainer.model().precision().narrow);
    parts->trainer.set_probe(&parts->loads);
    parts->loads.set_domains(&parts->trainer.current_batch().domains);
    parts->loads.set_tokens(&parts->trainer.current_batch(), parts->tokenizer);
    if (parts->history) {
        parts->loads.count_pairs(Counting::Yes);
        parts->loads.count_words(Counting::Yes);
        parts->kernels.watch(true);
    }
    parts->tell(parts->description());
    parts->tell_memory();
    auto run = std::unique_ptr<TrainingRun>(new TrainingRun(std::move(parts)));
    if (fork) run->save_checkpoint(); // it can be gone on with, and forked, from its first moment
    if (planned_before > 0 && !run->finished()) run->m_parts->tell_schedule(planned_before);
    run->m_parts->tell_control();
    run->m_parts->end_preparation(account_trouble);
    return run;
}

void TrainingRun::step()
{
    Parts& p = *m_parts;
    p.time.charge(std::exchange(p.between, TimeUse::Stall));
    const StepReport& report = p.observed_step();
    p.time.charge_step(report.seconds);
    p.loads.add(report);
    p.check_peak(report);
    auto samples = step_samples(report, p.trainer.progress(), p.meter, p.matrix_peak, unix_now() - p.run_began);
    const auto micro = micro_batch_samples(report, p.loads.micro_balance());
    samples.insert(samples.end(), micro.begin(), micro.end());
    p.observer.on_step(report, samples);
    p.record(samples);
    if (p.folder) p.folder->record(report);
    p.check_health(report);
    p.show_loads();
    p.show_kernels();
    const auto due = [&](std::int64_t every) { return every > 0 && report.step % every == 0; };
    p.look_inside(report.step);
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
    m_parts->look_at_once();
    m_parts->time.charge(TimeUse::Stall);
}

void TrainingRun::attend(bool attended)
{
    m_parts->pictures.attend(attended);
}

void TrainingRun::watch_kernels(bool wanted)
{
    Parts& p = *m_parts;
    p.kernels_watched = wanted;
    p.kernels.watch(wanted || p.history);
    if (wanted) p.kernels.measure_memory(p.trainer.stream().threads());
}

void TrainingRun::watch_pairs(bool wanted)
{
    const Counting count = wanted || m_parts->history ? Counting::Yes : Counting::No;
    m_parts->loads.count_pairs(count);
    m_parts->loads.count_words(count);
    m_parts->words_watched = wanted;
}

bool TrainingRun::focus_matters() const
{
    return triptych::focus_matters(m_parts->lens, m_parts->setup.model);
}

} // namespace triptych
