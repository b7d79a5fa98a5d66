// Tables of runs: what a row says, how little is read for it, and what becomes of what is broken or does not answer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_pulse.h"
#include "core/run/session_file.h"
#include "core/session/run_difference.h"
#include "core/session/run_library.h"
#include "tests/support/run_folders.h"
#include "tests/support/without_privileges.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

RunRow row_of(const fs::path& folder, const RunQuestion& question = {})
{
    return read_run_row(folder, question, nullptr);
}

/// Everything a row says is wrong, with what to do, as one text.
std::string troubles_of(const RunRow& row)
{
    std::string text;
    for (const Error& trouble : row.troubles) {
        EXPECT_FALSE(trouble.hint.empty()) << trouble.what << " does not say what to do";
        text += trouble.what + "\n";
    }
    return text;
}

std::optional<RunLibrary::News> wait_for(RunLibrary& library,
                                         const std::function<bool(const RunLibrary::News&)>& enough)
{
    for (int i = 0; i < 3000; ++i) {
        if (auto news = library.take(); news && enough(*news)) return news;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the library did not tell";
    return std::nullopt;
}

TEST(RunRowTest, SaysWhatARunReached)
{
    const TempFolder temp;
    make_run(temp / "a", 40);
    const RunRow row = row_of(temp / "a", {Metric::MainLoss, 20});
    EXPECT_EQ(troubles_of(row), "");
    EXPECT_EQ(row.name, "a");
    EXPECT_EQ(row.state, RowState::Unknown) << "there is no session.json";
    EXPECT_EQ(row.steps, 40);
    EXPECT_EQ(row.metric.last, 0.25);
    EXPECT_EQ(row.metric.low, 0.25);
    EXPECT_EQ(row.metric.high, 10);
    EXPECT_EQ(row.metric.at, 0.5);
    EXPECT_EQ(row.tokens, 64 * 40);
    EXPECT_EQ(row.headline_usd, 0.04);
    EXPECT_EQ(row.model, "tiny");
    EXPECT_EQ(row.data, "builtin:mixed");
    EXPECT_EQ(row.checkpoints, std::vector<std::int64_t>{10});
}

TEST(RunRowTest, SaysHowTheLastSessionEnded)
{
    const TempFolder temp;
    make_run(temp / "a");
    auto session = SessionFile::take(temp / "a");
    ASSERT_TRUE(session.ok());
    EXPECT_EQ(row_of(temp / "a").state, RowState::Training);
    EXPECT_EQ(row_of(temp / "a").process, ::getpid());
    session->end(RunState::Failed, "the disk is full", "Make room.");
    const RunRow row = row_of(temp / "a");
    EXPECT_EQ(row.state, RowState::Failed);
    EXPECT_EQ(row.reason, "the disk is full");
    EXPECT_EQ(row.hint, "Make room.");
}

TEST(RunRowTest, SaysOfEachBrokenThingWhatItIsAndWhatToDo)
{
    const TempFolder temp;
    const auto broken = [&](const std::string& name) {
        make_run(temp / name);
        return temp / name;
    };
    EXPECT_NE(troubles_of(row_of(temp / "nowhere")).find("is not there"), std::string::npos);
    fs::create_directories(temp / "empty");
    EXPECT_NE(troubles_of(row_of(temp / "empty")).find("is an empty folder"), std::string::npos);

    const std::string whole = slurp(broken("half") / "run.json");
    temp.write("half/run.json", whole.substr(0, whole.size() / 2));
    EXPECT_EQ(row_of(temp / "half").state, RowState::Unreadable);
    EXPECT_NE(troubles_of(row_of(temp / "half")).find("run.json"), std::string::npos);

    std::string newer = slurp(broken("newer") / "run.json");
    newer.replace(newer.find("\"format\": 1"), 11, "\"format\": 9");
    temp.write("newer/run.json", newer);
    EXPECT_NE(troubles_of(row_of(temp / "newer")).find("newer version"), std::string::npos);

    fs::resize_file(broken("cut") / "metrics.sqlite", 8192);
    EXPECT_NE(troubles_of(row_of(temp / "cut")).find("cut short"), std::string::npos);
    EXPECT_EQ(row_of(temp / "cut").steps, 10) << "its curves are whole";
    fs::resize_file(broken("stub") / "metrics.sqlite", 50);
    EXPECT_NE(troubles_of(row_of(temp / "stub")).find("cut short"), std::string::npos);

    fs::remove_all(broken("none") / "curves");
    write_run_curves(temp / "none/curves", 1, 0);
    EXPECT_NE(troubles_of(row_of(temp / "none")).find("no step"), std::string::npos);

    fs::remove_all(broken("unsaved") / "checkpoints");
    EXPECT_NE(troubles_of(row_of(temp / "unsaved")).find("no checkpoint"), std::string::npos);

    broken("notes");
    temp.write("notes/notes.json", "{\"notes\": ");
    EXPECT_NE(troubles_of(row_of(temp / "notes")).find("notes.json"), std::string::npos);
    EXPECT_EQ(row_of(temp / "notes").steps, 10);
}

TEST(RunRowTest, TheMeanIsOfAllFiniteValuesAndSaysOfHowMany)
{
    const TempFolder temp;
    make_run(temp / "a", 3);
    constexpr std::int64_t kSteps = 1'000;
    {
        const std::vector<MetricId> columns = {Metric::MainLoss, Metric::GradNorm};
        auto writer = CurveWriter::create(temp / "a/curves", columns, 1);
        ASSERT_TRUE(writer.ok());
        for (std::int64_t step = 1; step <= kSteps; ++step) {
            const double loss = step % 100 == 0 ? std::nan("") : step % 2 == 0 ? 3.0 : 1.0;
            const double norm = std::numeric_limits<double>::infinity();
            ASSERT_TRUE(writer->append(step, std::vector<double>{loss, norm}).ok());
            if (step % 100 == 0) {
                ASSERT_TRUE(writer->append(Sample{Metric::ValLoss, step, step == 500 ? std::nan("") : 2.0}).ok());
            }
        }
        ASSERT_TRUE(writer->commit().ok());
    }
    const MetricSummary loss = row_of(temp / "a", {Metric::MainLoss, {}}).metric;
    EXPECT_EQ(loss.points, 990);
    EXPECT_EQ(loss.gaps, 10);
    EXPECT_DOUBLE_EQ(loss.mean, (500 * 1.0 + 490 * 3.0) / 990);
    const MetricSummary none = row_of(temp / "a", {Metric::GradNorm, {}}).metric;
    EXPECT_TRUE(std::isnan(none.mean)) << "of no number";
    EXPECT_EQ(none.points, 0);
    EXPECT_EQ(none.gaps, kSteps);
    const MetricSummary rare = row_of(temp / "a", {Metric::ValLoss, {}}).metric;
    EXPECT_EQ(rare.mean, 2);
    EXPECT_EQ(rare.points, 9);
    EXPECT_EQ(rare.gaps, 1);
    EXPECT_EQ(rare.low, 2);
    EXPECT_TRUE(std::isnan(row_of(temp / "a", {Metric::MtpLoss, {}}).metric.mean)) << "the run has none of these";
}

TEST(RunLibraryTest, ATableOfAThousandRunsReadsNoSeries)
{
    const TempFolder temp;
    constexpr std::int64_t kSteps = 200'000;
    make_run(temp / "long", kSteps);
    const std::uint64_t whole = fs::file_size(temp / "long/curves/level-0.bin");
    for (int i = 0; i < 1000; ++i) {
        const fs::path folder = temp / ("runs/run-" + std::to_string(i));
        fs::create_directories(folder);
        fs::create_hard_link(temp / "long/run.json", folder / "run.json");
        fs::create_hard_link(temp / "long/metrics.sqlite", folder / "metrics.sqlite");
        fs::create_directory_symlink(temp / "long/curves", folder / "curves");
        fs::create_directory_symlink(temp / "long/checkpoints", folder / "checkpoints");
    }
    std::atomic<int> looks{0};
    RunLibrary library([&](const fs::path& folder, const RunQuestion& question, const RunRow* before) {
        ++looks;
        return read_run_row(folder, question, before);
    });
    library.set_places({temp / "runs"});
    const auto news = wait_for(library, [](const auto& n) { return n.rows.size() == 1000; });
    ASSERT_TRUE(news);
    EXPECT_GE(looks.load(), 1000);
    std::uint64_t read = 0;
    for (const auto& row : news->rows) {
        EXPECT_EQ(row->steps, kSteps);
        EXPECT_EQ(row->metric.high, 10);
        EXPECT_EQ(row->metric.points, kSteps);
        read += row->bytes_read;
    }
    EXPECT_LT(read / 1000, whole / 50) << "bytes of a row, of " << whole << " of its series";
}

TEST(RunLibraryTest, LooksAgainOnlyWhereSomethingChanged)
{
    const TempFolder temp;
    make_run(temp / "a");
    const RunRow first = row_of(temp / "a");
    RunRow known = first;
    known.metric.high = 77; // would be 10 if it were read again
    EXPECT_EQ(read_run_row(temp / "a", {}, &known).metric.high, 77);
    write_run_curves(temp / "a/curves", 11, 12);
    EXPECT_EQ(read_run_row(temp / "a", {}, &known).metric.high, 10);
    EXPECT_EQ(read_run_row(temp / "a", {}, &known).steps, 12);
}

TEST(RunLibraryTest, ARunThatGrowsIsReadAgainInItsNumbersAlone)
{
    const TempFolder temp;
    make_run(temp / "a");
    RunRow known = row_of(temp / "a");
    ASSERT_TRUE(known.troubles.empty()) << troubles_of(known);
    known.notes.text = "kept";  // would be empty if it were read again
    known.checkpoints = {7, 3}; // likewise those of the folder
    write_run_curves(temp / "a/curves", 11, 12);
    const RunRow grown = read_run_row(temp / "a", {}, &known);
    EXPECT_EQ(grown.steps, 12);
    EXPECT_EQ(grown.manifest, known.manifest) << "run.json is not read once more";
    EXPECT_EQ(grown.notes.text, "kept");
    EXPECT_EQ(grown.checkpoints, known.checkpoints);
    ASSERT_TRUE(write_notes(temp / "a", {.text = "new", .tags = {}}));
    EXPECT_EQ(read_run_row(temp / "a", {}, &grown).notes.text, "new");
    fs::create_directories(temp / "a/checkpoints/step-000012");
    EXPECT_NE(read_run_row(temp / "a", {}, &grown).checkpoints, known.checkpoints);
}

TEST(RunLibraryTest, FollowsARunThatAnotherProcessTrains)
{
    const TempFolder temp;
    make_run(temp / "a");
    int go[2] = {};
    ASSERT_EQ(::pipe(go), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        char word = 0;
        auto session = SessionFile::take(temp / "a");
        if (!session || ::read(go[0], &word, 1) != 1) ::_exit(1);
        write_run_curves(temp / "a/curves", 11, 50);
        if (::read(go[0], &word, 1) != 1) ::_exit(1);
        session->end(RunState::Finished, "max steps reached", "");
        ::_exit(0);
    }
    RunLibrary library;
    library.set_pace(RunLibrary::Pace::Seen);
    library.add(temp / "a");
    const auto row_is = [](auto test) {
        return [test](const RunLibrary::News& n) { return n.rows.size() == 1 && test(*n.rows.front()); };
    };
    const auto trained = wait_for(library, row_is([](const RunRow& r) { return r.state == RowState::Training; }));
    if (trained) {
        EXPECT_EQ(trained->rows.front()->process, child);
        EXPECT_EQ(trained->rows.front()->steps, 10);
    }
    ASSERT_EQ(::write(go[1], "x", 1), 1);
    wait_for(library, row_is([](const RunRow& r) { return r.steps == 50 && r.metric.last == 0.2; }));
    ASSERT_EQ(::write(go[1], "x", 1), 1);
    wait_for(library, row_is([](const RunRow& r) { return r.state == RowState::Finished; }));
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_FALSE(fs::exists(temp / "a/metrics.sqlite-shm")) << "following opens no database";
}

/// As a process that was killed leaves it.
void leave_run(const fs::path& folder)
{
    const pid_t child = ::fork();
    if (child == 0) {
        auto session = SessionFile::take(folder);
        if (session) session->keep();
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
}

/// A copy that is brought on while the run is trained elsewhere.
TEST(RunRowTest, ARunThatGrowsIsTrainedAlthoughNobodyIsSeenToHoldIt)
{
    const TempFolder temp;
    make_run(temp / "a");
    leave_run(temp / "a");
    const RunRow killed = row_of(temp / "a");
    EXPECT_EQ(killed.state, RowState::Interrupted);
    write_run_curves(temp / "a/curves", 11, 12);
    const RunRow grown = read_run_row(temp / "a", {}, &killed);
    EXPECT_EQ(grown.state, RowState::Training);
    EXPECT_EQ(grown.hint, "") << "nobody is told to go on with it";
    EXPECT_EQ(read_run_row(temp / "a", {}, &grown).state, RowState::Training);
    RunRow later = grown;
    later.grown -= 2 * kRunSilence;
    EXPECT_EQ(read_run_row(temp / "a", {}, &later).state, RowState::Interrupted);
}

TEST(RunRowTest, WhatPeopleNoteIsNoTraining)
{
    const TempFolder temp;
    make_run(temp / "a");
    leave_run(temp / "a");
    const RunRow killed = row_of(temp / "a");
    temp.write("a/notes.json", R"({"format": 1, "notes": "mine", "tags": []})");
    const RunRow noted = read_run_row(temp / "a", {}, &killed);
    EXPECT_EQ(noted.notes.text, "mine");
    EXPECT_EQ(noted.state, RowState::Interrupted);
}

TEST(RunLibraryTest, OpensCurvesWithoutReadingTheRunOnceMore)
{
    const TempFolder temp;
    make_run(temp / "a");
    const auto whole = std::make_shared<std::atomic<int>>(0);
    RunLibrary library([whole](const fs::path& folder, const RunQuestion& question, const RunRow* before) {
        if (before == nullptr) ++*whole;
        return read_run_row(folder, question, before);
    });
    library.open_curves(temp / "a"); // of a run without a row yet
    const auto early = wait_for(library, [](const auto& n) { return !n.curves.empty(); });
    ASSERT_TRUE(early);
    EXPECT_GT(early->curves.front().flops_per_token, 0);
    library.add(temp / "a");
    const auto table = wait_for(library, [](const auto& n) { return n.rows.size() == 1; });
    ASSERT_TRUE(table);
    const int before = *whole;
    library.open_curves(temp / "a");
    const auto late = wait_for(library, [](const auto& n) { return !n.curves.empty(); });
    ASSERT_TRUE(late);
    EXPECT_EQ(late->curves.front().flops_per_token, table->rows.front()->flops_per_token);
    EXPECT_EQ(*whole, before);
}

/// A disk that answers when the test says so.
struct Disk {
    RunRow look(const fs::path& folder, const RunQuestion& question, const RunRow* before)
    {
        std::unique_lock lock(mutex);
        if (folder.filename() == "stale") changed.wait(lock, [this] { return answers; });
        return read_run_row(folder, question, before);
    }
    std::mutex mutex;
    std::condition_variable changed;
    bool answers = false;
};

TEST(RunLibraryTest, ADiskThatDoesNotAnswerKeepsNobodyWaiting)
{
    const TempFolder temp;
    make_run(temp / "stale");
    const auto disk = std::make_shared<Disk>();
    {
        RunLibrary library([disk](const auto&... asked) { return disk->look(asked...); });
        library.add(temp / "stale");
        for (int i = 0; i < 2000 && !(library.waiting() && library.waiting()->folder == temp / "stale"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        ASSERT_TRUE(library.waiting());
        EXPECT_EQ(library.waiting()->folder, temp / "stale");
        library.ask({Metric::MaxVio, 3});
        library.look_again();
        library.write_notes(temp / "stale", {"x", {}});
        EXPECT_FALSE(library.is_idle());
        EXPECT_FALSE(library.take());
    } // and nobody waits for it at the end
    const std::lock_guard lock(disk->mutex);
    disk->answers = true;
    disk->changed.notify_all();
}

TEST(RunLibraryTest, FindsRunsThatComeAndLetsThoseGoThatWent)
{
    const TempFolder temp;
    make_run(temp / "runs/a");
    fs::create_directories(temp / "runs/no run");
    RunLibrary library;
    library.set_places({temp / "runs", temp / "not there"});
    wait_for(library, [](const auto& n) { return n.rows.size() == 1; });
    make_run(temp / "runs/b");
    library.look_again();
    wait_for(library, [](const auto& n) { return n.rows.size() == 2; });
    fs::remove_all(temp / "runs/a");
    library.look_again();
    const auto left = wait_for(library, [](const auto& n) { return n.rows.size() == 1; });
    if (left) {
        EXPECT_EQ(left->rows.front()->name, "b");
    }
}

TEST(RunLibraryTest, AFolderThatIsAddedIsARunOrAPlaceOfRuns)
{
    const TempFolder temp;
    make_run(temp / "runs/a");
    make_run(temp / "runs/b");
    fs::create_directories(temp / "nothing");
    RunLibrary library;
    library.add(temp / "runs");
    library.add(temp / "runs/a/");
    library.add(temp / "nothing");
    const auto news = wait_for(library, [](const auto& n) { return n.rows.size() == 3; });
    ASSERT_TRUE(news);
    EXPECT_EQ(news->rows[0]->state, RowState::Unreadable);
    EXPECT_EQ(news->rows[1]->name, "a");
}

TEST(RunNotesTest, AreKeptInTheFolderOfTheRun)
{
    const TempFolder temp;
    make_run(temp / "a");
    RunLibrary library;
    library.add(temp / "a");
    library.write_notes(temp / "a", {"too \"hot\"\nat first", {"ablation", "long run"}});
    const auto news =
        wait_for(library, [](const auto& n) { return !n.rows.empty() && n.rows.front()->notes.tags.size() == 2; });
    ASSERT_TRUE(news);
    EXPECT_EQ(news->rows.front()->notes.text, "too \"hot\"\nat first");
    EXPECT_EQ(read_notes(temp / "a").value(), news->rows.front()->notes);
    EXPECT_EQ(tags_from_text(" ablation ,long run,, ablation"), (std::vector<std::string>{"ablation", "long run"}));
}

TEST(RunNotesTest, SayWhereTheyCannotBeKept)
{
    const TempFolder temp;
    make_run(temp / "a");
    fs::permissions(temp.path(), fs::perms(0755));
    fs::permissions(temp / "a", fs::perms(0555));
    const WithoutPrivileges nobody;
    const Status written = write_notes(temp / "a", {"x", {}});
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().what.find("not kept"), std::string::npos) << written.error().what;
    EXPECT_FALSE(written.error().hint.empty());
}

TEST(RunDifferenceTest, NamesOnlyTheSettingsThatDiffer)
{
    Manifest other = made_up_manifest(5e-4);
    other.model.n_routed_experts += 8;
    const auto found =
        differences({std::make_shared<Manifest>(made_up_manifest()), std::make_shared<Manifest>(std::move(other))});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].key, "learning_rate");
    EXPECT_EQ(found[0].values, (std::vector<std::string>{"0.001", "0.0005"}));
    EXPECT_EQ(found[1].key, "n_routed_experts");
    EXPECT_TRUE(differences({std::make_shared<Manifest>(made_up_manifest())}).empty());
}

} // namespace
} // namespace triptych::test
