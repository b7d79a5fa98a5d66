// A run from its request to its end: repeatable to the bit, resumable to the bit, and whole whatever goes wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/train_config.h"
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/run/step_clock.h"
#include "core/session/history_reader.h"
#include "core/session/memory_need.h"
#include "core/util/atomic_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/training_run_fixture.h"
#include "tests/support/without_privileges.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

TEST_F(TrainingRunTest, TheSameSeedAndThreadsRepeatEveryNumberToTheBit)
{
    RecordingObserver a;
    RecordingObserver b;
    train(request(12), a);
    train(request(12), b);
    ASSERT_EQ(a.reports.size(), 12U);
    for (std::size_t i = 0; i < 12; ++i) {
        EXPECT_EQ(a.reports[i].loss, b.reports[i].loss) << "step " << i + 1;
        EXPECT_EQ(a.reports[i].mtp_losses, b.reports[i].mtp_losses);
        EXPECT_EQ(a.reports[i].grad_norm, b.reports[i].grad_norm);
        for (std::size_t l = 0; l < a.reports[i].loads.size(); ++l) {
            EXPECT_EQ(a.reports[i].loads[l].counts, b.reports[i].loads[l].counts);
            EXPECT_EQ(a.reports[i].loads[l].bias, b.reports[i].loads[l].bias);
        }
    }
    const auto validations = a.of<event::Validation>();
    ASSERT_EQ(validations.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(validations[i].loss, b.of<event::Validation>()[i].loss);
    EXPECT_EQ(a.of<event::SampleText>().back().text, b.of<event::SampleText>().back().text);
    RecordingObserver c;
    RunRequest other = request(1);
    other.settings.push_back("seed=2");
    train(other, c);
    EXPECT_NE(c.reports[0].loss, a.reports[0].loss);
}

TEST_F(TrainingRunTest, StoppedAndResumedItEndsInTheSameFilesAsOneThatNeverStopped)
{
    RecordingObserver observer;
    train(request(20, "whole"), observer);
    train(request(10, "parts"), observer);
    train(resumed(20, "parts"), observer);
    const fs::path whole = checkpoint_path(m_small / "whole", 20);
    const fs::path parts = checkpoint_path(m_small / "parts", 20);
    // Weights with every bias (the MTP block's too), and the optimizer's moments.
    for (const char* file : {"config.json", "model.safetensors", "triptych/optimizer.safetensors"}) {
        const std::string bytes = slurp(whole / file);
        EXPECT_GT(bytes.size(), 100U);
        EXPECT_TRUE(bytes == slurp(parts / file)) << file << " differs";
    }
    for (const MetricId metric : {MetricId(Metric::Loss),
                                  {Metric::DepthLoss, 1},
                                  {Metric::LayerBiasSpread, 2},
                                  MetricId(Metric::GradNorm),
                                  MetricId(Metric::LearningRate),
                                  MetricId(Metric::ValLoss)}) {
        const auto a = series("whole", metric);
        const auto b = series("parts", metric);
        ASSERT_EQ(a.size(), b.size()) << metric_name(metric);
        EXPECT_FALSE(a.empty()) << metric_name(metric);
        for (std::size_t i = 0; i < a.size(); ++i) {
            EXPECT_EQ(a[i].step, b[i].step);
            EXPECT_EQ(a[i].value, b[i].value) << metric_name(metric) << ", step " << a[i].step;
        }
    }
    EXPECT_GT(series("whole", {Metric::LayerBiasSpread, 2}).back().value, 0) << "the bias of the MTP block moves";
}

TEST_F(TrainingRunTest, DeviceTimeAndMoneyGoOnAcrossAResumeNeitherResetNorCountedTwice)
{
    RecordingObserver observer;
    train(request(6, "run"), observer);
    train(resumed(9, "run"), observer);
    const auto total = series("run", Metric::TrainSeconds);
    const auto step = series("run", Metric::StepSeconds);
    const auto price = series("run", Metric::HeadlineUsd);
    ASSERT_EQ(total.size(), 9U);
    double sum = 0;
    for (std::size_t i = 0; i < 9; ++i) {
        sum += step[i].value;
        EXPECT_NEAR(total[i].value, sum, 1e-9 * sum) << "step " << i + 1;
        if (i > 0) {
            EXPECT_GE(price[i].value, price[i - 1].value);
        }
    }
    const auto state = read_train_state(HfCheckpoint::open(checkpoint_path(m_small / "run", 9)).take());
    EXPECT_EQ(state->progress.device_seconds, total.back().value);
}

TEST_F(TrainingRunTest, TheClockRunsOnBetweenTheSessionsOfARun)
{
    RecordingObserver observer;
    train(request(3, "run"), observer);
    // As if it had been begun two hours before.
    const auto file = m_small / "run" / "run.json";
    const std::string created = read_manifest(m_small / "run")->created;
    std::string text = slurp(file);
    text.replace(text.find(created), created.size(), utc_text(*unix_seconds(created) - 7200).substr(0, 19) + "Z");
    ASSERT_TRUE(write_file_atomically(file, text));
    train(resumed(5, "run"), observer);
    const auto wall = series("run", Metric::WallSeconds);
    ASSERT_EQ(wall.size(), 5U);
    EXPECT_LT(wall[2].value, 3600) << "of the first session";
    EXPECT_GE(wall[3].value, 7200) << "of the second one";
    for (std::size_t i = 1; i < 5; ++i) EXPECT_GT(wall[i].value, wall[i - 1].value);
}

TEST_F(TrainingRunTest, AChangedSettingIsRecordedAndHoldsAfterAResume)
{
    RecordingObserver observer;
    {
        auto run = TrainingRun::open(request(0, "run"), observer).take();
        run->step();
        ASSERT_TRUE(run->change("learning_rate", 0.004).ok());
        const Status refused = run->change("batch_size", 4);
        ASSERT_FALSE(refused.ok());
        EXPECT_FALSE(refused.error().hint.empty());
        run->step();
        run->finish("stopped");
    }
    EXPECT_EQ(observer.of<event::SettingChanged>().size(), 1U);
    const auto events = RunReader::open(m_small / "run" / "metrics.sqlite").take().events().value();
    EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const StoredEvent& e) {
        return e.kind == "setting" && e.step == 1 && e.message.find("learning_rate = 0.004") != std::string::npos;
    }));
    EXPECT_EQ(read_train_state(HfCheckpoint::open(checkpoint_path(m_small / "run", 2)).take())->config.learning_rate,
              0.004);
    EXPECT_EQ(refusal(resumed(3, "run")), "");
}

TEST_F(TrainingRunTest, EvaluationsChangeTheirPaceAndSizeWhileItTrains)
{
    RecordingObserver observer;
    RunRequest r = request(0);
    r.settings.push_back("eval_every=0");
    auto run = TrainingRun::open(r, observer).take();
    const auto evaluated = [&] {
        std::vector<std::int64_t> steps;
        for (const auto& validation : observer.of<event::Validation>()) steps.push_back(validation.step);
        return steps;
    };
    const auto steps = [&](int count) {
        for (int i = 0; i < count; ++i) run->step();
    };
    steps(4);
    EXPECT_TRUE(evaluated().empty());
    ASSERT_TRUE(run->change("eval_every", 3).ok());
    steps(4);
    EXPECT_EQ(evaluated(), std::vector<std::int64_t>{6});
    ASSERT_TRUE(run->change("eval_every", 1).ok());
    steps(1);
    EXPECT_EQ(evaluated(), (std::vector<std::int64_t>{6, 9}));
    // Two runs that differ in nothing but how much they evaluate, from a step on.
    ASSERT_TRUE(run->change("eval_batches", 3).ok());
    steps(1);
    r.settings.back() = "eval_every=10";
    for (const auto& [batches, same] : {std::pair{3, true}, {1, false}}) {
        r.settings.push_back("eval_batches=" + std::to_string(batches));
        RecordingObserver other;
        auto twin = TrainingRun::open(r, other).take();
        for (int i = 0; i < 10; ++i) twin->step();
        EXPECT_EQ(other.of<event::Validation>().at(0).loss == observer.of<event::Validation>().back().loss, same)
            << batches;
    }
    ASSERT_TRUE(run->change("eval_every", 0).ok());
    steps(3);
    EXPECT_EQ(evaluated(), (std::vector<std::int64_t>{6, 9, 10}));
}

TEST_F(TrainingRunTest, EverySettingThatMayChangeIsTheTrainersAtTheNextStep)
{
    // What its change shows in; one that is marked anew has to be added here.
    const std::map<std::string, double> values = {{"learning_rate", 0.02},     {"min_learning_rate", 0.0009},
                                                  {"weight_decay", 3},         {"gradient_clip", 0.01},
                                                  {"bias_update_speed", 0.25}, {"balance_loss_alpha", 2},
                                                  {"mtp_loss_weight", 2},      {"eval_every", 2},
                                                  {"eval_batches", 3},         {"log_every", 2},
                                                  {"probe_every", 1}};
    std::set<std::string> live;
    for (const auto& field : train_config_fields())
        if (field.change == Change::WhileTraining) live.insert(std::string(field.key));
    std::set<std::string> tried;
    for (const auto& [key, value] : values) tried.insert(key);
    EXPECT_EQ(live, tried);
    // Of the optimizer and the loss: the second step after it is another one. (The first shows the loss before it.)
    const auto losses = [&](const std::string& key) {
        RecordingObserver observer;
        RunRequest r = request(0);
        r.settings.push_back("warmup_steps=0");
        r.settings.push_back("constant_fraction=0");
        r.settings.push_back("decay_fraction=0.5");
        auto run = TrainingRun::open(r, observer).take();
        for (int i = 0; i < 3; ++i) run->step();
        if (!key.empty() && !run->change(key, values.at(key)).ok()) ADD_FAILURE() << key;
        for (int i = 0; i < 2; ++i) run->step();
        std::vector<double> result;
        for (const StepReport& report : observer.reports) result.push_back(report.loss);
        for (const LayerLoad& load : observer.reports.back().loads)
            result.insert(result.end(), load.bias.begin(), load.bias.end());
        return result;
    };
    const auto as_it_was = losses("");
    for (const char* key : {"learning_rate", "min_learning_rate", "weight_decay", "gradient_clip", "bias_update_speed",
                            "balance_loss_alpha", "mtp_loss_weight"})
        EXPECT_NE(losses(key), as_it_was) << key;
}

TEST_F(TrainingRunTest, TheWeightOfTheMtpLossIsRecordedWithEachStepAndAChangeIsSeenInTheNext)
{
    RecordingObserver observer;
    auto run = TrainingRun::open(request(0), observer).take();
    for (int i = 0; i < 2; ++i) run->step();
    ASSERT_TRUE(run->change("mtp_loss_weight", 0.05).ok());
    for (int i = 0; i < 2; ++i) run->step();
    std::vector<double> weights;
    for (const StepReport& report : observer.reports) {
        EXPECT_NEAR(report.loss, report.main_loss + report.mtp_loss_weight * report.mtp_loss + report.balance_loss,
                    1e-6);
        weights.push_back(report.mtp_loss_weight);
    }
    EXPECT_EQ(weights, (std::vector<double>{0.3, 0.3, 0.05, 0.05}));
}

TEST_F(TrainingRunTest, HandsOnRoutingAreRecordedAndHoldAfterAResumeAsIfItHadNeverStopped)
{
    const auto hands = [](TrainingRun& run) {
        EXPECT_TRUE(run.steer(command::SwitchExpert{1, 4, ExpertSwitch::Off, 3}).ok());
        EXPECT_TRUE(run.steer(command::SetExpertBias{2, 5, 0.5, 4}).ok());
        const Status refused = run.steer(command::SwitchExpert{1, 99, ExpertSwitch::Off, 5});
        EXPECT_FALSE(refused.ok()) << "there is no such expert";
    };
    RecordingObserver observer;
    for (const char* name : {"whole", "parts"}) {
        auto run = TrainingRun::open(request(12, name), observer).take();
        for (int i = 0; i < 3; ++i) run->step();
        hands(*run);
        const std::string folder = name;
        while (!run->finished() && (folder == "whole" || observer.reports.back().step < 6)) run->step();
        run->finish("stopped");
    }
    const auto told = observer.of<event::RoutingChanged>();
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0].step, 3);
    EXPECT_EQ(told[0].text, "layer 1, expert 4 is off");
    EXPECT_EQ(told[0].ticket, 3U);
    EXPECT_EQ(told[1].text, "layer 2, expert 5 has a bias of 0.5");

    RecordingObserver second;
    train(resumed(12, "parts"), second);
    const auto again = second.of<event::RoutingChanged>();
    ASSERT_EQ(again.size(), 1U) << "what is in force is told to who did not see it";
    EXPECT_EQ(again[0].step, 6);
    EXPECT_EQ(again[0].control, told[0].control);
    EXPECT_EQ(again[0].text, "off are layer 1: expert 4; balancing is learned");
    for (const StepReport& report : second.reports) EXPECT_EQ(report.loads[0].counts[4], 0);
    ASSERT_FALSE(second.loads.empty());
    EXPECT_EQ(second.loads.back()->control, told[0].control);
    for (const char* file : {"model.safetensors", "triptych/optimizer.safetensors"})
        EXPECT_TRUE(slurp(checkpoint_path(m_small / "whole", 12) / file) ==
                    slurp(checkpoint_path(m_small / "parts", 12) / file))
            << file << " differs";

    const auto events = RunReader::open(m_small / "whole" / "metrics.sqlite").take().events().value();
    std::vector<std::string> recorded;
    for (const StoredEvent& e : events)
        if (e.kind == "routing") recorded.push_back(std::to_string(e.step) + " " + e.message);
    EXPECT_EQ(recorded, (std::vector<std::string>{"3 step 3: layer 1, expert 4 is off",
                                                  "3 step 3: layer 2, expert 5 has a bias of 0.5"}));
    EXPECT_NE(slurp(m_small / "whole" / "events.jsonl").find("\"routing\""), std::string::npos);
    // The history keeps frames with what is in force in their step.
    const auto history = HistoryReader::open(m_small / "whole");
    ASSERT_TRUE(history.ok());
    EXPECT_TRUE((*history->loads(3))->control.empty());
    EXPECT_EQ((*history->loads(4))->control, told[0].control);
}

TEST_F(TrainingRunTest, FewerActiveExpertsAreASettingThatIsRecordedAndHoldsAfterAResume)
{
    const auto chosen = [](const StepReport& report) {
        const auto& counts = report.loads[0].counts;
        return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    };
    RecordingObserver observer;
    {
        auto run = TrainingRun::open(request(12, "run"), observer).take();
        for (int i = 0; i < 3; ++i) run->step();
        EXPECT_TRUE(run->change("active_experts", 1, 9).ok());
        for (int i = 0; i < 3; ++i) run->step();
        run->finish("stopped");
    }
    EXPECT_EQ(chosen(observer.reports[2]), 3 * chosen(observer.reports[3])) << "three before, one from the next step on";
    const auto told = observer.of<event::SettingChanged>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].step, 3);
    EXPECT_EQ(told[0].key, "active_experts");
    EXPECT_EQ(told[0].value, 1);
    EXPECT_EQ(told[0].ticket, 9U);

    RecordingObserver second;
    train(resumed(12, "run"), second);
    const auto again = second.of<event::SettingChanged>();
    ASSERT_EQ(again.size(), 1U) << "what is in force is told to who did not see it";
    EXPECT_EQ(again[0].step, 6);
    EXPECT_EQ(again[0].value, 1);
    EXPECT_TRUE(second.of<event::RoutingChanged>().empty()) << "the election is as ever";
    for (const StepReport& report : second.reports) EXPECT_EQ(chosen(report), chosen(observer.reports[3]));

    const auto events = RunReader::open(m_small / "run" / "metrics.sqlite").take().events().value();
    std::vector<std::string> recorded;
    for (const StoredEvent& e : events)
        if (e.kind == "setting") recorded.push_back(e.message);
    EXPECT_EQ(recorded, (std::vector<std::string>{"step 3: active_experts = 1", "step 6: active_experts = 1"}));
    const auto history = HistoryReader::open(m_small / "run");
    ASSERT_TRUE(history.ok());
    EXPECT_EQ((*history->loads(3))->control.active, 0);
    EXPECT_EQ((*history->loads(4))->control.active, 1);
}

TEST_F(TrainingRunTest, EachSampleContinuesAnotherTextInTurn)
{
    RecordingObserver observer;
    train(request(12), observer);
    const auto samples = observer.of<event::SampleText>();
    ASSERT_EQ(samples.size(), 3U);
    const auto beginning = [&](std::size_t i) { return samples[i].text.substr(0, 12); };
    EXPECT_NE(beginning(0), beginning(1));
    EXPECT_EQ(beginning(0), beginning(2)) << "there are two validation texts in a batch";
}

TEST_F(TrainingRunTest, EndsAtWhicheverLimitComesFirst)
{
    RecordingObserver observer;
    RunRequest tokens = request(0);
    tokens.max_tokens = 64 * 3 - 1;
    EXPECT_EQ(train(tokens, observer)->finish_reason(), "max tokens reached");
    EXPECT_EQ(observer.reports.size(), 3U);
    RunRequest minutes = request(0);
    minutes.max_minutes = 1e-9;
    EXPECT_EQ(train(minutes, observer)->finish_reason(), "max minutes reached");
}

TEST_F(TrainingRunTest, ARunThatCannotBeginLeavesNothingBehind)
{
    const auto before = names();
    const auto with = [&](auto change) {
        RunRequest r = request(1, "run");
        change(r);
        return r;
    };
    const auto data = [&](const std::string& name, const std::string& contents) {
        const auto path = m_small.write("data/" + name, contents).string();
        return with([&](RunRequest& r) { r.data = {path}; });
    };
    EXPECT_NE(refusal(with([](RunRequest& r) { r.settings.push_back("n_group=3"); })).find("n_group"),
              std::string::npos);
    EXPECT_NE(
        refusal(with([](RunRequest& r) { r.settings.push_back("vocab_size=100"); })).find("byte tokenizer needs 264"),
        std::string::npos);
    EXPECT_NE(refusal(with([](RunRequest& r) { r.data = {"/no/such/text"}; })).find("/no/such/text"),
              std::string::npos);
    EXPECT_NE(refusal(with([](RunRequest& r) { r.data = {"builtin:klingon"}; })).find("klingon"), std::string::npos);
    EXPECT_NE(refusal(with([](RunRequest& r) { r.data = {}; })).find("0 data sources"), std::string::npos);
    EXPECT_NE(refusal(data("empty.txt", "")).find("empty.txt"), std::string::npos);
    EXPECT_NE(refusal(data("short.txt", "A word.")).find("short.txt"), std::string::npos);
    EXPECT_NE(refusal(data("binary.txt", std::string(5000, '\0'))).find("binary.txt"), std::string::npos);
    fs::remove_all(m_small / "data");
    EXPECT_EQ(names(), before);
}

TEST_F(TrainingRunTest, APlaceThatIsTakenOrMayNotBeWrittenIsRefusedAndLeftAsItIs)
{
    m_small.write("file", "mine");
    m_small.write("full/letter.txt", "mine");
    fs::create_directory(m_small / "locked");
    fs::permissions(m_small / "locked", fs::perms(0555));
    RecordingObserver observer;
    train(request(1, "taken"), observer);
    const std::string manifest = slurp(m_small / "taken" / "run.json");
    EXPECT_NE(refusal(request(1, "taken")).find("holds a run already"), std::string::npos);
    EXPECT_NE(refusal(request(1, "file")).find("is a file"), std::string::npos);
    EXPECT_NE(refusal(request(1, "full")).find("is not empty"), std::string::npos);
    EXPECT_NE(refusal(request(1, "file/below")).find("cannot create"), std::string::npos);
    {
        const WithoutPrivileges nobody;
        EXPECT_NE(refusal(request(1, "locked/run")).find("ermission denied"), std::string::npos);
        EXPECT_NE(refusal(request(1, "locked")).find("ermission denied"), std::string::npos);
    }
    EXPECT_EQ(slurp(m_small / "taken" / "run.json"), manifest);
    EXPECT_EQ(slurp(m_small / "file"), "mine");
    EXPECT_TRUE(fs::is_empty(m_small / "locked"));
    EXPECT_EQ(names(), (std::vector<std::string>{"config.json", "file", "full", "locked", "taken"}));
}

TEST_F(TrainingRunTest, ADiskThatIsFullAtTheStartLeavesNothingBehind)
{
    fs::create_directory(m_small / "mine");
    for (const rlim_t bytes : {rlim_t{200}, rlim_t{6000}}) {
        const FileSizeLimit limit(bytes);
        EXPECT_NE(refusal(request(1, "run")), "");
        EXPECT_NE(refusal(request(1, "mine")), "");
    }
    EXPECT_EQ(names(), (std::vector<std::string>{"config.json", "mine"})) << "the user's own empty folder stays";
    EXPECT_TRUE(fs::is_empty(m_small / "mine"));
}

TEST_F(TrainingRunTest, ADiskThatGetsFullWhileSavingKeepsTheLastCheckpointAndTheTraining)
{
    // The limit is that of the whole process. Of all files only the model is larger than it, by far: the thread that
    // stores metrics must not meet it whenever it happens to write.
    constexpr std::uintmax_t kLimit = 1'000'000;
    RecordingObserver observer;
    RunRequest large = request(0, "run");
    large.settings.push_back("intermediate_size=8192");
    auto run = TrainingRun::open(large, observer).take();
    run->step();
    EXPECT_TRUE(run->save_checkpoint());
    ASSERT_GT(fs::file_size(checkpoint_path(m_small / "run", 1) / "model.safetensors"), kLimit);
    run->step();
    {
        const FileSizeLimit limit(kLimit);
        EXPECT_FALSE(run->save_checkpoint());
    }
    const auto troubles = observer.of<event::Health>();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_EQ(troubles[0].kind, "checkpoint");
    EXPECT_NE(troubles[0].message.find("model.safetensors"), std::string::npos) << troubles[0].message;
    EXPECT_EQ(latest_checkpoint(m_small / "run"), checkpoint_path(m_small / "run", 1));
    EXPECT_EQ(std::distance(fs::directory_iterator(m_small / "run" / "checkpoints"), fs::directory_iterator()), 1);
    run->step();
    run->finish("stopped");
    EXPECT_EQ(latest_checkpoint(m_small / "run"), checkpoint_path(m_small / "run", 3));
    EXPECT_EQ(series("run", Metric::Loss).size(), 3U);
}

TEST_F(TrainingRunTest, ALogThatCannotBeWrittenIsToldOnceAndStopsNothing)
{
    RecordingObserver observer;
    auto run = TrainingRun::open(request(0, "run"), observer).take();
    run->finish("stopped");
    fs::remove(m_small / "run" / "log.txt");
    fs::create_directory(m_small / "run" / "log.txt");
    RecordingObserver second;
    train(resumed(4, "run"), second);
    const auto troubles = second.of<event::Health>();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].message.find("log.txt"), std::string::npos);
    EXPECT_EQ(second.reports.size(), 4U);
}

TEST_F(TrainingRunTest, ChangedDataAndDamagedStateAreRefusedOnResume)
{
    const std::string text = lines(400);
    const auto file = m_small.write("text.txt", text);
    RunRequest r = request(2, "run");
    r.data = {file.string()};
    RecordingObserver observer;
    train(r, observer);
    EXPECT_EQ(refusal(resumed(3, "run")), "");
    m_small.write("text.txt", text + "One line more.\n");
    EXPECT_NE(refusal(resumed(3, "run")).find("its content has changed"), std::string::npos);
    m_small.write("text.txt", text);
    fs::resize_file(checkpoint_path(m_small / "run", 2) / "triptych" / "optimizer.safetensors", 5000);
    const std::string damaged = refusal(resumed(3, "run"));
    EXPECT_NE(damaged.find("optimizer.safetensors"), std::string::npos) << damaged;
    EXPECT_EQ(series("run", Metric::Loss).size(), 2U) << "a refused resume does not touch the run";
}

TEST_F(TrainingRunTest, WhatTheMachineHasNoMemoryForIsRefusedBeforeItIsAllocated)
{
    RunRequest r = request(1, "run");
    r.model = "deepseek-v3";
    r.settings = {"sequence_length=32"};
    EXPECT_NE(refusal(r).find("GiB of memory"), std::string::npos);
    r = request(1, "run");
    r.settings.push_back("batch_size=1048576");
    r.settings.push_back("hidden_size=65536");
    EXPECT_NE(refusal(r).find("GiB of memory"), std::string::npos);
    EXPECT_EQ(names(), std::vector<std::string>{"config.json"});
}

TEST(MemoryNeed, IsWhatTheTrainerAllocates)
{
    const SmallRun small;
    const RunSetup setup = resolve_setup(small.request()).take();
    const MemoryNeed need = memory_need(setup);
    RecordingObserver observer;
    const auto run = TrainingRun::open(small.request(), observer);
    ASSERT_TRUE(run.ok());
    const auto started = observer.of<event::RunStarted>().at(0);
    EXPECT_EQ(need.activation_bytes, static_cast<double>(started.planned_bytes));
    EXPECT_NEAR(need.parameter_bytes, static_cast<double>(started.parameter_bytes), 0.05 * need.parameter_bytes)
        << "without the gaps between rows";
}

} // namespace
} // namespace triptych::test
