// docs/run_format.md says what a run really holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"
#include "core/run/run_notes.h"
#include "core/run/run_store.h"
#include "core/run/sqlite_handle.h"
#include "tests/support/small_run.h"

#include <nlohmann/json.hpp>

#include <regex>
#include <set>
#include <sstream>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

/// One run with an evaluation, and the page.
class RunFormat : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_run = std::make_unique<SmallRun>();
        RunRequest request = s_run->request();
        request.run_folder = (*s_run / "run").string();
        request.max_steps = 4;
        request.settings.push_back("probe_every=2");
        request.settings.push_back("gradient_accumulation_steps=2");
        RecordingObserver observer;
        train(request, observer);
        s_page = slurp(TRIPTYCH_SOURCE_DIR "/docs/run_format.md");
        ASSERT_FALSE(s_page.empty());
    }
    static void TearDownTestSuite() { s_run.reset(); }

    static std::filesystem::path file(const std::string& name) { return *s_run / ("run/" + name); }
    /// The page from this heading to the next of any level.
    static std::string section(const std::string& heading)
    {
        const auto begin = s_page.find("\n" + heading + "\n");
        EXPECT_NE(begin, std::string::npos) << heading;
        return s_page.substr(begin, s_page.find("\n#", begin + heading.size()) - begin);
    }
    /// What stands between backquotes in the first column of the section's table.
    static std::set<std::string> rows(const std::string& section)
    {
        std::set<std::string> names;
        static const std::regex row("\\n\\| ((`[^`]+` ?)+) \\|");
        static const std::regex name("`([^`]+)`");
        for (std::sregex_iterator it(section.begin(), section.end(), row), end; it != end; ++it) {
            const std::string cell = (*it)[1];
            for (std::sregex_iterator n(cell.begin(), cell.end(), name); n != end; ++n) names.insert((*n)[1]);
        }
        return names;
    }
    static std::set<std::string> keys(const std::filesystem::path& path) { return keys_of(slurp(path)); }
    static std::set<std::string> keys_of(const std::string& text)
    {
        std::set<std::string> keys;
        const Json json = Json::parse(text);
        for (const auto& [key, value] : json.items()) keys.insert(key);
        return keys;
    }

    /// The names in the catalog, "mtp.N.loss", without those of a run; their units are held to the page on the way.
    static std::set<std::string> known_and_not_in(const std::set<std::string>& recorded)
    {
        std::set<std::string> names;
        for (const MetricInfo& info : metric_catalog()) {
            const std::string name = std::regex_replace(metric_name({info.metric, 1}), std::regex("\\.1\\."), ".N.");
            if (!recorded.count(name)) names.insert(name);
            const std::string row = "| `" + name + "` | " + std::string(info.unit) + " |";
            EXPECT_NE(s_page.find(row), std::string::npos) << row;
        }
        return names;
    }

    static std::unique_ptr<SmallRun> s_run;
    static std::string s_page;
};

std::unique_ptr<SmallRun> RunFormat::s_run;
std::string RunFormat::s_page;

TEST_F(RunFormat, NamesEveryKeyOfItsJsonFiles)
{
    EXPECT_EQ(rows(section("## run.json")), keys(file("run.json")));
    EXPECT_EQ(rows(section("## checkpoints")), keys(file("checkpoints/step-000004/triptych/train_state.json")));
    EXPECT_EQ(rows(section("## session.json")), keys(file("session.json")));
    EXPECT_EQ(rows(section("## time.json")), keys(file("time.json")));
    const Json time = Json::parse(slurp(file("time.json")));
    for (const auto& [use, seconds] : time["seconds"].items())
        EXPECT_NE(section("## time.json").find("`" + use + "`"), std::string::npos) << use;
    std::istringstream events(slurp(file("events.jsonl")));
    std::string line;
    ASSERT_TRUE(std::getline(events, line));
    EXPECT_EQ(rows(section("## events.jsonl")), keys_of(line));
    const Json data = Json::parse(slurp(file("run.json")))["data"][0];
    for (const auto& [key, value] : data.items())
        EXPECT_NE(section("## run.json").find("`" + key + "`"), std::string::npos) << key;
}

TEST_F(RunFormat, NamesTheKeysOfNotesAndOfForks)
{
    const TempFolder temp;
    ASSERT_TRUE(write_notes(temp.path(), {"hot", {"ablation"}}).ok());
    EXPECT_EQ(rows(section("## notes.json")), keys(temp / "notes.json"));
    Manifest fork = read_manifest(file("")).value();
    fork.forked_from = ForkOrigin{"/runs/a", 4, {"learning_rate=0.1"}};
    ASSERT_TRUE(write_manifest(temp.path(), fork).ok());
    const Json written = Json::parse(slurp(temp / "run.json"));
    std::set<std::string> more;
    for (const std::string& key : keys(temp / "run.json"))
        if (!keys(file("run.json")).count(key)) more.insert(key);
    EXPECT_EQ(rows(section("### Forks")), more);
    for (const auto& [key, value] : written["forked_from"].items())
        EXPECT_NE(section("### Forks").find("`" + key + "`"), std::string::npos) << key;
}

TEST_F(RunFormat, NamesEveryFileOfTheCurvesAndTheKeysOfTheirLayout)
{
    std::set<std::string> expected = keys(file("curves/columns.json"));
    for (const auto& entry : std::filesystem::directory_iterator(file("curves")))
        expected.insert(entry.path().filename().string());
    EXPECT_EQ(rows(section("## curves")), expected);
}

TEST_F(RunFormat, HasTheSchemaOfTheDatabase)
{
    const auto words = [](std::string sql) {
        sql = std::regex_replace(sql, std::regex("IF NOT EXISTS "), "");
        return std::regex_replace(sql, std::regex("\\s+"), " ");
    };
    std::set<std::string> documented;
    const std::string part = section("## metrics.sqlite");
    static const std::regex statement("\\n(CREATE TABLE [^;]+);");
    for (std::sregex_iterator it(part.begin(), part.end(), statement), end; it != end; ++it)
        documented.insert(words((*it)[1]));
    std::set<std::string> real;
    const auto connection = sqlite::Connection::open(file("metrics.sqlite"), sqlite::OpenMode::ReadOnly);
    ASSERT_TRUE(connection.ok());
    auto query = sqlite::Statement::prepare(*connection, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL");
    ASSERT_TRUE(query.ok());
    while (*query->step()) real.insert(words(query->text(0)));
    EXPECT_EQ(documented, real);
    EXPECT_NE(part.find("`schema_version` = `" + std::to_string(kRunStoreVersion) + "`"), std::string::npos);
}

TEST_F(RunFormat, ListsTheMetricsThatAreRecordedWithTheirUnits)
{
    const auto reader = RunReader::open(file("metrics.sqlite"));
    ASSERT_TRUE(reader.ok());
    const std::string part = section("### Metrics");
    std::set<std::string> real;
    const auto metrics = reader->metrics();
    ASSERT_TRUE(metrics.ok());
    for (const MetricId id : *metrics) {
        real.insert(std::regex_replace(metric_name(id), std::regex("\\.[0-9]+\\."), ".N."));
    }
    EXPECT_EQ(rows(part), real);
    EXPECT_EQ(rows(section("### Metrics for later")), known_and_not_in(real));
}

TEST_F(RunFormat, ListsTheKindsOfEvents)
{
    const auto reader = RunReader::open(file("metrics.sqlite"));
    ASSERT_TRUE(reader.ok());
    const auto documented = rows(section("### Events"));
    const auto events = reader->events();
    ASSERT_TRUE(events.ok());
    ASSERT_FALSE(events->empty());
    for (const StoredEvent& e : *events) EXPECT_TRUE(documented.count(e.kind)) << e.kind;
}

} // namespace
} // namespace triptych::test
