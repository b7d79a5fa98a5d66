// A folder with a model so small that a whole training run of it takes milliseconds, and somebody who listens to the
// run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/config_json.h"
#include "core/session/command.h"
#include "core/session/run_observer.h"
#include "core/session/training_run.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

/// The configuration of tests/support/tiny_config.h with room for the byte tokenizer and one MTP module.
inline ModelConfig small_run_model()
{
    ModelConfig config = tiny_config();
    config.vocab_size = 264;
    config.num_nextn_predict_layers = 1;
    return config;
}

/// Writes the model's config.json into a folder of its own.
class SmallRun {
public:
    SmallRun() { m_temp.write("config.json", model_config_json(small_run_model())); }

    const std::filesystem::path& path() const { return m_temp.path(); }
    std::filesystem::path operator/(std::string_view name) const { return m_temp / name; }
    std::filesystem::path write(std::string_view name, std::string_view contents) const
    {
        return m_temp.write(name, contents);
    }

    /// 64 tokens a step of the built-in texts on one thread, an evaluation every four steps, nothing written.
    RunRequest request() const
    {
        RunRequest r;
        r.model = (m_temp / "config.json").string();
        r.settings = {"sequence_length=32", "batch_size=2", "threads=1", "precision=f32", "eval_every=4", "eval_batches=1"};
        return r;
    }

private:
    TempFolder m_temp;
};

/// Keeps everything a run tells.
class RecordingObserver : public RunObserver {
public:
    void on_event(Event event) override { events.push_back(std::move(event)); }
    void on_step(const StepReport& report, const std::vector<Sample>& samples) override
    {
        if (report.step > 0) reports.push_back(report);
        all.insert(all.end(), samples.begin(), samples.end());
    }
    void on_loads(std::shared_ptr<const LoadFrame> frame) override { loads.push_back(std::move(frame)); }
    void on_probe(std::shared_ptr<const ProbeFrame> frame) override { probes.push_back(std::move(frame)); }

    template <class T>
    std::vector<T> of() const
    {
        std::vector<T> found;
        for (const Event& event : events)
            if (const T* e = std::get_if<T>(&event)) found.push_back(*e);
        return found;
    }

    std::vector<Event> events;
    std::vector<StepReport> reports;
    std::vector<Sample> all;
    std::vector<std::shared_ptr<const LoadFrame>> loads;
    std::vector<std::shared_ptr<const ProbeFrame>> probes;
};

/// Opens, trains to the request's limit and finishes; null when it could not be opened.
inline std::unique_ptr<TrainingRun> train(const RunRequest& request, RecordingObserver& observer)
{
    auto run = TrainingRun::open(request, observer);
    EXPECT_TRUE(run.ok()) << (run.ok() ? "" : run.error().what);
    if (!run) return nullptr;
    while (!(*run)->finished()) (*run)->step();
    (*run)->finish((*run)->finish_reason());
    return run.take();
}

/// A run of so many steps with its folder "run" and a checkpoint at its end, and after each so many steps where that is
/// not 0, for a whole suite of tests; null where it failed.
inline std::unique_ptr<SmallRun> trained_run(std::int64_t steps, const ModelConfig& model = small_run_model(),
                                             std::int64_t checkpoint_every = 0)
{
    auto run = std::make_unique<SmallRun>();
    run->write("config.json", model_config_json(model));
    RunRequest request = run->request();
    request.run_folder = (*run / "run").string();
    request.max_steps = steps;
    request.checkpoint_every = checkpoint_every;
    RecordingObserver observer;
    return train(request, observer) ? std::move(run) : nullptr;
}

} // namespace triptych::test
