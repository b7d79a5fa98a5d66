// Run folders that are cut, garbled or of a newer version, through all that the window reads of a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_cache.h"
#include "core/run/run_notes.h"
#include "core/run/sqlite_handle.h"
#include "core/session/history_reader.h"
#include "core/session/recorded_run.h"
#include "core/session/run_row.h"
#include "tests/support/small_run.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <regex>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSteps = 12;

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

class BrokenRun : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_whole = std::make_unique<SmallRun>();
        RunRequest request = s_whole->request();
        request.run_folder = (*s_whole / "run").string();
        request.max_steps = kSteps;
        request.settings.push_back("probe_every=2");
        RecordingObserver observer;
        train(request, observer);
    }
    static void TearDownTestSuite() { s_whole.reset(); }

    void SetUp() override
    {
        ::setenv("XDG_CACHE_HOME", (m_temp / "cache").c_str(), 1);
        restore();
    }
    void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }

    fs::path run() const { return m_temp / "run"; }
    void restore() const
    {
        fs::remove_all(run());
        fs::remove_all(m_temp / "cache");
        fs::copy(*s_whole / "run", run(), fs::copy_options::recursive);
    }
    void cut(const std::string& file, double share) const
    {
        const auto size = static_cast<double>(fs::file_size(run() / file));
        fs::resize_file(run() / file, static_cast<std::uintmax_t>(size * share));
    }
    void rewrite(const std::string& file, const std::string& text) const { m_temp.rewrite("run/" + file, text); }

    /// Everything that the window asks for; what is refused has both sentences.
    Result<RecordedRun> look() const
    {
        auto recorded = read_recorded_run(run(), {}, {.probe = RecordedPart::Probe::Later});
        const auto fine = [](const auto& result) {
            if (!result) {
                EXPECT_FALSE(result.error().what.empty() || result.error().hint.empty()) << result.error().what;
            }
            return static_cast<bool>(result);
        };
        fine(recorded);
        fine(read_recorded_probe(run(), "12 + 30"));
        if (const auto curves = open_curves(run()); fine(curves)) {
            std::vector<double> values(
                static_cast<std::size_t>(std::max<std::int64_t>(curves->last_step() - curves->first_step() + 1, 0)));
            for (std::size_t c = 0; c < curves->columns().size() && !values.empty(); ++c)
                fine(curves->values(c, curves->first_step(), values));
        }
        if (const auto history = HistoryReader::open(run()); fine(history)) {
            fine(history->loads(kSteps));
            fine(history->probe(kSteps));
            fine(history->acceptance(kSteps));
        }
        fine(read_notes(run()));
        (void)read_run_row(run(), {}, nullptr);
        return recorded;
    }

    static std::unique_ptr<SmallRun> s_whole;
    TempFolder m_temp;
};

std::unique_ptr<SmallRun> BrokenRun::s_whole;

std::string notes_of(const RecordedRun& run)
{
    std::string all;
    for (const std::string& note : run.notes) all += note + "\n";
    return all;
}

std::size_t samples_in(const RecordedRun& run)
{
    std::size_t samples = 0;
    for (const auto& [metric, points] : run.series) samples += points.size();
    return samples;
}

TEST_F(BrokenRun, AWholeOneHasNothingToNote)
{
    const auto whole = look();
    ASSERT_TRUE(whole) << whole.error().what;
    EXPECT_EQ(notes_of(*whole), "");
    EXPECT_EQ(whole->last_step, kSteps);
    EXPECT_FALSE(fs::exists(run() / "metrics.sqlite-shm")) << "looking leaves nothing behind";
    EXPECT_FALSE(fs::exists(run() / "metrics.sqlite-wal"));
}

TEST_F(BrokenRun, OfAHalfWrittenDatabaseTheRestComesFromTheFilesBesideIt)
{
    const auto whole = look();
    ASSERT_TRUE(whole);
    const std::string bytes = slurp(run() / "metrics.sqlite");
    for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 23 + 1) {
        SCOPED_TRACE(fmt::format("{} of {} bytes", length, bytes.size()));
        rewrite("metrics.sqlite", bytes.substr(0, length));
        const auto half = look();
        ASSERT_TRUE(half) << half.error().what;
        EXPECT_NE(notes_of(*half).find("Its database cannot be read as a whole"), std::string::npos);
        EXPECT_EQ(half->last_step, kSteps);
        EXPECT_EQ(samples_in(*half), samples_in(*whole));
        EXPECT_EQ(half->series.at(Metric::Loss).back().value, whole->series.at(Metric::Loss).back().value);
        EXPECT_EQ(half->events.size(), whole->events.size());
        EXPECT_TRUE(half->loads) << "of its history";
    }
}

struct Damage {
    const char* name;
    std::function<void()> make;
    const char* refused; ///< part of the error; null: the run opens
    const char* noted;   ///< part of the notes; null: there are none
};

TEST_F(BrokenRun, IsRefusedInWordsOrShownAsFarAsItGoes)
{
    const std::string manifest = slurp(run() / "run.json");
    const std::string garbage(5000, '\xa5');
    const auto cut_all = [&](const std::string& folder, double share) {
        for (const auto& entry : fs::directory_iterator(run() / folder))
            cut(folder + "/" + entry.path().filename().string(), share);
    };
    std::vector<Damage> damages = {
        {"no run.json", [&] { fs::remove(run() / "run.json"); }, "run.json", nullptr},
        {"a newer run.json", [&] { rewrite("run.json", replaced(manifest, "\"format\": 1", "\"format\": 2")); },
         "newer", nullptr},
        {"run.json is garbage", [&] { rewrite("run.json", garbage); }, "run.json", nullptr},
        {"an unknown router", [&] { rewrite("run.json", replaced(manifest, "sigmoid_noaux", "sigmoid_later")); },
         "sigmoid_later", nullptr},
        {"no database", [&] { fs::remove(run() / "metrics.sqlite"); }, nullptr, "database"},
        {"the database is garbage", [&] { rewrite("metrics.sqlite", garbage); }, nullptr, "database"},
        {"nothing of the numbers is left",
         [&] {
             rewrite("metrics.sqlite", "");
             fs::remove_all(run() / "curves");
             fs::remove(run() / "events.jsonl");
         },
         "metrics.sqlite", nullptr},
        {"no curves", [&] { fs::remove_all(run() / "curves"); }, nullptr, nullptr},
        {"the columns are cut", [&] { cut("curves/columns.json", 0.5); }, nullptr, nullptr},
        {"newer curves",
         [&] {
             rewrite("curves/columns.json", std::regex_replace(slurp(run() / "curves/columns.json"),
                                                               std::regex("\"format\": *1"), "\"format\":2"));
         },
         nullptr, nullptr},
        {"curves of unequal length", [&] { cut("curves/tail.bin", 0.4); }, nullptr, nullptr},
        {"curves and database are cut",
         [&] {
             cut("curves/tail.bin", 0.4);
             cut("metrics.sqlite", 0.5);
         },
         nullptr, "database"},
        {"garbage in the curves", [&] { rewrite("curves/tail.bin", garbage); }, nullptr, nullptr},
        {"no history", [&] { fs::remove_all(run() / "history"); }, nullptr, nullptr},
        {"history is a file",
         [&] {
             fs::remove_all(run() / "history");
             rewrite("history", garbage);
         },
         nullptr, nullptr},
        {"the events are garbage", [&] { rewrite("events.jsonl", garbage); }, nullptr, nullptr},
        {"the session is garbage", [&] { rewrite("session.json", garbage); }, nullptr, nullptr},
        {"the notes are garbage", [&] { rewrite("notes.json", garbage); }, nullptr, nullptr},
    };
    for (const double share : {0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
        damages.push_back({"run.json is cut", [&, share] { cut("run.json", share); }, "run.json", nullptr});
        damages.push_back({"the history is cut", [&, share] { cut_all("history", share); }, nullptr, nullptr});
        damages.push_back({"the curves are cut", [&, share] { cut_all("curves", share); }, nullptr, nullptr});
    }
    for (const char* file : {"loads", "detail", "probe", "acceptance"}) {
        const std::string name = std::string("history/") + file + ".bin";
        damages.push_back({file, [&, name] { rewrite(name, garbage); }, nullptr, nullptr});
        damages.push_back({file, [&, name] { rewrite(name, slurp(run() / name) + garbage); }, nullptr, nullptr});
    }
    for (const Damage& damage : damages) {
        SCOPED_TRACE(damage.name);
        restore();
        damage.make();
        const auto read = look();
        EXPECT_EQ(read.ok(), damage.refused == nullptr) << (read ? "" : read.error().what);
        if (!read) {
            EXPECT_TRUE(damage.refused && read.error().what.find(damage.refused) != std::string::npos)
                << read.error().what;
            continue;
        }
        const std::string notes = notes_of(*read);
        EXPECT_EQ(notes.empty(), damage.noted == nullptr) << notes;
        if (damage.noted) {
            EXPECT_NE(notes.find(damage.noted), std::string::npos) << notes;
        }
        EXPECT_EQ(read->started.model, (*s_whole / "config.json").string());
        EXPECT_TRUE(read->plan && !read->plan->empty()) << "what it was planned for is known by its settings";
    }
}

TEST_F(BrokenRun, OfANewerVersionIsRefusedWhateverOfItCouldBeRead)
{
    {
        const auto file = sqlite::Connection::open(run() / "metrics.sqlite", sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(file && file->execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'"));
    }
    const auto read = look();
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().what.find("newer version"), std::string::npos) << read.error().what;
}

} // namespace
} // namespace triptych::test
