// What a run keeps for a look back, and what comes back of it: the recorder, the reader, and training runs with both.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/run/manifest.h"
#include "core/run/session_file.h"
#include "core/session/history_reader.h"
#include "core/session/history_recorder.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/history_frames.h"
#include "tests/support/training_run_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using Steps = std::vector<std::int64_t>;

bool holds(const Steps& steps, std::int64_t step)
{
    return std::find(steps.begin(), steps.end(), step) != steps.end();
}

/// A run folder without a run: a manifest, and what a recorder makes.
class HistoryOfFrames : public testing::Test {
protected:
    HistoryOfFrames()
    {
        Manifest manifest;
        manifest.model = load_model_config("tiny").value();
        manifest.domains = {"english", "code", "arithmetic"};
        stamp(manifest);
        manifest.data = {{"builtin:mixed", "00", 0, 0}};
        EXPECT_TRUE(write_manifest(m_temp.path(), manifest).ok());
        m_shape = history_shape(manifest.model, 3, 12);
    }
    HistoryRecorder recorder(std::int64_t last_step = 0) const { return {m_temp.path(), m_shape, last_step}; }
    HistoryReader reader() const
    {
        auto opened = HistoryReader::open(m_temp.path());
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    fs::path file(HistoryKind kind) const { return history_folder(m_temp.path()) / history_file_name(kind); }

    TempFolder m_temp;
    HistoryShape m_shape;
};

TEST_F(HistoryOfFrames, GivesTheNewestFrameAtOrBeforeAStep)
{
    {
        HistoryRecorder to = recorder();
        for (const std::int64_t step : {5, 6, 9}) to.add(load_frame(step, m_shape));
        to.add(full_probe_frame(10, m_shape));
        to.add(full_probe_frame(20, m_shape));
    }
    const HistoryReader from = reader();
    EXPECT_EQ(from.steps(HistoryKind::Loads), (Steps{5, 6, 9}));
    EXPECT_EQ(from.steps(HistoryKind::Probe), (Steps{10, 20}));
    EXPECT_EQ(from.loads(4).value(), nullptr);
    EXPECT_EQ(from.loads(5).value()->step, 5);
    EXPECT_EQ(from.loads(8).value()->step, 6);
    EXPECT_EQ(from.loads(INT64_MAX).value()->step, 9);
    EXPECT_EQ(from.probe(9).value(), nullptr);
    EXPECT_EQ(from.probe(19).value()->step, 10);
    EXPECT_NEAR(from.loads(8).value()->ratio[2][1], load_frame(6, m_shape).ratio[2][1],
                1e-4 * static_cast<double>(load_frame(6, m_shape).ratio[2][1]));
}

TEST_F(HistoryOfFrames, AFrameHasTheDetailAndTheDomainsThatWereKeptLast)
{
    {
        HistoryRecorder to = recorder();
        for (std::int64_t step = 5; step <= 20; ++step) to.add(load_frame(step, m_shape));
    }
    const HistoryReader from = reader();
    EXPECT_EQ(from.steps(HistoryKind::Detail), (Steps{5, 8, 16}));
    const auto frame = from.loads(15).value();
    EXPECT_EQ(frame->step, 15);
    EXPECT_EQ(frame->domains, (std::vector<std::string>{"english", "code", "arithmetic"}));
    EXPECT_NEAR(frame->lift[1][3] / load_frame(8, m_shape).lift[1][3], 1, 0.014);
    EXPECT_EQ(frame->domain_share[0].size(), 3U);
}

TEST_F(HistoryOfFrames, AFrameHasTheTokensThatWereKeptLastAndTheirStep)
{
    {
        HistoryRecorder to = recorder();
        for (std::int64_t step = 5; step <= 140; ++step) to.add(load_frame(step, m_shape));
    }
    EXPECT_EQ(reader().steps(HistoryKind::Words), (Steps{5, 64, 128}));
    const auto frame = reader().loads(127).value();
    EXPECT_EQ(frame->step, 127);
    EXPECT_EQ(frame->words_step, 64);
    EXPECT_EQ(frame->words[1][3].size(), load_frame(64, m_shape).words[1][3].size());
    EXPECT_EQ(frame->domains.size(), 3U) << "and its detail";
    EXPECT_EQ(reader().loads(140).value()->words_step, 128);
    std::string bytes = slurp(file(HistoryKind::Words));
    bytes[bytes.size() - 40] ^= 1;
    m_temp.rewrite("history/words.bin", bytes);
    EXPECT_EQ(reader().loads(140).value()->words_step, 64) << "the newest that is whole";
    m_temp.rewrite("history/words.bin", bytes.substr(0, 100));
    EXPECT_EQ(reader().loads(140).value()->words_step, 0) << "a file that was cut";
    m_temp.rewrite("history/words.bin", "this is none");
    EXPECT_TRUE(reader().loads(140).value()->words.empty()) << "and costs the others nothing";
    fs::remove(file(HistoryKind::Words));
    const auto old = reader().loads(140).value();
    EXPECT_TRUE(old->words.empty() && old->word_share.empty()) << "a run of an older version";
    EXPECT_EQ(old->domain_share.size(), old->layers.size());
}

TEST_F(HistoryOfFrames, TimesOfOpsAreThoseOfTheNewestFrameAtOrBeforeAStep)
{
    {
        HistoryRecorder to = recorder();
        for (std::int64_t step = 5; step <= 45; step += 5) to.add(kernel_frame(step, 7));
    }
    const HistoryReader from = reader();
    EXPECT_EQ(from.steps(HistoryKind::Kernels), (Steps{5, 10, 20, 30, 40}));
    EXPECT_EQ(from.kernels(4).value(), nullptr);
    EXPECT_EQ(from.kernels(29).value()->step, 20);
    EXPECT_EQ(from.kernels(29).value()->ops.size(), 7U);
    EXPECT_EQ(from.every_kernels().size(), 5U);
    EXPECT_EQ(from.every_kernels(25).back()->step, 20);
    std::string bytes = slurp(file(HistoryKind::Kernels));
    bytes[bytes.size() - 40] ^= 1;
    m_temp.rewrite("history/kernels.bin", bytes);
    EXPECT_EQ(reader().kernels(45).value()->step, 30) << "the newest that is whole";
    EXPECT_EQ(reader().every_kernels().size(), 4U);
    bytes[10] = 9;
    m_temp.rewrite("history/kernels.bin", bytes);
    const auto newer = reader().kernels(45);
    ASSERT_FALSE(newer.ok());
    EXPECT_NE(newer.error().what.find("kernels.bin has format 9"), std::string::npos) << newer.error().what;
    m_temp.rewrite("history/kernels.bin", "TRIHIST");
    EXPECT_NE(reader().kernels(45).error().what.find("kernels.bin is no history"), std::string::npos);
    fs::remove(file(HistoryKind::Kernels));
    EXPECT_EQ(reader().kernels(45).value(), nullptr) << "a run of an older version";
}

TEST_F(HistoryOfFrames, DamagedFramesArePassedOver)
{
    {
        HistoryRecorder to = recorder();
        for (std::int64_t step = 1; step <= 5; ++step) to.add(load_frame(step, m_shape));
    }
    std::string bytes = slurp(file(HistoryKind::Loads));
    bytes[64 + 3 * history_frame_bytes(HistoryKind::Loads, m_shape) + 50] ^= 1;
    m_temp.rewrite("history/loads.bin", bytes);
    const HistoryReader from = reader();
    EXPECT_EQ(from.loads(5).value()->step, 5);
    EXPECT_EQ(from.loads(4).value()->step, 3);
}

TEST_F(HistoryOfFrames, AFileOfANewerVersionIsToldWhenItIsAskedForAndCostsTheOthersNothing)
{
    {
        HistoryRecorder to = recorder();
        to.add(load_frame(1, m_shape));
        to.add(full_probe_frame(1, m_shape));
    }
    std::string bytes = slurp(file(HistoryKind::Probe));
    bytes[10] = 9;
    m_temp.rewrite("history/probe.bin", bytes);
    {
        const HistoryReader from = reader();
        EXPECT_EQ(from.loads(1).value()->step, 1);
        const auto probe = from.probe(1);
        ASSERT_FALSE(probe.ok());
        EXPECT_NE(probe.error().hint.find("newer Triptych"), std::string::npos);
    }
    HistoryRecorder to = recorder(1);
    const auto troubles = to.take_troubles();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].find("probe.bin has format 9"), std::string::npos) << troubles[0];
    EXPECT_FALSE(to.wants(HistoryKind::Probe, 100)) << "no pass is made for what cannot be kept";
    to.add(load_frame(2, m_shape));
    to.add(full_probe_frame(100, m_shape));
    to.flush();
    EXPECT_EQ(reader().loads(9).value()->step, 2);
    EXPECT_EQ(slurp(file(HistoryKind::Probe)), bytes);
}

TEST_F(HistoryOfFrames, AFolderWithoutAHistorySaysHowToRecordOne)
{
    const auto none = HistoryReader::open(m_temp.path());
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().what.find("has no history"), std::string::npos);
    EXPECT_NE(none.error().hint.find("probe_every"), std::string::npos);
    EXPECT_FALSE(HistoryReader::open(m_temp / "nothing").ok());
}

TEST_F(HistoryOfFrames, AReaderFollowsFilesThatBeginLater)
{
    HistoryRecorder to = recorder();
    to.add(load_frame(1, m_shape));
    to.flush();
    HistoryReader from = reader();
    EXPECT_EQ(from.probe(9).value(), nullptr);
    EXPECT_FALSE(from.refresh().value());
    to.add(full_probe_frame(2, m_shape));
    to.flush();
    EXPECT_TRUE(from.refresh().value());
    EXPECT_EQ(from.probe(9).value()->step, 2);
}

TEST_F(HistoryOfFrames, ALongRunStaysUnderItsBytesAndKeepsWhatIsMarked)
{
    constexpr std::int64_t kSteps = 100'000;
    const HistoryLimits loads = history_plan(HistoryKind::Loads, m_shape).limits;
    const HistoryLimits detail = history_plan(HistoryKind::Detail, m_shape).limits;
    LoadFrame frame = load_frame(1, m_shape);
    int made = 0;
    {
        HistoryRecorder to = recorder();
        for (std::int64_t step = 1; step <= kSteps; ++step) {
            frame.step = step;
            if (step == 777 || step == 50'001) to.add(frame, Keep::Always);
            if (!to.wants_loads(step)) continue;
            ++made;
            to.add(frame);
            if (made % 64 == 0) to.flush(); // as if steps took their time
        }
    }
    const HistoryReader from = reader();
    const Steps steps = from.steps(HistoryKind::Loads);
    EXPECT_GE(steps.size(), loads.most_frames / 2);
    EXPECT_LE(steps.size(), loads.most_frames + 2);
    EXPECT_TRUE(holds(steps, 777));
    EXPECT_TRUE(holds(steps, 50'001));
    EXPECT_GE(from.steps(HistoryKind::Detail).size(), detail.most_frames / 2);
    EXPECT_LE(from.steps(HistoryKind::Detail).size(), detail.most_frames);
    EXPECT_LE(fs::file_size(file(HistoryKind::Loads)),
              64 + (loads.most_frames + 2) * history_frame_bytes(HistoryKind::Loads, m_shape));
    EXPECT_LT(made, 6000) << "frames that nobody keeps are not made";
    EXPECT_EQ(from.loads(kSteps).value()->step / 128, kSteps / 128);
}

TEST_F(HistoryOfFrames, AModelWithoutDetailCostsNoMoreThanItsLoads)
{
    HistoryPlan grown = history_plan(HistoryKind::Loads, m_shape);
    grown.limits.first_stride = 100;
    {
        auto loads = HistoryFileWriter::open(file(HistoryKind::Loads), HistoryKind::Loads, grown, 0).take();
        ASSERT_TRUE(loads.add(1, std::string(10, ' '), Keep::ByStride).ok());
    }
    LoadFrame frame = load_frame(1, m_shape);
    frame.domain_share.clear();
    frame.lift.clear();
    HistoryRecorder to = recorder(1);
    int made = 0;
    for (frame.step = 2; frame.step <= 1000; ++frame.step) {
        if (!to.wants_loads(frame.step)) continue;
        ++made;
        to.add(frame);
    }
    EXPECT_LE(made, 1000 / 8 + 1000 / 100);
    EXPECT_GE(made, 1000 / 100);
}

TEST_F(HistoryOfFrames, AFullDiskIsToldOnce)
{
    HistoryRecorder to = recorder();
    to.add(load_frame(1, m_shape));
    to.flush();
    {
        const FileSizeLimit limit(600);
        for (std::int64_t step = 2; step <= 5; ++step) to.add(load_frame(step, m_shape));
        to.flush();
    }
    const auto troubles = to.take_troubles();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].find("loads.bin"), std::string::npos);
    to.add(load_frame(6, m_shape));
    to.flush();
    EXPECT_TRUE(to.take_troubles().empty());
    EXPECT_EQ(reader().steps(HistoryKind::Loads), (Steps{1, 6}));
}

TEST_F(HistoryOfFrames, WhatAKilledWriterLeftUnfinishedIsRemoved)
{
    m_temp.write("history/.triptych-12-3.tmp", "half a file");
    m_temp.write("history/notes.txt", "not ours");
    const HistoryRecorder to = recorder();
    EXPECT_FALSE(fs::exists(m_temp / "history/.triptych-12-3.tmp"));
    EXPECT_TRUE(fs::exists(m_temp / "history/notes.txt"));
}

/// Runs of the small model. Its MoE layers are 1 and the MTP block.
class HistoryOfARun : public TrainingRunTest {
protected:
    HistoryReader history(const std::string& folder) const
    {
        auto opened = HistoryReader::open(m_small / folder);
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    RunRequest with_probe(std::int64_t steps, const std::string& folder) const
    {
        RunRequest r = request(steps, folder);
        r.settings.push_back("probe_every=5");
        return r;
    }
    /// Of all frames, but for the time that they were written at.
    std::vector<std::string> payloads(const std::string& folder, HistoryKind kind) const
    {
        const auto from = HistoryFileReader::open(history_folder(m_small / folder) / history_file_name(kind), kind);
        std::vector<std::string> all;
        if (!from) return all;
        for (const HistoryRecord& record : from->records())
            all.push_back(std::to_string(record.step) + ":" + from->payload(record).value());
        return all;
    }
};

TEST_F(HistoryOfARun, KeepsTheLoadsOfEveryStepOfAShortRun)
{
    RecordingObserver observer;
    train(request(6, "run"), observer);
    const HistoryReader from = history("run");
    EXPECT_EQ(from.steps(HistoryKind::Loads), (Steps{1, 2, 3, 4, 5, 6}));
    EXPECT_TRUE(from.steps(HistoryKind::Probe).empty()) << "nobody watched";
    const auto shown = observer.loads.front();
    const auto kept = from.loads(shown->step).value();
    ASSERT_EQ(kept->layers.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(kept->layers[i].layer, shown->layers[i].layer);
        EXPECT_FLOAT_EQ(static_cast<float>(kept->max_vio[i]), static_cast<float>(shown->max_vio[i]));
        EXPECT_EQ(kept->dead_fraction[i], shown->dead_fraction[i]);
        for (std::size_t e = 0; e < 8; ++e)
            EXPECT_NEAR(kept->ratio[i][e], shown->ratio[i][e], 0.002 + 1e-4 * static_cast<double>(shown->ratio[i][e]));
    }
    EXPECT_EQ(kept->domains, shown->domains);
    EXPECT_EQ(kept->domain_share.size(), 2U);
    EXPECT_EQ(from.loads(6).value()->layers[0].bias.size(), 8U);
}

TEST_F(HistoryOfARun, RecordsTheProbeTextWithoutAWindowWhereItIsAskedFor)
{
    RecordingObserver observer;
    train(with_probe(24, "run"), observer);
    const HistoryReader from = history("run");
    EXPECT_EQ(from.steps(HistoryKind::Probe), (Steps{5, 10, 20})) << "at most one in ten steps";
    EXPECT_EQ(observer.probes.size(), 3U) << "no pass is made for frames that are not kept";
    const auto kept = from.probe(20).value();
    const auto& made = observer.probes.back();
    EXPECT_EQ(kept->tokens, made->tokens);
    EXPECT_EQ(kept->routes, made->routes);
    for (std::size_t i = 0; i < made->attention.size(); ++i)
        ASSERT_NEAR(kept->attention[i], made->attention[i], 0.004) << i;
    EXPECT_EQ(kept->next[3][0].text, made->next[3][0].text);
}

TEST_F(HistoryOfARun, KeepsTimesOfOpsAndTokensWithoutAWindow)
{
    RecordingObserver observer;
    train(request(70, "run"), observer);
    const HistoryReader from = history("run");
    EXPECT_EQ(from.steps(HistoryKind::Kernels), (Steps{5, 10, 20, 30, 40, 50, 60, 70}));
    const auto times = from.kernels(69).value();
    EXPECT_EQ(times->step, 60);
    EXPECT_GT(times->ops.size(), 10U);
    EXPECT_GT(times->peak_flops, 0);
    EXPECT_EQ(times->peak_bytes_per_second, 0) << "nobody looked";
    double seconds = times->outside_seconds;
    for (const auto& op : times->ops) seconds += op.seconds;
    EXPECT_NEAR(seconds / times->seconds, 1, 1e-6);
    EXPECT_EQ(from.steps(HistoryKind::Words), (Steps{1, 64}));
    const auto loads = from.loads(70).value();
    EXPECT_EQ(loads->words_step, 64);
    ASSERT_EQ(loads->words.size(), 2U);
    std::size_t tokens = 0;
    for (const auto& layer : loads->words)
        for (const auto& expert : layer) tokens += expert.size();
    EXPECT_GT(tokens, 10U);
    EXPECT_GT(loads->word_share[0], 0);
    for (const auto& frame : observer.loads)
        EXPECT_TRUE(frame->words.empty() || frame->step == 1 || frame->step == 64) << "nobody looked";
}

TEST_F(HistoryOfARun, RecordingChangesNoNumberOfTheTraining)
{
    RecordingObserver plain;
    train(request(8), plain);
    RecordingObserver recorded;
    train(with_probe(8, "run"), recorded);
    ASSERT_EQ(plain.reports.size(), recorded.reports.size());
    for (std::size_t i = 0; i < plain.reports.size(); ++i)
        EXPECT_EQ(plain.reports[i].loss, recorded.reports[i].loss) << i;
}

TEST_F(HistoryOfARun, KeepsWhatSomebodyWatches)
{
    RecordingObserver observer;
    auto run = TrainingRun::open(request(6, "run"), observer).take();
    run->step();
    run->set_probe("12 + 30", 10);
    run->set_probe("", 0);
    run->step();
    run->finish("stopped");
    const HistoryReader from = history("run");
    EXPECT_EQ(from.steps(HistoryKind::Probe), Steps{1});
    EXPECT_EQ(from.probe(2).value()->tokens.size(), 7U);
}

TEST_F(HistoryOfARun, StepsOfSettingsAndCheckpointsAreMarkedToBeKept)
{
    RecordingObserver observer;
    RunRequest r = request(7, "run");
    r.checkpoint_every = 5;
    auto run = TrainingRun::open(r, observer).take();
    run->step();
    run->step();
    ASSERT_TRUE(run->change("learning_rate", 0.002).ok());
    while (!run->finished()) run->step();
    run->finish("");
    const auto from = HistoryFileReader::open(m_small / "run/history/loads.bin", HistoryKind::Loads);
    ASSERT_TRUE(from.ok());
    Steps kept;
    for (const HistoryRecord& record : from->records())
        if (record.keep == Keep::Always) kept.push_back(record.step);
    EXPECT_EQ(kept, (Steps{2, 5, 7}));
    EXPECT_EQ(from->records().size(), 7U) << "no step is there twice";
}

TEST_F(HistoryOfARun, AResumedRunDropsWhatLiesBeyondItsCheckpointAndGoesOn)
{
    RecordingObserver observer;
    RunRequest r = with_probe(12, "run");
    r.checkpoint_every = 6;
    train(r, observer);
    const auto before = payloads("run", HistoryKind::Loads);
    fs::remove_all(m_small / "run/checkpoints/step-000012");
    RecordingObserver again;
    {
        auto run = TrainingRun::open(resumed(14, "run"), again).take();
        EXPECT_EQ(history("run").steps(HistoryKind::Loads), (Steps{1, 2, 3, 4, 5, 6}));
        EXPECT_EQ(history("run").steps(HistoryKind::Probe), Steps{5});
        while (!run->finished()) run->step();
        run->finish("");
    }
    const HistoryReader from = history("run");
    EXPECT_EQ(from.steps(HistoryKind::Loads).size(), 14U);
    EXPECT_EQ(from.steps(HistoryKind::Probe), (Steps{5, 10}));
    const auto after = payloads("run", HistoryKind::Loads);
    EXPECT_TRUE(std::equal(before.begin(), before.begin() + 6, after.begin()));
}

TEST_F(HistoryOfARun, OpeningItAgainGivesTheSameFrames)
{
    RecordingObserver observer;
    train(with_probe(12, "run"), observer);
    const auto loads = payloads("run", HistoryKind::Loads);
    const auto probes = payloads("run", HistoryKind::Probe);
    ASSERT_EQ(loads.size(), 12U);
    ASSERT_EQ(probes.size(), 2U);
    RecordingObserver again;
    TrainingRun::open(resumed(12, "run"), again).take()->finish("");
    EXPECT_EQ(payloads("run", HistoryKind::Loads), loads);
    EXPECT_EQ(payloads("run", HistoryKind::Probe), probes);
}

TEST_F(HistoryOfARun, AHistoryThatCannotBeWrittenIsToldAndStopsNothing)
{
    RecordingObserver observer;
    train(request(4, "run"), observer);
    m_small.write("run/history/loads.bin", "this is none");
    RecordingObserver again;
    train(resumed(6, "run"), again);
    EXPECT_EQ(again.reports.size(), 2U);
    std::string told;
    for (const auto& health : again.of<event::Health>())
        if (health.kind == "history") told += health.message;
    EXPECT_NE(told.find("loads.bin is no history"), std::string::npos) << told;
    EXPECT_EQ(read_session(m_small / "run")->state, RunState::Finished);
}

} // namespace
} // namespace triptych::test
