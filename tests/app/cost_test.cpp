// triptych cost: totals, edits, runs, files, and what is refused.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

class Cost : public ProgramTest {
protected:
    static Json priced(const Arguments& more)
    {
        Arguments all = {"cost", "--json"};
        all.insert(all.end(), more.begin(), more.end());
        const Outcome done = run_program(all);
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return json_of<Json>(done);
    }
};

TEST_F(Cost, GivesTheHeadlineOfTheReportToTheDollar)
{
    const Json cost = priced({"--preset", "deepseek-v3-paper"});
    for (const char* key : {"preset", "lens", "scope", "gpu_hours", "total_usd", "low_usd", "high_usd", "lines",
                            "inputs", "tornado", "quantities", "defects", "currency", "run"})
        EXPECT_TRUE(cost.contains(key)) << key;
    EXPECT_EQ(cost["preset"], "deepseek-v3-paper");
    EXPECT_EQ(cost["lens"], "rental");
    EXPECT_EQ(cost["gpu_hours"], 2788000);
    EXPECT_EQ(cost["total_usd"], 5576000);
    ASSERT_EQ(cost["lines"].size(), 3U);
    EXPECT_EQ(cost["lines"][0]["usd"], 5328000);
    EXPECT_EQ(cost["lines"][1]["usd"], 238000);
    EXPECT_EQ(cost["lines"][2]["usd"], 10000);
    for (const Json& line : cost["lines"]) {
        for (const char* key : {"name", "usd", "low_usd", "high_usd", "unit", "source", "date"})
            EXPECT_TRUE(line.contains(key)) << key;
        EXPECT_LE(line["low_usd"], line["usd"]);
        EXPECT_GE(line["high_usd"], line["usd"]);
    }
    EXPECT_EQ(priced({}), cost) << "it is the preset where none is named";
    EXPECT_EQ(priced({}).dump(), cost.dump()) << "bands come from a fixed seed";
}

TEST_F(Cost, ListsEveryPresetWithItsSourceAndPricesEachUnderEachLens)
{
    const Json list = json_of<Json>(run_program({"cost", "--list", "--json"}));
    EXPECT_EQ(list.size(), list_cost_presets().size());
    for (const Json& row : list) {
        EXPECT_EQ(keys_of(row), (std::set<std::string>{"preset", "title", "source"}));
        const std::string name = row["preset"];
        const Json first = priced({"--preset", name});
        for (const Json& other : first["other_lenses"]) {
            const Json cost = priced({"--preset", name, "--lens", other["lens"].get<std::string>()});
            EXPECT_EQ(cost["total_usd"], other["total_usd"]) << name << other;
        }
        const Outcome text = run_program({"cost", "--preset", name});
        EXPECT_EQ(text.exit_code, 0);
        EXPECT_EQ(text.out.rfind(row["title"].get<std::string>() + "\n", 0), 0U) << text.out;
    }
}

TEST_F(Cost, ListsThePresetsThatCanBeReadBesideABrokenOne)
{
    const std::size_t whole = json_of<Json>(run_program({"cost", "--list", "--json"})).size();
    const auto file = m_folder.write("own/cost_presets/broken.json", R"({"title": "cut)");
    ASSERT_EQ(::setenv("TRIPTYCH_RESOURCES", file.parent_path().parent_path().c_str(), 1), 0);
    const Outcome list = run_program({"cost", "--list", "--json"});
    ::unsetenv("TRIPTYCH_RESOURCES");
    EXPECT_EQ(list.exit_code, 1);
    EXPECT_NE(list.err.find("broken.json"), std::string::npos) << list.err;
    EXPECT_EQ(Json::parse(list.out).size(), whole);
}

TEST_F(Cost, TakesWhatTheUserSetsAndMarksIt)
{
    const Json cost = priced({"--set", "rental=2.95", "--set", "hours_posttraining=0"});
    EXPECT_NEAR(cost["total_usd"], 2783000 * 2.95, 1e-6);
    EXPECT_EQ(cost["lines"][0]["edited"], true);
    EXPECT_EQ(cost["high_usd"], cost["total_usd"]) << "a value that a user stands for has no range of its own";
    const Json ranged = priced({"--set", "rental=2.95,1.99,6.88"});
    EXPECT_LT(ranged["low_usd"], ranged["total_usd"]);
    EXPECT_GT(ranged["high_usd"], ranged["total_usd"]);
    EXPECT_EQ(ranged["tornado"][0]["input"], "rental");
    EXPECT_NEAR(ranged["tornado"][0]["at_high_usd"], 2788000 * 6.88, 1e-6);
    const Outcome text = run_program({"cost", "--set", "rental=2.95"});
    for (const char* words : {"$8,224,600", "edited", "2,664,000", "2,788,000, each at $2.95"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
}

TEST_F(Cost, SaysWhichRunningTotalTheRangesMoveWhereTheyDoNotMoveTheLast)
{
    const Json cost = priced({"--preset", "deepseek-v3-waterfall"});
    EXPECT_TRUE(cost["tornado"].empty());
    EXPECT_EQ(cost["running_tornado"]["after"], "experiments");
    EXPECT_EQ(cost["running_tornado"]["bars"][0]["input"], "run_share");
    EXPECT_TRUE(priced({})["running_tornado"].is_null());
    const Outcome text = run_program({"cost", "--preset", "deepseek-v3-waterfall"});
    EXPECT_NE(text.out.find("no range moves the last total; what moves the one after \"Experiments and failed runs\""),
              std::string::npos)
        << text.out;
    EXPECT_EQ(text.out.find("utilisation  $2,572,560,000"), std::string::npos) << "a bar of nothing";
}

TEST_F(Cost, RefusesNumbersThatAreWrittenAsInAnotherLanguage)
{
    expect_refusal(run_program({"cost", "--set", "rental=2,95"}), 1, "has 2 numbers", "decimal point");
    expect_refusal(run_program({"cost", "--set", "rental=$2"}), 1, "\"$2\" of rental is no number", "decimal point");
    expect_refusal(run_program({"cost", "--currency", "EUR=1e30"}), 1, "a dollar is worth 1e+30 EUR", "EUR=0.92");
}

TEST_F(Cost, ShowsAnotherCurrencyAtTheUsersRateAndKeepsDollarsInJson)
{
    const Json cost = priced({"--currency", "EUR=0.5"});
    EXPECT_EQ(cost["total_usd"], 5576000);
    EXPECT_EQ(cost["currency"], (Json{{"code", "EUR"}, {"per_usd", 0.5}, {"total", 2788000.0}}));
    EXPECT_NE(run_program({"cost", "--currency", "EUR=0.5"}).out.find("EUR 2,788,000"), std::string::npos);
}

TEST_F(Cost, WritesAFileThatCanBeEditedAndPricedAgain)
{
    const Json edited = priced({"--preset", "deepseek-v3-owned", "--set", "pue=1.1", "--write", path("mine.json")});
    const Json again = priced({"--preset", path("mine.json")});
    EXPECT_EQ(again["total_usd"], edited["total_usd"]);
    EXPECT_EQ(again["preset"], "mine");
    std::string text = slurp(path("mine.json"));
    const auto at = text.find("\"value\": 1.1");
    ASSERT_NE(at, std::string::npos);
    EXPECT_NE(text.find("\"edited\": true"), std::string::npos);
    text.replace(at, 12, "\"value\": 0.9");
    m_folder.write("mine.json", text);
    expect_refusal(run_program({"cost", "--preset", path("mine.json")}), 1, "mine.json: inputs.pue", "1 or more");
}

TEST_F(Cost, PricesTheHoursOfARunAnewWithoutTouchingIt)
{
    ASSERT_EQ(run_program(train("run", {"--steps", "4"})).exit_code, 0);
    const Json told = json_of<Json>(run_program({"inspect", path("run"), "--json"}));
    const Json cost = priced({"--run", path("run")});
    EXPECT_EQ(cost["preset"], "this-machine");
    EXPECT_EQ(cost["run"], path("run"));
    EXPECT_NEAR(cost["gpu_hours"], told["train_seconds"].get<double>() / 3600, 1e-12);
    EXPECT_NEAR(cost["total_usd"], told["headline_usd"], 2e-6);
    EXPECT_NEAR(priced({"--run", path("run"), "--lens", "full"})["total_usd"], told["tco_usd"], 1e-5);
    const Json dearer = priced({"--run", path("run"), "--set", "rental_per_thread=48000"});
    EXPECT_NEAR(dearer["total_usd"], 1e6 * told["headline_usd"].get<double>(), 1);
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("run"), "--json"})), told);
}

TEST_F(Cost, TellsWhatARunPaysForAndWhereItsTimeWent)
{
    ASSERT_EQ(
        run_program(train("run", {"--steps", "4", "--set", "schedule_steps=8", "--checkpoint-every", "2"})).exit_code,
        0);
    // A dear thread, since the steps take milliseconds.
    const Json cost = priced({"--run", path("run"), "--set", "rental_per_thread=48000"});
    const Json live = cost["live"];
    const double hour = live["usd_per_device_hour"];
    EXPECT_EQ(hour, 48000); // one thread
    EXPECT_GT(live["usd_per_mtoken"], 0.0);
    EXPECT_EQ(live["projection"]["step"], 8);
    EXPECT_GT(live["projection"]["usd"], cost["total_usd"]);
    EXPECT_LE(live["projection"]["low_usd"], live["projection"]["usd"]);
    EXPECT_GE(live["projection"]["high_usd"], live["projection"]["usd"]);
    ASSERT_EQ(live["time"].size(), 7U);
    EXPECT_EQ(live["time"][0]["use"], "productive");
    EXPECT_NEAR(live["time"][0]["seconds"], live["device_seconds"], 1e-9);
    EXPECT_NEAR(live["time"][0]["usd"], cost["total_usd"], 2e-6);
    EXPECT_GT(live["goodput"], 0.0);
    EXPECT_LT(live["goodput"], 1.0);
    const Outcome text = run_program({"cost", "--run", path("run")});
    for (const char* words : {"a million tokens", "until step 8", "goodput", "productive", "checkpoint"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
    // Extrapolated hours are not the run's: no rates of them.
    const Json far = priced({"--run", path("run"), "--preset", "v3-extrapolation"});
    EXPECT_TRUE(far["live"]["usd_per_device_hour"].is_null());
    EXPECT_NE(far["title"].get<std::string>().find("extrapolation"), std::string::npos);
    std::filesystem::remove(path("run/time.json"));
    EXPECT_TRUE(priced({"--run", path("run")})["live"]["goodput"].is_null()) << "as of an older version";
}

TEST_F(Cost, SaysWhatIsWrongAndWhatToDo)
{
    const auto cost = [](Arguments more) {
        more.insert(more.begin(), "cost");
        return run_program(more);
    };
    expect_refusal(cost({"--preset", "deepseek-v3-papr"}), 1, "no cost preset", "deepseek-v3-paper");
    expect_refusal(cost({"--preset", path("none.json")}), 1, "none.json", "");
    expect_refusal(cost({"--set", "rentl=3"}), 1, "no input \"rentl\"", "rental");
    expect_refusal(cost({"--set", "rental"}), 1, "sets nothing", "KEY=VALUE");
    expect_refusal(cost({"--set", "rental=cheap"}), 1, "is no number", "rental=VALUE");
    expect_refusal(cost({"--set", "rental=-1"}), 1, "must be zero or more", "'rental'");
    expect_refusal(cost({"--set", "rental=nan"}), 1, "must be zero or more", "'rental'");
    expect_refusal(cost({"--set", "rental=1e300"}), 1, "more than 9.2 trillion", "");
    expect_refusal(cost({"--set", "rental=2,1"}), 1, "has 2 numbers", "LOW,HIGH");
    expect_refusal(cost({"--set", "rental=2,3,4"}), 1, "outside its range", "'rental'");
    expect_refusal(cost({"--lens", "full"}), 1, "no lens \"full\"", "rental");
    expect_refusal(cost({"--currency", "EUR=0"}), 1, "above zero", "EUR=0.92");
    expect_refusal(cost({"--run", path("nothing")}), 1, "run.json", "");
    ASSERT_EQ(run_program(train("run", {"--steps", "1"})).exit_code, 0);
    expect_refusal(cost({"--run", path("run"), "--preset", "gpt-4-epoch"}), 1, "no input that a run could fill",
                   "this-machine");
    expect_refusal(cost({"--list", "--run", "x"}), 2, "cannot be given together", "--help");
}

} // namespace
} // namespace triptych::test
