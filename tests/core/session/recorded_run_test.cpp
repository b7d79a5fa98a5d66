// A run read from its folder against what it told while it trained.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/run/checkpoint.h"
#include "core/run/run_pulse.h"
#include "core/session/balance_metrics.h"
#include "core/session/event_text.h"
#include "core/session/load_tracker.h"
#include "core/session/recorded_run.h"
#include "core/session/training_run.h"
#include "tests/support/far_copy.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSteps = 6;
constexpr const char* kText = "12 + 30 = 42";

/// Keeps everything it is told.
struct Listener : RunObserver {
    void on_event(Event event) override { events.push_back(std::move(event)); }
    void on_step(const StepReport& report, const std::vector<Sample>& all) override
    {
        if (report.step > 0) reports.push_back(report);
        samples.insert(samples.end(), all.begin(), all.end());
    }
    void on_loads(std::shared_ptr<const LoadFrame>) override {}
    void on_probe(std::shared_ptr<const ProbeFrame> frame) override { probe = std::move(frame); }
    void on_acceptance(std::shared_ptr<const AcceptanceFrame> frame) override { drafts.push_back(std::move(frame)); }
    void on_kernels(std::shared_ptr<const KernelFrame> frame) override { times.push_back(std::move(frame)); }

    template <class T>
    const T& last() const
    {
        const T* found = nullptr;
        for (const Event& event : events)
            if (const T* match = std::get_if<T>(&event)) found = match;
        if (!found) throw std::logic_error("the event did not come");
        return *found;
    }

    std::vector<Event> events;
    std::vector<StepReport> reports;
    std::vector<Sample> samples;
    std::shared_ptr<const ProbeFrame> probe;
    std::vector<std::shared_ptr<const AcceptanceFrame>> drafts;
    std::vector<std::shared_ptr<const KernelFrame>> times;
};

class RecordedRunTest : public testing::Test {
protected:
    /// Trains a few steps, changing the learning rate on the way.
    void train(std::vector<std::string> settings = {}, std::int64_t experts = 8)
    {
        ModelConfig config = tiny_config();
        config.vocab_size = 264;
        config.num_nextn_predict_layers = 1;
        config.n_routed_experts = experts;
        RunRequest request;
        request.model = m_folder.write("config.json", model_config_json(config)).string();
        request.settings = {"sequence_length=32", "batch_size=2", "threads=1", "eval_every=4", "eval_batches=1"};
        request.settings.insert(request.settings.end(), settings.begin(), settings.end());
        request.run_folder = folder().string();
        request.max_steps = kSteps;
        auto run = TrainingRun::open(request, m_live).take();
        run->step();
        ASSERT_TRUE(run->change("learning_rate", 0.002));
        while (!run->finished()) run->step();
        run->set_probe(kText, 1);
        run->finish("");
    }
    fs::path folder() const { return m_folder / "run"; }

    TempFolder m_folder;
    Listener m_live;
};

TEST_F(RecordedRunTest, DescribesTheRunAsTheRunDescribedItself)
{
    train();
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    const auto& was = m_live.last<event::RunStarted>();
    const event::RunStarted& is = run->started;
    EXPECT_EQ(is.model, was.model);
    EXPECT_EQ(is.data, was.data);
    EXPECT_EQ(is.domains, was.domains);
    EXPECT_EQ(is.run_folder, was.run_folder);
    EXPECT_EQ(is.device, was.device);
    EXPECT_EQ(is.config, was.config);
    EXPECT_EQ(is.parameters, was.parameters);
    EXPECT_EQ(is.mtp_parameters, was.mtp_parameters);
    EXPECT_EQ(is.latent_values, was.latent_values);
    EXPECT_EQ(is.mha_values, was.mha_values);
    EXPECT_EQ(is.tokens_per_step, was.tokens_per_step);
    EXPECT_EQ(is.max_steps, kSteps);
    EXPECT_EQ(is.planned_bytes, was.planned_bytes);
    EXPECT_EQ(is.parameter_bytes, was.parameter_bytes);
    EXPECT_EQ(is.learning_rate, was.learning_rate);
    EXPECT_EQ(is.mtp_loss_weight, 0.3);
    EXPECT_EQ(is.balance_loss_alpha, was.balance_loss_alpha);
    EXPECT_GT(is.balance_loss_alpha, 0);
    EXPECT_EQ(is.router, was.router);
    EXPECT_EQ(is.router, "sigmoid_noaux");
    EXPECT_EQ(is.probe_tokens, 32);
    EXPECT_EQ(is.prices.title, was.prices.title);
    EXPECT_GT(is.prices.rental.value, 0);
    EXPECT_EQ(is.prices.rental.value, was.prices.rental.value);
    EXPECT_EQ(is.prices.purchase.value, was.prices.purchase.value);
    EXPECT_FALSE(is.prices.rental.source.empty());
    EXPECT_EQ(run->last_step, kSteps);
    ASSERT_TRUE(run->plan);
    const auto& plan = *m_live.last<event::MemoryPlanned>().rows;
    EXPECT_EQ(run->plan->size(), plan.size());
    EXPECT_EQ(region_bytes(*run->plan), region_bytes(plan));
    EXPECT_EQ(run->state, SessionState::Finished);
    EXPECT_TRUE(run->notes.empty());
}

TEST_F(RecordedRunTest, HoldsEverySampleAndEvent)
{
    train();
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    std::size_t points = 0;
    for (const auto& [metric, series] : run->series) points += series.size();
    EXPECT_EQ(points, m_live.samples.size());
    for (const Sample& sample : m_live.samples) {
        const auto& series = run->series.at(sample.metric);
        const auto found =
            std::find_if(series.begin(), series.end(), [&](const auto& p) { return p.step == sample.step; });
        ASSERT_NE(found, series.end()) << metric_name(sample.metric) << " at step " << sample.step;
        EXPECT_EQ(found->value, sample.value) << metric_name(sample.metric);
    }
    ASSERT_EQ(run->events.size(), m_live.events.size());
    for (std::size_t i = 0; i < run->events.size(); ++i) EXPECT_EQ(run->events[i].kind, to_text(m_live.events[i]).kind);
    ASSERT_TRUE(run->sample);
    EXPECT_EQ(run->sample->step, 4);
    const auto& live = m_live.last<event::SampleText>();
    EXPECT_EQ(run->sample->text, live.text);
    EXPECT_GT(live.given_bytes, 0U);
    EXPECT_LE(live.given_bytes, 24U) << "the prompt";
    EXPECT_LT(live.given_bytes, live.text.size());
}

TEST_F(RecordedRunTest, DraftsAreThoseThatItsValidationsAccepted)
{
    train({"eval_every=2"});
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    ASSERT_EQ(m_live.drafts.size(), 3U);
    ASSERT_EQ(run->acceptance.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const AcceptanceFrame& was = *m_live.drafts[i];
        const AcceptanceFrame& is = *run->acceptance[i];
        EXPECT_EQ(is.step, was.step);
        EXPECT_EQ(is.domains, was.domains);
        EXPECT_EQ(is.by_position, was.by_position);
        EXPECT_EQ(is.by_domain, was.by_domain);
        EXPECT_EQ(is.reached, was.reached);
    }
}

TEST_F(RecordedRunTest, LoadsAreThoseOfTheLastStepAndSmoothedAsTheyWereLive)
{
    train();
    LoadTracker tracker(8, {});
    for (const StepReport& report : m_live.reports) tracker.add(report);
    const auto live = tracker.frame();
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run && run->loads);
    EXPECT_EQ(run->loads->step, kSteps);
    EXPECT_EQ(run->loads->ratio, live->ratio);
    EXPECT_EQ(run->loads->max_vio, live->max_vio);
    EXPECT_EQ(run->loads->dead_fraction, live->dead_fraction);
    ASSERT_EQ(run->loads->layers.size(), live->layers.size());
    for (std::size_t i = 0; i < live->layers.size(); ++i) {
        EXPECT_EQ(run->loads->layers[i].layer, live->layers[i].layer);
        EXPECT_EQ(run->loads->layers[i].counts, live->layers[i].counts);
        EXPECT_EQ(run->loads->layers[i].bias, live->layers[i].bias);
    }
}

TEST_F(RecordedRunTest, HasDomainsPairsGroupsTokensAndTimesOfItsHistory)
{
    train({"n_group=2", "topk_group=2", "gradient_accumulation_steps=2"});
    ASSERT_EQ(m_live.times.size(), 1U);
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run && run->loads);
    const LoadFrame& loads = *run->loads;
    EXPECT_EQ(loads.domains, run->started.domains);
    ASSERT_EQ(loads.domain_share.size(), loads.layers.size());
    ASSERT_EQ(loads.lift.size(), loads.layers.size());
    ASSERT_EQ(loads.partners.size(), loads.layers.size());
    ASSERT_EQ(loads.group_share.size(), loads.layers.size());
    EXPECT_EQ(loads.micro_balance.size(), loads.layers.size());
    EXPECT_EQ(loads.words.size(), loads.layers.size());
    EXPECT_EQ(loads.words_step, 1) << "the first is kept, and then one in 64";
    ASSERT_EQ(run->kernels.size(), 1U);
    EXPECT_EQ(run->kernels[0]->step, 5);
    EXPECT_EQ(run->kernels[0]->seconds, m_live.times[0]->seconds);
    ASSERT_EQ(run->kernels[0]->ops.size(), m_live.times[0]->ops.size());
    EXPECT_EQ(run->kernels[0]->ops[0].name, m_live.times[0]->ops[0].name);
    for (std::size_t i = 0; i < loads.layers.size(); ++i) {
        EXPECT_EQ(loads.domain_share[i].size(), loads.domains.size());
        EXPECT_EQ(loads.lift[i].size(), 28U) << "pairs of 8 experts";
        ASSERT_EQ(loads.group_share[i].size(), 2U);
        EXPECT_GE(loads.group_share[i][0] + loads.group_share[i][1], 1 - 1 / 255.0F);
        EXPECT_FALSE(loads.layers[i].counts.empty()) << "these are of the last step";
    }
    fs::remove_all(folder() / "history");
    const auto without = read_recorded_run(folder(), kText);
    ASSERT_TRUE(without && without->loads) << "runs of older versions";
    EXPECT_TRUE(without->loads->domain_share.empty() && without->loads->words.empty() && without->kernels.empty());
    EXPECT_EQ(without->loads->ratio, loads.ratio);
}

TEST_F(RecordedRunTest, HasTheBalanceOfMicroBatchesOfEveryStepAsItWasLive)
{
    train({"gradient_accumulation_steps=2"});
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run && run->loads);
    ASSERT_FALSE(run->loads->layers.empty());
    for (const LayerLoad& load : run->loads->layers)
        for (const BalanceMetric& of : kBalanceMetrics) {
            ASSERT_TRUE(run->series.count({of.of_micro_batches, load.layer})) << metric_info(of.of_micro_batches).name;
            const auto& micro = run->series.at({of.of_micro_batches, load.layer});
            ASSERT_EQ(micro.size(), static_cast<std::size_t>(kSteps));
            const auto& whole = run->series.at({of.of_step, load.layer});
            for (std::size_t i = 0; i < micro.size() && of.measure == &BalanceMeasures::min_violation; ++i)
                EXPECT_GE(micro[i].value, whole[i].value - 1e-12) << "they even out over a step";
        }
}

TEST_F(RecordedRunTest, StandsAsItsLastSessionEnded)
{
    train();
    const auto state = [&](const char* json) {
        m_folder.write("run/session.json", json);
        return read_recorded_run(folder(), kText).take();
    };
    const RecordedRun failed = state(R"({"state": "failed", "reason": "no data", "hint": "Put them back."})");
    EXPECT_EQ(failed.state, SessionState::Failed);
    EXPECT_EQ(failed.session->reason, "no data");
    EXPECT_TRUE(failed.notes.empty());
    EXPECT_EQ(state(R"({"state": "stopped"})").state, SessionState::Idle);
    const RecordedRun trained = state(R"({"state": "running", "process": 12, "host": "node7", "began": "then"})");
    EXPECT_EQ(trained.session->state, RunState::Running) << "its files have just been written";
    age_run(folder(), 2 * kRunSilence);
    const auto killed = read_recorded_run(folder(), kText);
    EXPECT_EQ(killed->state, SessionState::Idle);
    ASSERT_EQ(killed->notes.size(), 1U);
    EXPECT_NE(killed->notes[0].find("process 12 on node7 since then has gone without a word"), std::string::npos);
    fs::remove(folder() / "session.json");
    const auto old = read_recorded_run(folder(), kText);
    EXPECT_EQ(old->state, SessionState::Finished) << "a run of an older version that did all of its steps";
    EXPECT_FALSE(old->session.has_value());
}

void expect_same_frame(const ProbeFrame& a, const ProbeFrame& b)
{
    EXPECT_EQ(a.step, b.step);
    EXPECT_EQ(a.token_texts, b.token_texts);
    EXPECT_EQ(a.layers, b.layers);
    EXPECT_EQ(a.routes, b.routes);
    EXPECT_NEAR(a.loss, b.loss, 1e-5);
    ASSERT_EQ(a.attention.size(), b.attention.size());
    for (std::size_t i = 0; i < a.attention.size(); ++i) ASSERT_NEAR(a.attention[i], b.attention[i], 1e-5) << i;
    ASSERT_EQ(a.latent_norm.size(), b.latent_norm.size());
    for (std::size_t i = 0; i < a.latent_norm.size(); ++i) ASSERT_NEAR(a.latent_norm[i], b.latent_norm[i], 1e-4) << i;
    for (std::size_t i = 0; i < a.next.size(); ++i) {
        EXPECT_EQ(a.next[i][0].token, b.next[i][0].token);
        EXPECT_NEAR(a.next[i][0].probability, b.next[i][0].probability, 1e-5);
        ASSERT_EQ(a.after_next[0][i].size(), b.after_next[0][i].size());
        if (a.after_next[0][i].empty()) continue;
        EXPECT_EQ(a.after_next[0][i][0].token, b.after_next[0][i][0].token);
    }
}

TEST_F(RecordedRunTest, TheProbeIsWhatTheTrainerSawAtItsEnd)
{
    train({"precision=f32"}); // what reads a run computes in f32
    ASSERT_TRUE(m_live.probe);
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run && run->probe);
    expect_same_frame(*run->probe, *m_live.probe);
    const auto other = read_recorded_probe(folder(), std::string(500, 'x'));
    ASSERT_TRUE(other && *other);
    EXPECT_EQ((*other)->tokens.size(), 32U) << "cut to the sequences that the model was trained on";
    const auto none = read_recorded_probe(folder(), "");
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
}

TEST_F(RecordedRunTest, ARunInDoublePrecisionShowsTheSamePictures)
{
    train({"precision=f64"});
    ASSERT_TRUE(m_live.probe);
    float sum = 0;
    for (std::int64_t key = 0; key < 12; ++key)
        sum += m_live.probe->attention[attention_index(*m_live.probe, 1, 1, 7, key)];
    EXPECT_NEAR(sum, 1, 1e-5) << "a row of attention";
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run && run->probe);
    expect_same_frame(*run->probe, *m_live.probe);
}

TEST_F(RecordedRunTest, AModelWithoutExpertsHasNoLoads)
{
    train({}, 0);
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    EXPECT_FALSE(run->loads);
    EXPECT_TRUE(run->probe);
}

/// Experts that no layer has would be waited for.
TEST_F(RecordedRunTest, AModelOfDenseLayersAloneHasNoExpertsWhateverItsConfigurationSays)
{
    ModelConfig config = tiny_config();
    config.vocab_size = 264;
    config.num_nextn_predict_layers = 0;
    config.first_k_dense_replace = config.num_hidden_layers;
    RunRequest request;
    request.model = m_folder.write("config.json", model_config_json(config)).string();
    request.settings = {"sequence_length=32", "batch_size=2", "threads=1", "eval_every=0"};
    request.run_folder = folder().string();
    auto training = TrainingRun::open(request, m_live).take();
    training->step();
    training->finish("stopped");
    ASSERT_GT(config.n_routed_experts, 0);
    EXPECT_EQ(m_live.last<event::RunStarted>().experts, 0);
    EXPECT_EQ(m_live.last<event::RunStarted>().router, "");
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    EXPECT_EQ(run->started.experts, 0);
    EXPECT_FALSE(run->loads);
}

TEST_F(RecordedRunTest, WithoutACheckpointTheRestIsShownAndANoteSaysWhy)
{
    train();
    fs::remove_all(folder() / "checkpoints");
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    EXPECT_FALSE(run->probe);
    EXPECT_TRUE(run->loads);
    EXPECT_FALSE(run->series.empty());
    ASSERT_EQ(run->notes.size(), 1U);
    EXPECT_NE(run->notes[0].find("no checkpoint"), std::string::npos);
    EXPECT_NE(run->notes[0].find("--checkpoint-every"), std::string::npos) << "what to do";
}

TEST_F(RecordedRunTest, AHalfWrittenCheckpointIsANoteAndNoFailure)
{
    train();
    const fs::path weights = checkpoint_path(folder(), kSteps) / "model.safetensors";
    ASSERT_TRUE(fs::exists(weights));
    fs::resize_file(weights, fs::file_size(weights) / 2);
    const auto run = read_recorded_run(folder(), kText);
    ASSERT_TRUE(run) << run.error().what;
    EXPECT_FALSE(run->probe);
    EXPECT_EQ(run->notes.size(), 1U);
}

TEST_F(RecordedRunTest, SaysWhatIsWrongWithAFolder)
{
    const auto what = [this] {
        const auto run = read_recorded_run(folder(), kText);
        if (run) return std::string("it was read");
        EXPECT_FALSE(run.error().hint.empty());
        return run.error().what;
    };
    const auto contains = [](const std::string& text, const char* part) {
        return text.find(part) != std::string::npos;
    };
    EXPECT_PRED2(contains, what(), "no run folder");
    train();
    const std::string manifest = slurp(folder() / "run.json");

    m_folder.write("run/run.json", manifest.substr(0, manifest.size() / 2));
    EXPECT_PRED2(contains, what(), "not valid JSON");
    std::string newer = manifest;
    newer.replace(newer.find("\"format\": 1"), 11, "\"format\": 9");
    m_folder.write("run/run.json", newer);
    EXPECT_PRED2(contains, what(), "newer version");

    m_folder.write("run/run.json", manifest);
    const std::string database = slurp(folder() / "metrics.sqlite");
    for (const char* side : {"-wal", "-shm"}) fs::remove(folder() / (std::string("metrics.sqlite") + side));
    m_folder.write("run/metrics.sqlite", database.substr(0, database.size() / 2));
    EXPECT_EQ(what(), "it was read") << "its curves and events.jsonl have the same";
    fs::remove_all(folder() / "curves");
    fs::remove(folder() / "events.jsonl");
    fs::remove(folder() / "metrics.sqlite");
    EXPECT_PRED2(contains, what(), "no run database");
    EXPECT_FALSE(read_recorded_probe(m_folder / "elsewhere", kText));
}

} // namespace
} // namespace triptych::test
