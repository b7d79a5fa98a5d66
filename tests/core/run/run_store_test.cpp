// The run's database: complete, in order, readable while it is written, whole after a killed process or a full disk.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_store.h"
#include "core/run/sqlite_handle.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/killed_child.h"
#include "tests/support/temp_folder.h"
#include "tests/support/without_privileges.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class RunStoreTest : public testing::Test {
protected:
    fs::path file() const { return m_temp / "metrics.sqlite"; }
    std::unique_ptr<RunStore> store(std::int64_t last_step = 0) const
    {
        auto opened = RunStore::open(file(), last_step);
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    RunReader reader() const
    {
        auto opened = RunReader::open(file());
        EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
        return opened.take();
    }
    /// What the metrics of a step look like.
    static std::vector<Sample> samples(std::int64_t step)
    {
        const auto value = static_cast<double>(step);
        return {{Metric::Loss, step, 1 / value},
                {{Metric::LayerMaxVio, 3}, step, value},
                {Metric::Tokens, step, 64 * value}};
    }
    static void record(RunStore& store, std::int64_t first, std::int64_t last)
    {
        for (std::int64_t step = first; step <= last; ++step) {
            store.record(samples(step));
            store.record(StoredLoad{step, 1, {step, 0, 7}, {0.5F, -0.25F, 0}});
            store.record(StoredEvent{step, "2025-01-01T00:00:00Z", "state", "step " + std::to_string(step)});
        }
    }
    /// The steps 1..n and nothing else, each with its value.
    static void expect_steps(const RunReader& reader, std::int64_t last)
    {
        const auto series = reader.series(Metric::Loss);
        ASSERT_TRUE(series.ok()) << series.error().what;
        ASSERT_EQ(series->size(), static_cast<std::size_t>(last));
        for (std::int64_t step = 1; step <= last; ++step) {
            const SeriesPoint& point = (*series)[static_cast<std::size_t>(step - 1)];
            ASSERT_EQ(point.step, step);
            ASSERT_EQ(point.value, 1 / static_cast<double>(step));
        }
    }
    static void execute(const fs::path& database, const char* sql)
    {
        const auto connection = sqlite::Connection::open(database, sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(connection.ok());
        const Status done = connection->execute(sql);
        ASSERT_TRUE(done.ok()) << (done.ok() ? "" : done.error().what);
    }

    TempFolder m_temp;
};

TEST_F(RunStoreTest, AReaderSeesACompleteBeginningWhileTheRunGoesOnAndEverythingAtItsEnd)
{
    constexpr std::int64_t kSteps = 20'000;
    auto writing = store();
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (std::int64_t step = 1; step <= kSteps; ++step) writing->record(samples(step));
        writing->flush();
        done = true;
    });
    const RunReader reading = reader();
    std::int64_t seen = 0;
    for (bool last = false; !last;) {
        last = done;
        const auto fresh = reading.series(Metric::Loss, seen);
        if (!fresh.ok()) ADD_FAILURE() << fresh.error().what;
        for (const SeriesPoint& point : fresh.ok() ? *fresh : std::vector<SeriesPoint>()) {
            if (point.step != seen + 1) ADD_FAILURE() << "step " << point.step << " follows step " << seen;
            seen = point.step;
        }
    }
    writer.join();
    EXPECT_EQ(seen, kSteps);
    expect_steps(reading, kSteps);
    EXPECT_EQ(reading.series({Metric::LayerMaxVio, 3})->size(), static_cast<std::size_t>(kSteps));
    EXPECT_TRUE(writing->take_troubles().empty());
}

TEST_F(RunStoreTest, GivesBackLoadsEventsAndTheMetricsThatWereRecorded)
{
    {
        auto writing = store();
        record(*writing, 1, 3);
        writing->record(StoredLoad{3, 4, {1, 2}, {}});
    } // the destructor writes out
    const RunReader reading = reader();
    EXPECT_EQ(reading.metrics().value(),
              (std::vector<MetricId>{Metric::Loss, {Metric::LayerMaxVio, 3}, Metric::Tokens}));
    const auto loads = reading.loads().value();
    ASSERT_EQ(loads.size(), 2U);
    EXPECT_EQ(loads[0].step, 3);
    EXPECT_EQ(loads[0].counts, (std::vector<std::int64_t>{3, 0, 7}));
    EXPECT_EQ(loads[0].bias, (std::vector<float>{0.5F, -0.25F, 0}));
    EXPECT_EQ(loads[1].layer, 4);
    EXPECT_TRUE(loads[1].bias.empty());
    EXPECT_EQ(reading.loads(2)->at(0).step, 2) << "the scrubber asks for the loads of an earlier step";
    EXPECT_TRUE(reading.loads(0)->empty());
    const auto events = reading.events().value();
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].message, "step 2");
    EXPECT_EQ(events[1].kind, "state");
    EXPECT_EQ(events[1].time, "2025-01-01T00:00:00Z");
    EXPECT_TRUE(reading.series(Metric::ValLoss)->empty()) << "a metric without samples is no error";
    EXPECT_FALSE(reading.last(Metric::ValLoss)->has_value());
    const auto last = reading.last(Metric::Loss).value();
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(last->step, 3);
    EXPECT_EQ(last->value, reading.series(Metric::Loss)->back().value);
}

TEST_F(RunStoreTest, KeepsNumbersThatAreNoneAndTextOfAnyKind)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    const std::string text = "a 'quoted' \"text\"; DROP TABLE samples; \xF0\x9F\x98\x80 \xFF\n";
    {
        auto writing = store();
        writing->record({{Metric::Loss, 1, nan}, {Metric::Loss, 2, inf}, {Metric::Loss, 3, -inf}});
        writing->record(StoredEvent{1, "", "sample", text});
    }
    const auto series = reader().series(Metric::Loss).value();
    ASSERT_EQ(series.size(), 3U);
    EXPECT_TRUE(std::isnan(series[0].value));
    EXPECT_EQ(series[1].value, inf);
    EXPECT_EQ(series[2].value, -inf);
    EXPECT_EQ(reader().events()->at(0).message, text);
}

TEST_F(RunStoreTest, WhatWasWrittenOutSurvivesAKilledProcess)
{
    const auto work = [&](const std::function<void()>& ready) {
        auto writing = RunStore::open(file(), 0);
        if (!writing) return;
        record(**writing, 1, 500);
        (*writing)->flush();
        ready();
        for (std::int64_t step = 501;; ++step) (*writing)->record(samples(step));
    };
    kill_amid(work, 300'000); // into the middle of what follows
    if (HasFatalFailure()) return;

    const std::size_t found = reader().series(Metric::Loss)->size();
    EXPECT_GE(found, 500U);
    expect_steps(reader(), static_cast<std::int64_t>(found));
    EXPECT_EQ(reader().events()->size(), 500U);
    record(*store(500), 501, 510);
    expect_steps(reader(), 510);
}

TEST_F(RunStoreTest, GoingOnDropsWhatLiesBeyondTheLastStep)
{
    record(*store(), 1, 30);
    record(*store(20), 21, 22);
    expect_steps(reader(), 22);
    EXPECT_EQ(reader().loads()->at(0).step, 22);
    EXPECT_EQ(reader().events()->size(), 22U);
    EXPECT_EQ(reader().events()->back().message, "step 22");
}

TEST_F(RunStoreTest, AFileOfANewerVersionIsRefusedAndLeftAsItIs)
{
    record(*store(), 1, 3);
    execute(file(), "UPDATE meta SET value = '7' WHERE key = 'schema_version'");
    const std::string before = slurp(file());
    for (const auto& error : {RunReader::open(file()).error(), RunStore::open(file(), 0).error()}) {
        EXPECT_NE(error.what.find("newer version"), std::string::npos) << error.what;
        EXPECT_NE(error.what.find("schema 7"), std::string::npos) << error.what;
        EXPECT_FALSE(error.hint.empty());
    }
    EXPECT_EQ(slurp(file()), before);
}

TEST_F(RunStoreTest, WhatIsNoRunDatabaseIsRefusedAndLeftAsItIs)
{
    const auto text = m_temp.write("notes.txt", std::string(5000, 'x'));
    execute(m_temp / "other.sqlite", "CREATE TABLE cake (name TEXT)");
    execute(m_temp / "meta.sqlite", "CREATE TABLE meta (key TEXT, value TEXT)");
    const auto empty = m_temp.write("empty", "");
    for (const auto& path : {text, m_temp / "other.sqlite", m_temp / "meta.sqlite", empty}) {
        const std::string before = slurp(path);
        for (const auto& error : {RunReader::open(path).error(), RunStore::open(path, 0).error()}) {
            EXPECT_NE(error.what.find(path.string()), std::string::npos) << error.what;
            EXPECT_FALSE(error.hint.empty());
        }
        EXPECT_EQ(slurp(path), before) << path;
    }
    EXPECT_NE(RunReader::open(m_temp / "other.sqlite").error().what.find("not that of a run"), std::string::npos);
    for (const auto& path : {m_temp / "nothing", m_temp.path()})
        EXPECT_NE(RunReader::open(path).error().what.find("there is no run database"), std::string::npos) << path;
}

TEST_F(RunStoreTest, DamagedFilesGiveErrorsOrWhatIsLeftAndNeverCrash)
{
    record(*store(), 1, 2000);
    const std::string whole = slurp(file());
    ASSERT_GT(whole.size(), 100'000U);
    int refused = 0;
    const auto try_to_use = [&](const std::string& contents) {
        const auto path = m_temp.write("damaged.sqlite", contents);
        const auto opened = RunReader::open(path);
        if (opened) {
            (void)opened->metrics();
            const auto series = opened->series(Metric::Loss);
            if (!series) {
                EXPECT_FALSE(series.error().hint.empty());
            }
            (void)opened->events();
            (void)opened->loads();
        }
        auto writing = RunStore::open(path, 1000);
        if (writing) {
            record(**writing, 1001, 1010);
            (*writing)->flush();
        }
        refused += !opened || !writing;
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix);
    };
    for (const std::size_t size :
         {std::size_t{1}, std::size_t{50}, std::size_t{100}, std::size_t{512}, std::size_t{4096}, std::size_t{5000},
          whole.size() / 2, whole.size() - 4096, whole.size() - 1})
        try_to_use(whole.substr(0, size));
    EXPECT_GT(refused, 3) << "the first page alone is no database";
    for (std::size_t place = 0; place < whole.size(); place += whole.size() / 60) {
        std::string damaged = whole;
        for (std::size_t i = place; i < std::min(place + 200, whole.size()); ++i)
            damaged[i] = static_cast<char>(~damaged[i]);
        try_to_use(damaged);
    }
}

TEST_F(RunStoreTest, AFullDiskIsToldOnceAndTheRunIsCompleteOnceThereIsRoom)
{
    auto writing = store();
    record(*writing, 1, 10);
    writing->flush();
    {
        const FileSizeLimit limit(200'000);
        for (std::int64_t step = 11; step <= 60; ++step) {
            // A metric that the file has not seen yet: its row is rolled back with the batch.
            writing->record({{Metric::GradNorm, step, 1}, {Metric::Loss, step, 0}});
            writing->record(StoredEvent{step, "", "sample", std::string(300'000, 'x')});
            writing->flush();
        }
    }
    EXPECT_EQ(writing->take_troubles().size(), 1U) << "the same trouble again is no news";
    writing->record({{Metric::MaxVio, 61, 0.25}, {Metric::GradNorm, 61, 2}});
    record(*writing, 61, 70);
    writing->flush();
    EXPECT_TRUE(writing->take_troubles().empty());
    const RunReader reading = reader();
    EXPECT_EQ(reading.series(Metric::MaxVio)->back().value, 0.25);
    EXPECT_EQ(reading.series(Metric::GradNorm)->back().value, 2);
    const auto loss = reading.series(Metric::Loss).value();
    EXPECT_EQ(loss.size(), 70U);
    EXPECT_EQ(loss.front().step, 1);
    EXPECT_EQ(reading.series(Metric::GradNorm)->size(), 51U);
    EXPECT_EQ(writing->close(), "");
}

TEST_F(RunStoreTest, WhatNeverFoundRoomIsSaidAtTheEnd)
{
    auto writing = store();
    record(*writing, 1, 10);
    writing->flush();
    {
        const FileSizeLimit limit(200'000);
        writing->record(StoredEvent{11, "", "sample", std::string(300'000, 'x')});
        writing->flush();
        record(*writing, 12, 13);
        EXPECT_NE(writing->close().find(file().filename().string()), std::string::npos);
    }
    EXPECT_EQ(writing->take_troubles().size(), 1U);
    EXPECT_EQ(reader().series(Metric::Loss)->size(), 10U);
}

TEST_F(RunStoreTest, WhatAnotherProgramLocksIsWrittenOnceItIsFree)
{
    auto writing = store();
    record(*writing, 1, 2);
    writing->flush();
    {
        const auto other = sqlite::Connection::open(file(), sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(other.ok());
        ASSERT_TRUE(other->execute("BEGIN IMMEDIATE").ok());
        record(*writing, 3, 4);
        writing->flush(); // as long as SQLite waits for locks
        EXPECT_EQ(reader().series(Metric::Loss)->size(), 2U);
        ASSERT_TRUE(other->execute("ROLLBACK").ok());
    }
    record(*writing, 5, 5);
    writing->flush();
    EXPECT_EQ(reader().series(Metric::Loss)->size(), 5U);
    EXPECT_EQ(writing->close(), "");
}

TEST_F(RunStoreTest, TellsOfATroubleAgainAfterItWasOver)
{
    auto writing = store();
    const auto overfill = [&] {
        const FileSizeLimit limit(200'000);
        writing->record(StoredEvent{1, "", "sample", std::string(300'000, 'x')});
        writing->flush();
    };
    overfill();
    writing->record(samples(2));
    writing->flush();
    overfill();
    EXPECT_EQ(writing->take_troubles().size(), 2U);
}

TEST_F(RunStoreTest, ATableThatWentAwayIsATroubleAndNoCrash)
{
    auto writing = store();
    execute(file(), "DROP TABLE loads");
    record(*writing, 1, 2);
    writing->flush();
    const auto troubles = writing->take_troubles();
    ASSERT_EQ(troubles.size(), 1U);
    EXPECT_NE(troubles[0].find("loads"), std::string::npos) << troubles[0];
}

TEST_F(RunStoreTest, AFolderThatMayNotBeWrittenCanBeReadAndIsAnErrorForAWriter)
{
    fs::permissions(m_temp.path(), fs::perms(0755));
    const fs::path folder = m_temp / "run #1 100%?";
    fs::create_directory(folder);
    {
        auto writing = RunStore::open(folder / "metrics.sqlite", 0);
        ASSERT_TRUE(writing.ok());
        record(**writing, 1, 5);
    }
    fs::permissions(folder, fs::perms(0555));
    fs::permissions(folder / "metrics.sqlite", fs::perms(0444));
    const WithoutPrivileges nobody;
    const auto reading = RunReader::open(folder / "metrics.sqlite");
    ASSERT_TRUE(reading.ok()) << reading.error().what;
    expect_steps(*reading, 5);
    for (const auto& path : {folder / "metrics.sqlite", folder / "new.sqlite", fs::path("/no such folder/m.sqlite")}) {
        const auto writing = RunStore::open(path, 0);
        ASSERT_FALSE(writing.ok()) << path;
        EXPECT_NE(writing.error().hint.find("you may write there"), std::string::npos) << writing.error().what;
    }
}

} // namespace
} // namespace triptych::test
