// The stopwatch of a session, and what a run and its resumptions write down.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/session/time_keeper.h"
#include "tests/support/training_run_fixture.h"

namespace triptych::test {
namespace {

TEST(TimeKeeper, GivesEverySecondToOneUse)
{
    double now = 100;
    TimeKeeper time([&] { return now; });
    now += 3;
    time.charge(TimeUse::Restart);
    now += 10;
    time.charge_step(8);
    now += 2;
    time.charge(TimeUse::Checkpoint);
    time.charge(TimeUse::Checkpoint); // no time went by
    now += 1;
    time.charge(TimeUse::Idle);
    const TimeAccount& account = time.account();
    EXPECT_EQ(account.seconds(TimeUse::Restart), 3);
    EXPECT_EQ(account.seconds(TimeUse::Productive), 8);
    EXPECT_EQ(account.seconds(TimeUse::Stall), 2);
    EXPECT_EQ(account.seconds(TimeUse::Checkpoint), 2);
    EXPECT_EQ(account.seconds(TimeUse::Idle), 1);
    EXPECT_EQ(account.total(), now - 100);
}

TEST(TimeKeeper, IsDueOncePerInterval)
{
    double now = 0;
    TimeKeeper time([&] { return now; });
    EXPECT_FALSE(time.due(10));
    now = 10;
    EXPECT_TRUE(time.due(10));
    EXPECT_FALSE(time.due(10));
    now = 20;
    EXPECT_TRUE(time.due(10));
}

TEST(TimeKeeper, CountsEnergyWhileItMeasures)
{
    const TempFolder temp;
    temp.write("intel-rapl:0/name", "package-0\n");
    temp.write("intel-rapl:0/energy_uj", "1000000\n");
    double now = 0;
    TimeKeeper time([&] { return now; });
    now = 5;
    auto counter = EnergyCounter::open(temp.path());
    ASSERT_TRUE(counter.ok());
    time.measure_energy(counter.take());
    now = 15;
    temp.write("intel-rapl:0/energy_uj", "301000000\n");
    EXPECT_DOUBLE_EQ(time.account().joules, 300);
    EXPECT_DOUBLE_EQ(time.account().joules_seconds, 10);
    EXPECT_DOUBLE_EQ(*time.account().watts(), 30);
}

TEST(TimeKeeper, LeavesOutAPauseThatTheEnergyCountersMayHaveRunOverIn)
{
    const TempFolder temp;
    temp.write("intel-rapl:0/name", "package-0\n");
    temp.write("intel-rapl:0/energy_uj", "0\n");
    double now = 0;
    TimeKeeper time([&] { return now; });
    auto counter = EnergyCounter::open(temp.path());
    ASSERT_TRUE(counter.ok());
    time.measure_energy(counter.take());
    now = 301;
    temp.write("intel-rapl:0/energy_uj", "7000000\n"); // of the last round of several
    EXPECT_EQ(time.account().joules, 0);
    EXPECT_EQ(time.account().joules_seconds, 0);
    now = 311;
    temp.write("intel-rapl:0/energy_uj", "307000000\n");
    EXPECT_DOUBLE_EQ(time.account().joules, 300);
    EXPECT_DOUBLE_EQ(time.account().joules_seconds, 10);
}

class RunTime : public TrainingRunTest {
protected:
    TimeAccount account(const std::string& run) const
    {
        const auto read = read_time_account(m_small / run);
        EXPECT_TRUE(read.ok() && read->has_value());
        return read.ok() ? read->value_or(TimeAccount{}) : TimeAccount{};
    }
    double trained(const std::string& run) const
    {
        const auto path = latest_checkpoint(m_small / run);
        const auto checkpoint = HfCheckpoint::open(*path);
        return read_train_state(*checkpoint)->progress.device_seconds;
    }
};

TEST_F(RunTime, IsProductiveAsLongAsTheCheckpointsSayAndChargesWhatElseItDid)
{
    RunRequest r = request(6, "run");
    r.checkpoint_every = 3;
    r.settings.push_back("eval_every=2");
    RecordingObserver observer;
    train(r, observer);
    const TimeAccount time = account("run");
    EXPECT_NEAR(time.seconds(TimeUse::Productive), trained("run"), 1e-9);
    for (const TimeUse use : {TimeUse::Checkpoint, TimeUse::Evaluation, TimeUse::Stall, TimeUse::Restart})
        EXPECT_GT(time.seconds(use), 0) << static_cast<int>(use);
    EXPECT_EQ(time.seconds(TimeUse::Lost), 0);
    EXPECT_GT(time.goodput(), 0);
    EXPECT_LT(time.goodput(), 1);
}

TEST_F(RunTime, GoesOnAcrossAResumeWithoutBeingResetOrCountedTwice)
{
    RecordingObserver observer;
    train(request(3, "run"), observer);
    const TimeAccount before = account("run");
    train(resumed(6, "run"), observer);
    const TimeAccount after = account("run");
    EXPECT_NEAR(after.seconds(TimeUse::Productive), trained("run"), 1e-9);
    EXPECT_EQ(after.seconds(TimeUse::Lost), 0) << "everything was saved";
    for (const TimeUseInfo& info : time_uses())
        EXPECT_GE(after.seconds(info.use), before.seconds(info.use)) << info.name;
    EXPECT_GT(after.seconds(TimeUse::Restart), before.seconds(TimeUse::Restart));
}

TEST_F(RunTime, StepsThatAreMadeAgainAreLostAndStayPaid)
{
    RunRequest r = request(5, "run");
    r.checkpoint_every = 2;
    RecordingObserver observer;
    train(r, observer);
    const double five = trained("run");
    // As after a killed process: the last checkpoint is that of step 4.
    std::filesystem::remove_all(checkpoint_path(m_small / "run", 5));
    const double four = trained("run");
    ASSERT_LT(four, five);
    train(resumed(6, "run"), observer);
    const TimeAccount time = account("run");
    EXPECT_NEAR(time.seconds(TimeUse::Lost), five - four, 1e-9);
    EXPECT_NEAR(time.seconds(TimeUse::Productive), trained("run"), 1e-9);
}

TEST_F(RunTime, ADamagedAccountStopsNoResumeAndIsTold)
{
    RecordingObserver observer;
    train(request(2, "run"), observer);
    m_small.write("run/time.json", "{");
    RecordingObserver second;
    train(resumed(4, "run"), second);
    const auto notes = second.of<event::Health>();
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].kind, "time");
    EXPECT_NE(notes[0].message.find("time.json"), std::string::npos) << notes[0].message;
    EXPECT_NEAR(account("run").seconds(TimeUse::Productive), trained("run"), 1e-9);
}

} // namespace
} // namespace triptych::test
