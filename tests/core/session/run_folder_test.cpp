// The folder of a run over several sessions: how each ended, who has it, and what a resumed one may change.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/curve_reader.h"
#include "core/run/event_file.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "core/session/recorded_run.h"
#include "core/session/run_folder.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/training_run_fixture.h"

#include <unistd.h>

#include <algorithm>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
class RunFolderTest : public TrainingRunTest {};

TEST_F(RunFolderTest, ARunBeginsWhereOneWasKilledBeforeThereWasARun)
{
    m_small.write("run/session.json", R"({"format": 1, "state": "running", "process": 999999999, "host": ""})");
    m_small.write("run/.triptych-12-0.tmp", "{");
    RecordingObserver observer;
    EXPECT_NE(train(request(1, "run"), observer), nullptr);
    m_small.write("other/.triptych-12-0.tmp.txt", "mine");
    EXPECT_NE(refusal(request(1, "other")).find("is not empty"), std::string::npos);
}

TEST_F(RunFolderTest, ATextShortenedWhileItIsTrainedOnEndsTheRunWithItsLastWholeStepSaved)
{
    const std::string text = lines(400);
    const auto file = m_small.write("text.txt", text);
    RunRequest r = request(6, "run");
    r.data = {file.string()};
    RunRequest whole = request(6, "whole");
    whole.data = r.data;
    RecordingObserver observer;
    train(whole, observer);

    auto run = TrainingRun::open(r, observer).take();
    for (int i = 0; i < 3; ++i) run->step();
    fs::resize_file(file, 100);
    Error failure;
    try {
        run->step();
        FAIL() << "the fourth step had its data";
    } catch (const std::exception& e) {
        failure = failure_of(e);
    }
    EXPECT_NE(failure.what.find("training stopped: " + file.string() + " has changed since the run began: it had"),
              std::string::npos)
        << failure.what;
    EXPECT_NE(failure.hint.find("Put the old file back and resume"), std::string::npos) << failure.hint;
    run->abandon(failure);
    run->abandon({"a second end", ""});
    run->finish("a third");

    EXPECT_EQ(latest_checkpoint(m_small / "run"), checkpoint_path(m_small / "run", 3));
    const auto session = read_session(m_small / "run");
    ASSERT_TRUE(session);
    EXPECT_EQ(session->state, RunState::Failed);
    EXPECT_EQ(session->reason, failure.what);
    EXPECT_EQ(session->hint, failure.hint);
    const auto events = RunReader::open(m_small / "run" / "metrics.sqlite").take().events().value();
    EXPECT_EQ(std::count_if(events.begin(), events.end(),
                            [&](const StoredEvent& e) {
                                return e.kind == "error" && e.step == 3 && e.message.find(failure.what) == 0;
                            }),
              1);
    EXPECT_NE(slurp(m_small / "run" / "log.txt").find("  end  failed\n"), std::string::npos);

    m_small.write("text.txt", text);
    train(resumed(6, "run"), observer);
    EXPECT_EQ(read_session(m_small / "run")->state, RunState::Finished);
    const auto expected = series("whole", Metric::Loss);
    const auto found = series("run", Metric::Loss);
    ASSERT_EQ(found.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(found[i].value, expected[i].value) << "step " << i + 1;
}

TEST_F(RunFolderTest, WhatFailsOnAFullDiskIsStillToldInTheFolder)
{
    RecordingObserver observer;
    {
        auto run = TrainingRun::open(request(0, "broken"), observer).take();
        run->step();
        const FileSizeLimit limit(6000); // less than any file of a checkpoint or the database
        run->abandon({"a defect", "Report it."});
    }
    EXPECT_EQ(read_session(m_small / "broken")->reason, "a defect");
    EXPECT_FALSE(latest_checkpoint(m_small / "broken").has_value());
    {
        auto run = TrainingRun::open(request(0, "unsaved"), observer).take();
        run->step();
        const FileSizeLimit limit(6000);
        run->finish("stopped");
    }
    const auto unsaved = read_session(m_small / "unsaved");
    EXPECT_EQ(unsaved->state, RunState::Failed);
    EXPECT_NE(unsaved->reason.find("stopped, but its last steps could not be saved: cannot write"), std::string::npos)
        << unsaved->reason;
    EXPECT_FALSE(unsaved->hint.empty());
}

TEST_F(RunFolderTest, ASecondOneOfTheSameFolderIsRefusedAndChangesNothing)
{
    RecordingObserver observer;
    RunRequest r = request(0, "run");
    r.checkpoint_every = 1;
    auto run = TrainingRun::open(r, observer).take();
    for (int i = 0; i < 2; ++i) run->step();
    const std::string session = slurp(m_small / "run" / "session.json");
    const std::string held = " is being trained by process " + std::to_string(::getpid()) + " on ";
    EXPECT_NE(refusal(resumed(9, "run")).find(held), std::string::npos) << refusal(resumed(9, "run"));
    EXPECT_NE(refusal(request(9, "run")).find(held), std::string::npos) << refusal(request(9, "run"));
    EXPECT_EQ(slurp(m_small / "run" / "session.json"), session);
    const auto viewed = read_recorded_run(m_small / "run", "text");
    ASSERT_TRUE(viewed.ok());
    EXPECT_EQ(viewed->state, SessionState::Idle);
    EXPECT_EQ(viewed->session->state, RunState::Running);
    EXPECT_EQ(viewed->notes.size(), 1U);
    run->step();
    run->finish("stopped");
    EXPECT_EQ(series("run", Metric::Loss).size(), 3U);
    EXPECT_EQ(read_session(m_small / "run")->state, RunState::Stopped);
    EXPECT_EQ(refusal(resumed(9, "run")), "") << "finish() releases it";
}

TEST_F(RunFolderTest, ARefusedResumeLeavesTheRecordOfTheLastSession)
{
    RecordingObserver observer;
    train(request(2, "run"), observer);
    const std::string session = slurp(m_small / "run" / "session.json");
    RunRequest r = resumed(4, "run");
    r.device = "cuda";
    EXPECT_NE(refusal(r), "");
    EXPECT_EQ(slurp(m_small / "run" / "session.json"), session);
    EXPECT_EQ(read_session(m_small / "run")->reason, "max steps reached");
}

TEST_F(RunFolderTest, AnExtendedRunIsPlannedAnewAndSaysSo)
{
    RunRequest r = m_small.request();
    r.settings.insert(r.settings.end(), {"warmup_steps=1", "eval_every=0"});
    r.run_folder = (m_small / "run").string();
    r.max_steps = 10;
    RecordingObserver observer;
    train(r, observer);
    EXPECT_DOUBLE_EQ(observer.reports.back().learning_rate, 1e-4);
    EXPECT_TRUE(observer.of<event::Schedule>().empty());
    const std::string manifest = slurp(m_small / "run" / "run.json");
    train(resumed(8, "run"), observer);
    EXPECT_EQ(slurp(m_small / "run" / "run.json"), manifest) << "no other resume changes it";

    RecordingObserver second;
    train(resumed(20, "run"), second);
    const auto told = second.of<event::Schedule>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].step, 10);
    EXPECT_EQ(told[0].steps_before, 10);
    EXPECT_EQ(told[0].steps, 20);
    EXPECT_DOUBLE_EQ(told[0].rate_before, 1e-4);
    EXPECT_DOUBLE_EQ(told[0].rate, 1e-3);
    ASSERT_EQ(second.reports.size(), 10U);
    EXPECT_DOUBLE_EQ(second.reports.front().learning_rate, 1e-3) << "step 11 of 20 is before the decay";
    EXPECT_DOUBLE_EQ(second.reports.back().learning_rate, 1e-4);
    EXPECT_EQ(read_manifest(m_small / "run")->schedule_steps, 20);
    const auto events = RunReader::open(m_small / "run" / "metrics.sqlite").take().events().value();
    EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const StoredEvent& e) { return e.kind == "schedule"; }),
              1);
    RecordingObserver third;
    train(resumed(0, "run"), third);
    EXPECT_TRUE(third.reports.empty()) << "the planned end is the new one";
    EXPECT_TRUE(third.of<event::Schedule>().empty());
}

TEST_F(RunFolderTest, BeyondAPlanThatIsASettingTheRateStaysAtItsMinimumAndThatIsSaid)
{
    RecordingObserver observer;
    RunRequest r = request(20, "run"); // schedule_steps=20
    r.settings.push_back("warmup_steps=1");
    train(r, observer);
    train(resumed(22, "run"), observer);
    const auto told = observer.of<event::Schedule>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].steps, 20);
    EXPECT_EQ(told[0].steps_before, 20);
    EXPECT_EQ(told[0].rate, observer.reports.back().learning_rate);
}

TEST_F(RunFolderTest, DataThatMovedAreTakenFromTheirNewPlaceWhenTheyAreTheSame)
{
    const auto old_place = m_small.write("text.txt", lines(400));
    RunRequest whole = request(6, "whole");
    whole.data = {old_place.string()};
    RunRequest first = whole;
    first.run_folder = (m_small / "run").string();
    first.max_steps = 2;
    RecordingObserver observer;
    train(whole, observer);
    train(first, observer);
    const auto new_place = m_small / "renamed.txt";
    fs::rename(old_place, new_place);
    {
        const auto lost = TrainingRun::open(resumed(6, "run"), observer);
        ASSERT_FALSE(lost.ok());
        EXPECT_NE(lost.error().what.find("text.txt: no such file"), std::string::npos) << lost.error().what;
        EXPECT_NE(lost.error().hint.find("--data NEW"), std::string::npos) << lost.error().hint;
    }
    const std::string manifest = slurp(m_small / "run" / "run.json");
    RunRequest moved = resumed(4, "run");
    moved.moved_data = {m_small.write("other.txt", lines(401)).string()};
    EXPECT_NE(refusal(moved).find("other.txt is not " + old_place.string() + ", which the run was started on"),
              std::string::npos);
    EXPECT_EQ(slurp(m_small / "run" / "run.json"), manifest);
    moved.moved_data = {new_place.string()};
    train(moved, observer);
    EXPECT_EQ(read_manifest(m_small / "run")->data[0].spec, new_place.string());
    train(resumed(6, "run"), observer); // which knows the new place
    const auto expected = series("whole", Metric::Loss);
    const auto found = series("run", Metric::Loss);
    ASSERT_EQ(found.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(found[i].value, expected[i].value) << "step " << i + 1;
}

TEST_F(RunFolderTest, LoadsAreRecordedAsOftenAsTheSizeOfTheModelAllows)
{
    EXPECT_EQ(load_interval(4, 16), 1);
    EXPECT_EQ(load_interval(4, 256), 1);
    EXPECT_EQ(load_interval(4, 257), 2);
    EXPECT_EQ(load_interval(58, 256), 15);
    RecordingObserver observer;
    auto run = TrainingRun::open(request(0, "run"), observer).take();
    run->step();
    const StepReport small = observer.reports.back();
    run->finish("stopped");
    RunSetup setup = resolve_setup(request(0, "large")).take();
    {
        auto folder = RunFolder::open(setup, {}, {}, {}, std::nullopt).take();
        StepReport report = small;
        report.loads.assign(58, LayerLoad{0, std::vector<std::int64_t>(256, 1), {}});
        for (std::size_t layer = 0; layer < 58; ++layer) report.loads[layer].layer = static_cast<std::int64_t>(layer);
        for (report.step = 1; report.step <= 40; ++report.step) folder->record(report);
        folder->close(RunState::Stopped, "enough");
    }
    const auto reader = RunReader::open(m_small / "large" / "metrics.sqlite").take();
    EXPECT_EQ(reader.loads()->at(57).step, 31);
    EXPECT_EQ(reader.loads(30)->at(0).step, 16);
    EXPECT_EQ(reader.loads(15)->at(0).step, 1);
    EXPECT_EQ(RunReader::open(m_small / "run" / "metrics.sqlite")->loads()->at(0).step, 1);
}

TEST_F(RunFolderTest, ARunsCurvesHaveTheSamplesOfEveryStepAfterAResumeToo)
{
    RecordingObserver observer;
    train(request(4, "half"), observer);
    train(resumed(9, "half"), observer);
    const auto curves = CurveReader::open(m_small / "half" / "curves").take();
    EXPECT_EQ(curves.first_step(), 1);
    ASSERT_EQ(curves.last_step(), 9);
    for (const MetricId metric : curves.columns()) {
        std::vector<double> values(9);
        ASSERT_TRUE(curves.values(*curves.column(metric), 1, values).ok());
        const auto stored = series("half", metric);
        ASSERT_EQ(stored.size(), 9U) << metric_name(metric);
        for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(values[i], stored[i].value) << metric_name(metric);
    }
    EXPECT_EQ(curves.sparse(Metric::ValLoss)->size(), 2U) << "at steps 4 and 8";
    const auto events = read_events(m_small / "half" / "events.jsonl")->events;
    EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const StoredEvent& e) { return e.kind == "start"; }), 2);
}

} // namespace
} // namespace triptych::test
