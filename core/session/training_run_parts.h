// What a training run consists of, and what it tells of a step: for training_run*.cpp alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/byte_tokenizer.h"
#include "core/run/step_clock.h"
#include "core/session/autosave.h"
#include "core/session/history_recorder.h"
#include "core/session/kernel_watch.h"
#include "core/session/latent_rank.h"
#include "core/session/load_tracker.h"
#include "core/session/picture_pace.h"
#include "core/session/probe_reader.h"
#include "core/session/run_folder.h"
#include "core/session/run_setup.h"
#include "core/session/sample_writer.h"
#include "core/session/stream_source.h"
#include "core/session/time_keeper.h"
#include "core/session/training_run.h"
#include "core/train/health.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

struct TrainingRun::Parts {
    using Clock = std::chrono::steady_clock;

    Parts(RunSetup resolved, TokenStream stream, RunObserver& listener)
        : setup(std::move(resolved)), observer(listener), source(std::move(stream), setup.train.eval_batches),
          trainer(setup.model, setup.train, *setup.router, setup.precision, source, setup.schedule_steps),
          meter(RunPrices::this_machine(static_cast<int>(setup.train.threads))),
          loads(setup.model.n_routed_experts, source.domains(),
                {.groups = setup.model.n_group,
                 .micro_steps = setup.train.gradient_accumulation_steps,
                 .layers = setup.model.num_hidden_layers,
                 .vocabulary = setup.model.vocab_size}),
          health(setup.model.num_experts_per_tok), writer(setup, tokenizer)
    {}

    event::RunStarted description() const;
    void tell_memory();
    const StepReport& observed_step();
    std::shared_ptr<const LoadFrame> load_frame();
    void show_loads();
    void keep_loads();
    void show_kernels();
    bool probe_due(std::int64_t step);
    bool probe_recorded(std::int64_t step) const;
    void show_probe();
    void look_inside(std::int64_t step);
    void look_at_once();
    void paid(double began);
    ProbeModel probe_model();
    /// Of pictures for those who watch one in four: the rank reads far more tokens than the probe text has, and moves
    /// slowly.
    bool rank_due() const { return watched_pictures % 4 == 0; }
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
    bool words_watched = false; ///< else their tokens are counted for the history alone
    KernelWatch kernels;
    bool kernels_watched = false; ///< likewise
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
    double run_began = unix_now(); ///< Unix seconds, of its first session
    Clock::time_point last_loads{};
    PicturePace pictures; ///< of the probe text and the latents
    std::int64_t watched_pictures = 0;
    std::int64_t saved_step = -1; ///< the step of the newest checkpoint that stays
    Error save_failure;           ///< of the last checkpoint that could not be saved
    Autosave autosave;
    TimeKeeper time;
    TimeUse between = TimeUse::Restart; ///< what the time since the last charge is, where nothing else is known
    bool ended = false;
};

} // namespace triptych
