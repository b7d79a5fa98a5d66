// Observing steps of a run: only while somebody looks, and all of a step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/kernel_watch.h"

#include "tests/support/training_run_fixture.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

class KernelObserver : public RecordingObserver {
public:
    void on_kernels(std::shared_ptr<const KernelFrame> frame) override { frames.push_back(std::move(frame)); }
    std::vector<std::shared_ptr<const KernelFrame>> frames;
};

class KernelWatchTest : public TrainingRunTest {
protected:
    static void steps(TrainingRun& run, std::int64_t count)
    {
        for (std::int64_t i = 0; i < count; ++i) run.step();
    }
    std::unique_ptr<TrainingRun> open()
    {
        auto run = TrainingRun::open(request(100), m_observer);
        EXPECT_TRUE(run) << run.error().what;
        return run.take();
    }
    KernelObserver m_observer;
};

TEST_F(KernelWatchTest, TellsNothingUntilSomebodyLooks)
{
    const auto run = open();
    steps(*run, 2 * KernelWatch::kEvery);
    EXPECT_TRUE(m_observer.frames.empty());
    run->watch_kernels(true);
    steps(*run, 2 * KernelWatch::kEvery);
    ASSERT_EQ(m_observer.frames.size(), 2U);
    EXPECT_EQ(m_observer.frames.back()->step, 4 * KernelWatch::kEvery);
    run->watch_kernels(false);
    steps(*run, 2 * KernelWatch::kEvery);
    EXPECT_EQ(m_observer.frames.size(), 2U);
}

TEST_F(KernelWatchTest, ARunWithAFolderObservesForItsHistoryAndMeasuresTheMemoryForThoseWhoLook)
{
    const auto run = TrainingRun::open(request(100, "run"), m_observer).take();
    steps(*run, 20);
    ASSERT_EQ(m_observer.frames.size(), 3U) << "at 5, 10 and 20";
    EXPECT_EQ(m_observer.frames.back()->step, 20);
    EXPECT_EQ(m_observer.frames.back()->peak_bytes_per_second, 0);
    run->watch_kernels(true);
    steps(*run, 5);
    ASSERT_EQ(m_observer.frames.size(), 4U);
    EXPECT_GT(m_observer.frames.back()->peak_bytes_per_second, 0);
    run->watch_kernels(false);
    steps(*run, 5);
    EXPECT_EQ(m_observer.frames.back()->step, 30) << "for the history again";
    run->finish("");
}

TEST_F(KernelWatchTest, FindsAllOfTheTimeOfAStep)
{
    const auto run = open();
    run->watch_kernels(true);
    steps(*run, KernelWatch::kEvery);
    ASSERT_EQ(m_observer.frames.size(), 1U);
    const KernelFrame& frame = *m_observer.frames.front();
    double seconds = frame.outside_seconds;
    double calls = 0;
    for (const KernelFrame::Row& op : frame.ops) {
        EXPECT_FALSE(op.name.empty());
        seconds += op.seconds;
        calls += op.calls;
    }
    EXPECT_NEAR(seconds, frame.seconds, 1e-6 + 1e-6 * frame.seconds);
    EXPECT_GT(calls, 10);
    EXPECT_GT(frame.peak_flops, 0);
    EXPECT_GT(frame.peak_bytes_per_second, 0);
    EXPECT_TRUE(std::is_sorted(frame.ops.begin(), frame.ops.end(),
                               [](const auto& a, const auto& b) { return a.seconds > b.seconds; }));
}

TEST_F(KernelWatchTest, DoesNotChangeWhatIsComputed)
{
    const auto plain = open();
    steps(*plain, 6);
    const double loss = m_observer.reports.back().loss;
    const auto watched = open();
    watched->watch_kernels(true);
    steps(*watched, 6);
    EXPECT_EQ(m_observer.reports.back().loss, loss);
}

} // namespace
} // namespace triptych::test
