// What a killed training leaves, and what an ended one does not.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "tests/support/small_run.h"

#include <filesystem>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class AutosaveTest : public testing::Test {
protected:
    RunRequest request() const
    {
        RunRequest r = m_small.request();
        r.run_folder = folder().string();
        return r;
    }
    /// It saves itself after each step.
    std::unique_ptr<TrainingRun> start(const RunRequest& request)
    {
        auto run = TrainingRun::open(request, m_observer).take();
        run->set_autosave(std::chrono::seconds(0));
        return run;
    }
    fs::path folder() const { return m_small / "run"; }
    std::vector<std::int64_t> saved() const
    {
        std::vector<std::int64_t> steps;
        for (const StoredCheckpoint& each : list_checkpoints(folder())) steps.push_back(each.step);
        return steps;
    }

    SmallRun m_small;
    RecordingObserver m_observer;
};

using Steps = std::vector<std::int64_t>;

TEST_F(AutosaveTest, TheNewestTwoAreThereWhileItTrainsAndNoneBesideTheLastOneAfterwards)
{
    auto run = start(request());
    for (int i = 0; i < 5; ++i) run->step();
    EXPECT_EQ(saved(), (Steps{5, 4}));
    EXPECT_EQ(latest_checkpoint(folder()), checkpoint_path(folder(), 5));
    EXPECT_TRUE(m_observer.of<event::CheckpointSaved>().empty()) << "nobody asked for them, so nobody is told";
    run->finish("stopped");
    EXPECT_EQ(saved(), Steps{5});
}

TEST_F(AutosaveTest, WhatWasSavedByWishStays)
{
    RunRequest r = request();
    r.checkpoint_every = 4;
    auto run = start(r);
    run->step();
    run->step();
    EXPECT_TRUE(run->save_checkpoint()); // of a step that saved itself
    for (int i = 0; i < 5; ++i) run->step();
    EXPECT_EQ(saved(), (Steps{7, 6, 4, 2}));
    run->finish("stopped");
    EXPECT_EQ(saved(), (Steps{7, 4, 2}));
}

TEST_F(AutosaveTest, AKilledRunGoesOnFromTheNewest)
{
    {
        auto run = start(request());
        for (int i = 0; i < 3; ++i) run->step();
        // Gone without finish(), as a process that is killed.
    }
    RunRequest again;
    again.resume = folder().string();
    auto run = TrainingRun::open(again, m_observer);
    ASSERT_TRUE(run) << run.error().what;
    (*run)->step();
    EXPECT_EQ(m_observer.reports.back().step, 4);
    (*run)->finish("stopped");
}

TEST_F(AutosaveTest, MinutesPassBetweenTwo)
{
    auto run = TrainingRun::open(request(), m_observer).take();
    for (int i = 0; i < 3; ++i) run->step();
    EXPECT_EQ(saved(), Steps{});
    run->finish("stopped");
    EXPECT_EQ(saved(), Steps{3});
}

} // namespace
} // namespace triptych::test
