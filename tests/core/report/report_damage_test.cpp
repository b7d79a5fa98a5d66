// Reports of runs that are broken, half written or of older versions: what is left is said, and what is missing too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_files.h"
#include "core/run/checkpoint.h"
#include "tests/support/mutate.h"
#include "tests/support/reported_run.h"

#include <algorithm>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class ReportDamage : public ReportedRunTest {
protected:
    static void cut(const fs::path& file, double share)
    {
        fs::resize_file(file, static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * share));
    }
    static std::string troubles_of(const RunReport& report)
    {
        std::string all;
        for (const std::string& trouble : report.troubles) all += trouble + "\n";
        return all;
    }
};

TEST_F(ReportDamage, AFolderThatIsNoRunIsAnErrorThatSaysSo)
{
    const auto report = read_run_report(m_other.path());
    ASSERT_FALSE(report.ok());
    EXPECT_NE(report.error().what.find("is no run folder"), std::string::npos);
    EXPECT_FALSE(report.error().hint.empty());
    EXPECT_FALSE(read_run_report(m_other / "nowhere").ok());
}

TEST_F(ReportDamage, WithoutAHistoryItHasTheNewestLoadsAndSaysWhatIsMissing)
{
    const auto run = copied();
    fs::remove_all(run / "history");
    const RunReport report = report_of(run);
    ASSERT_TRUE(report.loads);
    EXPECT_EQ(report.loads->maps.size(), 1U);
    EXPECT_NE(lack_of(report, ReportPart::Loads), "");
    EXPECT_FALSE(report.specialisation);
    EXPECT_NE(lack_of(report, ReportPart::Specialisation), "");
    EXPECT_FALSE(report.acceptance);
    EXPECT_NE(lack_of(report, ReportPart::Acceptance).find("curves"), std::string::npos);
    ASSERT_TRUE(report.attention) << "the checkpoint can be asked";
    EXPECT_EQ(report.attention->source, AttentionSource::Checkpoint);
    EXPECT_EQ(report.attention->step, kSteps);
    EXPECT_TRUE(report.money);
}

TEST_F(ReportDamage, WithoutACheckpointEitherThereIsNoAttention)
{
    const auto run = copied();
    fs::remove_all(run / "history");
    fs::remove_all(run / "checkpoints");
    const RunReport report = report_of(run);
    EXPECT_FALSE(report.attention);
    const std::string why = lack_of(report, ReportPart::Attention);
    EXPECT_NE(why.find("no checkpoint"), std::string::npos) << why;
    EXPECT_EQ(why.find(m_other.path().string()), std::string::npos) << "where it lies is nobody's business: " << why;
    EXPECT_TRUE(report.checkpoints.empty());
    EXPECT_NE(lack_of(report, ReportPart::Checkpoints), "");
}

TEST_F(ReportDamage, WithoutADatabaseItsCurvesAreThoseOfTheOtherFiles)
{
    const auto run = copied();
    fs::remove(run / "metrics.sqlite");
    const RunReport report = report_of(run);
    const RunReport whole = report_of(folder());
    ASSERT_NE(report.curve(Metric::Loss), nullptr);
    EXPECT_EQ(report.curve(Metric::Loss)->last.value, whole.curve(Metric::Loss)->last.value);
    EXPECT_EQ(report.events.size(), whole.events.size());
    EXPECT_FALSE(report.money);
    EXPECT_NE(lack_of(report, ReportPart::Money), "");
    const std::string troubles = troubles_of(report);
    EXPECT_NE(troubles.find("metrics.sqlite"), std::string::npos);
    EXPECT_EQ(troubles.find(m_other.path().string()), std::string::npos) << troubles;
}

TEST_F(ReportDamage, NoPathOfThisMachineIsSaidHoweverTheFolderIsGiven)
{
    const auto run = copied();
    cut(run / "metrics.sqlite", 0.5);
    fs::create_directory_symlink(m_other.path(), s_run->path() / "link");
    const fs::path before = fs::current_path();
    fs::current_path(run);
    std::vector<RunReport> reports;
    for (const fs::path& given : {fs::path("."), fs::path("../run"), run / "", s_run->path() / "link" / "run"})
        reports.push_back(report_of(given));
    fs::current_path(before);
    fs::remove(s_run->path() / "link");
    for (const RunReport& report : reports) {
        EXPECT_EQ(report.summary.name, "run");
        EXPECT_EQ(report.troubles, reports.front().troubles);
        EXPECT_NE(troubles_of(report).find("run/metrics.sqlite"), std::string::npos);
        EXPECT_EQ(troubles_of(report).find(m_other.path().string()), std::string::npos) << troubles_of(report);
    }
}

TEST_F(ReportDamage, ACutDatabaseLeavesTheRest)
{
    const auto run = copied();
    cut(run / "metrics.sqlite", 0.5);
    const RunReport report = report_of(run);
    EXPECT_NE(report.curve(Metric::Loss), nullptr);
    EXPECT_NE(troubles_of(report), "");
    EXPECT_EQ(report.checkpoints.size(), 2U);
}

TEST_F(ReportDamage, ABrokenAccountOfTimeIsLackingAndTheRestIsThere)
{
    const auto run = copied();
    fs::resize_file(run / "time.json", 5);
    const RunReport report = report_of(run);
    EXPECT_FALSE(report.time);
    EXPECT_NE(lack_of(report, ReportPart::Time).find("time.json"), std::string::npos);
    ASSERT_TRUE(report.money);
    EXPECT_TRUE(report.money->full.time.empty());
    fs::remove(run / "time.json");
    EXPECT_NE(lack_of(report_of(run), ReportPart::Time).find("older version"), std::string::npos);
}

TEST_F(ReportDamage, ARunThatHasNotBegunSaysThatItHasNothing)
{
    const auto run = copied();
    for (const char* part : {"curves", "history", "checkpoints", "events.jsonl", "time.json"})
        fs::remove_all(run / part);
    for (const char* part : {"metrics.sqlite", "metrics.sqlite-wal", "metrics.sqlite-shm"}) fs::remove(run / part);
    {
        auto store = RunStore::open(run / "metrics.sqlite", 0);
        ASSERT_TRUE(store.ok());
    }
    const RunReport report = report_of(run);
    EXPECT_EQ(report.summary.steps, 0);
    EXPECT_FALSE(report.summary.loss);
    EXPECT_FALSE(report.throughput);
    for (const ReportPart part :
         {ReportPart::Curves, ReportPart::Loads, ReportPart::Balance, ReportPart::Attention, ReportPart::Acceptance,
          ReportPart::Throughput, ReportPart::Time, ReportPart::Events, ReportPart::Checkpoints})
        EXPECT_NE(lack_of(report, part), "") << name_of(part);
    EXPECT_NE(report.command.line.find("--steps"), std::string::npos);
    ASSERT_TRUE(report.money);
    EXPECT_TRUE(report.money->extrapolations.empty()) << "nothing can be extrapolated from nothing";
}

TEST_F(ReportDamage, ARunThatWasKilledSaysSo)
{
    const auto run = copied();
    std::string session = slurp(run / "session.json");
    const auto at = session.find("\"finished\"");
    ASSERT_NE(at, std::string::npos);
    session.replace(at, 10, "\"running\" ");
    std::ofstream(run / "session.json") << session;
    const RunReport report = report_of(run);
    EXPECT_EQ(report.summary.state, RowState::Interrupted);
    EXPECT_FALSE(report.summary.state_reason.empty());
    EXPECT_EQ(troubles_of(report), "") << "how it ended is no damage";
}

TEST_F(ReportDamage, WhateverHappensToItsFilesAReportIsWrittenOrRefused)
{
    for (const char* name : {"events.jsonl", "time.json", "session.json", "run.json", "history/loads.bin",
                             "history/probe.bin", "history/acceptance.bin", "history/detail.bin", "history/kernels.bin",
                             "history/words.bin", "curves/sparse.bin"}) {
        const auto run = copied(std::string("run-") + std::to_string(std::hash<std::string>{}(name)));
        ASSERT_TRUE(fs::exists(run / name)) << name;
        const std::string whole = slurp(run / name);
        for (std::uint64_t round = 0; round < 3; ++round) {
            fs::remove(run / name);
            std::ofstream(run / name, std::ios::binary) << mutated(whole, 7, round);
            const auto set = read_report_set({run});
            if (set) {
                EXPECT_GT(report_json(*set).size(), 1000U);
                EXPECT_GT(report_csv(*set).size(), 1000U);
            } else {
                EXPECT_FALSE(set.error().what.empty());
            }
        }
    }
}

} // namespace
} // namespace triptych::test
