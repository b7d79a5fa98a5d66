// A run from its request to its end: repeatable to the bit, resumable to the bit, and whole whatever goes wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/run_store.h"
#include "core/session/memory_need.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/training_run_fixture.h"
#include "tests/support/without_privileges.h"

#include <algorithm>

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
    RecordingObserver observer;
    auto run = TrainingRun::open(request(0, "run"), observer).take();
    run->step();
    EXPECT_TRUE(run->save_checkpoint());
    run->step();
    {
        const FileSizeLimit limit(20'000);
        EXPECT_FALSE(run->save_checkpoint());
    }
    // On a busy machine the thread that stores metrics may meet the limit too, and say so first.
    const auto troubles = observer.of<event::Health>();
    const auto unsaved =
        std::find_if(troubles.begin(), troubles.end(), [](const event::Health& h) { return h.kind == "checkpoint"; });
    ASSERT_NE(unsaved, troubles.end());
    EXPECT_NE(unsaved->message.find("model.safetensors"), std::string::npos) << unsaved->message;
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
