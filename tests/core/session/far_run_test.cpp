// A run that another machine trains, read from the folder that is all that is seen of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "core/session/recorded_run.h"
#include "core/session/run_row.h"
#include "tests/support/far_copy.h"
#include "tests/support/small_run.h"

#include <thread>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class FarRun : public testing::Test {
protected:
    FarRun()
    {
        RunRequest request = m_small.request();
        request.run_folder = (m_small / "near").string();
        m_run = TrainingRun::open(request, m_observer).take();
        fs::create_directories(far());
    }
    fs::path far() const { return m_small / "far"; }
    Result<RecordedRun> read() const { return read_recorded_run(far(), {}, {.probe = RecordedPart::Probe::Later}); }
    /// Until the files that the trainer writes now and then have come.
    bool brings(const std::function<bool(const RecordedRun&)>& enough) const
    {
        for (int i = 0; i < 1000; ++i) {
            while (m_mount.pass()) {
            }
            if (const auto run = read(); run && enough(*run)) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    SmallRun m_small;
    RecordingObserver m_observer;
    std::unique_ptr<TrainingRun> m_run;
    FarCopy m_mount{m_small / "near", m_small / "far", "node7"};
};

/// A database cannot be shared with a writer on another machine, and need not be.
TEST_F(FarRun, IsReadFromTheFilesBesideItsDatabase)
{
    for (int i = 0; i < 6; ++i) m_run->step(); // the newest is in the curves once the next one is done
    ASSERT_TRUE(brings([](const RecordedRun& run) { return run.last_step >= 5 && run.loads && !run.events.empty(); }));
    const auto run = read();
    ASSERT_TRUE(run && run->session);
    EXPECT_EQ(run->session->state, RunState::Running);
    EXPECT_EQ(run->session->host, "node7");
    EXPECT_EQ(run->state, SessionState::Idle);
    EXPECT_GE(run->series.at(Metric::Loss).size(), 5U);
    EXPECT_EQ(run->series.at(Metric::ValLoss).size(), 1U);
    EXPECT_EQ(run->loads->experts, 8);
    for (const std::string& note : run->notes) EXPECT_EQ(note.find("cannot be read"), std::string::npos) << note;
    EXPECT_EQ(read_run_row(far(), {}, nullptr).state, RowState::Training);
    EXPECT_FALSE(fs::exists(far() / "metrics.sqlite-shm")) << "nothing is put beside the other one's database";
    m_run->finish("stopped");
}

TEST_F(FarRun, ItsDatabaseSaysWhoHasItAndOpensOnceItHasEnded)
{
    for (int i = 0; i < 3; ++i) m_run->step();
    ASSERT_TRUE(brings([](const RecordedRun& run) { return run.last_step >= 2; }));
    const auto held = RunReader::open(far() / "metrics.sqlite");
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().hint, kWrittenElsewhereHint);
    EXPECT_NE(held.error().what.find("on node7 since"), std::string::npos) << held.error().what;
    m_run->finish("stopped");
    ASSERT_TRUE(brings([](const RecordedRun& run) { return run.session && run.session->state == RunState::Stopped; }));
    const auto free = RunReader::open(far() / "metrics.sqlite");
    ASSERT_TRUE(free) << free.error().what;
    EXPECT_EQ(free->series(Metric::Loss).value().size(), 3U);
}

TEST_F(FarRun, ItsRecordIsThatOfTheDatabaseOnceBothHaveAllOfIt)
{
    for (int i = 0; i < 6; ++i) m_run->step();
    ASSERT_TRUE(brings([](const RecordedRun& run) { return run.last_step >= 5 && !run.events.empty(); }));
    const auto afar = RunRecord::open(far());
    ASSERT_TRUE(afar) << afar.error().what;
    EXPECT_TRUE(afar->is_far());
    const auto near = RunRecord::open(m_small / "near");
    ASSERT_TRUE(near) << near.error().what;
    EXPECT_FALSE(near->is_far()) << "this machine may share SQLite's memory";
    for (const MetricId metric : {MetricId(Metric::Loss), MetricId(Metric::Tokens), MetricId(Metric::ValLoss)}) {
        const auto here = near->series(metric).value();
        const auto there = afar->series(metric).value();
        ASSERT_FALSE(there.empty()) << metric_name(metric);
        ASSERT_LE(there.size(), here.size());
        for (std::size_t i = 0; i < there.size(); ++i) {
            EXPECT_EQ(there[i].step, here[i].step);
            EXPECT_EQ(there[i].value, here[i].value);
        }
        EXPECT_EQ(afar->last(metric).value()->step, there.back().step);
    }
    EXPECT_EQ(afar->series(Metric::Loss, 3).value().front().step, 4);
    EXPECT_TRUE(afar->series(Metric::ValLoss, 100).value().empty());
    EXPECT_FALSE(afar->last({Metric::DomainLoss, 99}).value()) << "it has none of these";
    EXPECT_FALSE(afar->events().value().empty());
    m_run->finish("stopped");
}

} // namespace
} // namespace triptych::test
