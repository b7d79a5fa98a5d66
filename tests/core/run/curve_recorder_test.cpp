// What lies beside a run's database tells what the database tells, however the run was stopped, resumed or killed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_database.h"
#include "core/run/curve_recorder.h"
#include "core/run/event_file.h"
#include "core/run/sqlite_handle.h"
#include "tests/support/curve_rows.h"

#include <cmath>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class CurveRecorderTest : public testing::Test {
protected:
    fs::path run(const std::string& name = "run") const
    {
        fs::create_directories(m_temp / name);
        return m_temp / name;
    }
    static std::unique_ptr<RunStore> store(const fs::path& run, std::int64_t last_step = 0)
    {
        auto opened = RunStore::open(run / "metrics.sqlite", last_step);
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    /// As a run records: all metrics of a step at once, a validation every seven steps, an event every ten.
    static void record(RunStore& store, std::int64_t first, std::int64_t last)
    {
        for (std::int64_t step = first; step <= last; ++step) {
            std::vector<Sample> samples;
            const auto columns = curve_columns(5);
            for (std::size_t c = 0; c < columns.size(); ++c) {
                const double value = curve_value(step, c);
                if (step == 1 || !curve::is_missing(value)) samples.push_back({columns[c], step, value});
            }
            store.record(samples);
            if (step % 7 == 0) store.record({{Metric::ValLoss, step, 1.0 / static_cast<double>(step)}});
            if (step % 10 == 0) store.record(StoredEvent{step, "now", "state", "step " + std::to_string(step)});
        }
        store.flush();
    }
    /// Every sample of the database is in the curves, and no other.
    static void expect_agreement(const fs::path& run)
    {
        const auto database = RunReader::open(run / "metrics.sqlite").take();
        const CurveReader curves = open_reader(run / "curves");
        const auto metrics = database.metrics().value();
        EXPECT_EQ(metrics.size(), curves.columns().size() + curves.sparse_metrics().size());
        for (const MetricId id : metrics) {
            std::vector<SeriesPoint> drawn;
            if (const auto column = curves.column(id)) {
                std::vector<double> values(static_cast<std::size_t>(curves.last_step() - curves.first_step() + 1));
                ASSERT_TRUE(curves.values(*column, curves.first_step(), values).ok());
                for (std::size_t i = 0; i < values.size(); ++i)
                    if (!curve::is_missing(values[i]))
                        drawn.push_back({curves.first_step() + static_cast<std::int64_t>(i), values[i]});
            } else {
                drawn = curves.sparse(id).value();
            }
            const auto stored = database.series(id).value();
            ASSERT_EQ(drawn.size(), stored.size()) << metric_name(id);
            for (std::size_t i = 0; i < stored.size(); ++i) {
                ASSERT_EQ(drawn[i].step, stored[i].step);
                ASSERT_TRUE(same_bits(drawn[i].value, curve::stored(stored[i].value))) << metric_name(id);
            }
        }
        EXPECT_TRUE(agree(curves, database).value());
        const auto events = database.events().value();
        const auto lines = read_events(run / "events.jsonl")->events;
        ASSERT_EQ(lines.size(), events.size());
        for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i].message, events[i].message);
    }
    static void execute(const fs::path& database, const char* sql)
    {
        const auto connection = sqlite::Connection::open(database, sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(connection.ok());
        ASSERT_TRUE(connection->execute(sql).ok());
    }

    TempFolder m_temp;
};

TEST_F(CurveRecorderTest, ARunsCurvesAndEventsAreThoseOfItsDatabase)
{
    record(*store(run()), 1, 1500);
    expect_agreement(run());
    EXPECT_EQ(open_reader(run() / "curves").columns().size(), 5U) << "the metrics of the first step";
}

TEST_F(CurveRecorderTest, AResumedRunHasTheFilesOfOneThatWasNeverStopped)
{
    record(*store(run("whole")), 1, 1500);
    record(*store(run()), 1, 1100);
    record(*store(run(), 700), 701, 1300);
    record(*store(run(), 1300), 1301, 1400);
    record(*store(run(), 1024), 1025, 1500);
    expect_agreement(run());
    expect_same_contents(run() / "curves", run("whole") / "curves");
    EXPECT_EQ(slurp(run() / "events.jsonl"), slurp(run("whole") / "events.jsonl"));
}

TEST_F(CurveRecorderTest, CurvesThatAreMissingDamagedOrBehindAreMadeAnewWhenTheRunIsResumed)
{
    record(*store(run("whole")), 1, 1500);
    const auto damage = [&](const char* what) {
        const std::string name = what;
        if (name == "missing") fs::remove_all(run() / "curves");
        if (name == "damaged") fs::resize_file(run() / "curves/columns.json", 10);
        if (name == "newer") m_temp.write("run/curves/columns.json", R"({"format":9})");
        if (name == "behind") (void)CurveWriter::resume(run() / "curves", 800);
        if (name == "of other steps") // as a version that writes no curves trains them again
            execute(run() / "metrics.sqlite", "UPDATE samples SET value = 7 WHERE step = 1200");
        fs::remove(run() / "events.jsonl");
    };
    for (const char* what : {"missing", "damaged", "newer", "behind", "of other steps"}) {
        SCOPED_TRACE(what);
        record(*store(run()), 1, 1400);
        damage(what);
        auto resumed = store(run(), 1200);
        EXPECT_TRUE(resumed->take_troubles().empty());
        record(*resumed, 1201, 1500);
        resumed.reset();
        expect_agreement(run());
        if (std::string(what) != "of other steps") expect_same_contents(run() / "curves", run("whole") / "curves");
    }
}

TEST_F(CurveRecorderTest, ANewRunDoesNotGoOnWithTheCurvesOfAnother)
{
    record(*store(run()), 1, 300);
    {
        auto anew = store(run(), 0);
        anew->record({{Metric::Tokens, 1, 64.0}});
    }
    const CurveReader curves = open_reader(run() / "curves");
    EXPECT_EQ(curves.columns().size(), 1U);
    EXPECT_EQ(curves.last_step(), 1);
    EXPECT_TRUE(read_events(run() / "events.jsonl")->events.empty());
}

TEST_F(CurveRecorderTest, AMetricThatIsNewAfterAResumeIsSparse)
{
    record(*store(run()), 1, 20);
    {
        auto resumed = store(run(), 20);
        resumed->record({{Metric::Loss, 21, 2.0}, {Metric::MaxVio, 21, 0.25}});
        resumed->record({{Metric::Loss, 22, 2.0}, {Metric::MaxVio, 22, 0.5}});
    }
    expect_agreement(run());
    EXPECT_EQ(open_reader(run() / "curves").sparse(Metric::MaxVio)->size(), 2U);
}

TEST_F(CurveRecorderTest, WhereNoCurvesCanBeWrittenTheRunGoesOnAndSaysSoOnce)
{
    m_temp.write("run/curves", "a file where a folder belongs");
    fs::create_directory(run() / "events.jsonl");
    auto writing = store(run());
    record(*writing, 1, 20);
    record(*writing, 21, 40);
    const auto troubles = writing->take_troubles();
    ASSERT_EQ(troubles.size(), 2U);
    EXPECT_NE(troubles[0].find("events.jsonl"), std::string::npos) << troubles[0];
    EXPECT_NE(troubles[1].find("are not written any more"), std::string::npos) << troubles[1];
    EXPECT_NE(troubles[1].find("made from metrics.sqlite"), std::string::npos) << troubles[1];
    writing.reset();
    EXPECT_EQ(RunReader::open(run() / "metrics.sqlite")->series(Metric::Loss)->back().step, 40);
}

TEST_F(CurveRecorderTest, CurvesThatTheDiskTakesNoMoreAreGivenUpAndReadersAreNotMisled)
{
    record(*store(run()), 1, 20);
    CurveRecorder recorder(run() / "curves");
    ASSERT_TRUE(recorder.resume(RunReader::open(run() / "metrics.sqlite").take(), 20).ok());
    const Status gap = recorder.add({{Metric::Loss, 21 + 10 * curve::kMaxGap, 1.0}});
    ASSERT_FALSE(gap.ok());
    EXPECT_FALSE(gap.error().hint.empty());
    EXPECT_TRUE(recorder.add({{Metric::Loss, 21, 1.0}}).ok()) << "told once";
    EXPECT_TRUE(recorder.commit().ok());
    EXPECT_FALSE(CurveReader::open(run() / "curves").ok());
}

TEST_F(CurveRecorderTest, ADatabaseWithoutStepsOrWithStepsFarApartHasNoCurvesAndSaysWhy)
{
    record(*store(run()), 1, 20);
    execute(run() / "metrics.sqlite", "INSERT INTO samples VALUES (1, 4000000000000000, 1)");
    auto made = make_curves(m_temp / "made", RunReader::open(run() / "metrics.sqlite").take());
    ASSERT_FALSE(made.ok());
    EXPECT_NE(made.error().what.find("no sample between step 20 and step"), std::string::npos) << made.error().what;
    for (const char* sql : {"UPDATE samples SET step = step - 1000",
                            "UPDATE samples SET step = step + 9223372036854000000", "DELETE FROM samples"}) {
        execute(run() / "metrics.sqlite", sql);
        made = make_curves(m_temp / "made", RunReader::open(run() / "metrics.sqlite").take());
        ASSERT_FALSE(made.ok()) << sql;
        EXPECT_NE(made.error().what.find("no steps from 1 on"), std::string::npos) << made.error().what;
    }
}

} // namespace
} // namespace triptych::test
