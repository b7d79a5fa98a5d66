// triptych plan: the contract of its JSON, what people read, and what it refuses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/gpu_preset.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

Outcome plan(const Arguments& more)
{
    Arguments all = {"plan", "--model", "deepseek-v3"};
    all.insert(all.end(), more.begin(), more.end());
    return run_program(all);
}

TEST(Plan, GivesDeepSeekV3sTrainingAsJson)
{
    const Json json = json_of<Json>(plan({"--gpu", "h800", "--gpus", "2048", "--pp", "16", "--ep", "64", "--dp", "128",
                                          "--tokens", "14800000000000", "--json"}));
    EXPECT_NEAR(json["gpu_hours_per_trillion_tokens"], 180e3, 18e3);
    EXPECT_NEAR(json["days"], 54, 5.4);
    EXPECT_NEAR(json["mfu"], 0.389, 0.039);
    EXPECT_NEAR(json["step_seconds"], 19.9, 2.0);
    EXPECT_NEAR(json["usd"], 5.328e6, 0.53e6);
    EXPECT_GT(json["memory_per_gpu_bytes"], 40e9);
    EXPECT_LT(json["memory_per_gpu_bytes"], 80e9);
    EXPECT_EQ(json["layout"], (Json{{"pp", 16}, {"ep", 64}, {"dp", 128}}));
    EXPECT_NEAR(json["work_seconds"].get<double>() + json["bubble_seconds"].get<double>() +
                    json["update_seconds"].get<double>(),
                json["step_seconds"], 1e-9);
    double bytes = 0;
    for (const char* key : {"weights", "gradients", "optimizer", "activations", "buffers"})
        bytes += json["memory_bytes"][key].get<double>();
    EXPECT_NEAR(bytes, json["memory_per_gpu_bytes"], 5);
}

TEST(Plan, SearchesWhatIsNotGiven)
{
    const Json free = json_of<Json>(plan({"--json"}));
    EXPECT_EQ(free["layout"], (Json{{"pp", 16}, {"ep", 64}, {"dp", 128}}));
    EXPECT_EQ(free["schedule"], "dualpipe");
    const Json bound = json_of<Json>(plan({"--schedule", "zb1p", "--json"}));
    EXPECT_EQ(bound["schedule"], "zb1p");
    EXPECT_GE(bound["days"], free["days"]);
    const Json dear = json_of<Json>(plan({"--price", "4", "--json"}));
    EXPECT_NEAR(dear["usd"], 2 * free["usd"].get<double>(), 1);
    const Json soon = json_of<Json>(plan({"--gpus", "8192", "--deadline-days", "60", "--json"}));
    EXPECT_EQ(soon["gpus"], 2048);
}

TEST(Plan, TellsPeopleTheSame)
{
    const Outcome text = plan({});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    for (const char* words : {"PP 16 x EP 64 x DP 128, dualpipe; 120 micro-batches of 1 x 4096 tokens", "MFU",
                              "of 80.0 GB", "days for 14.8T tokens", "at $2.00 a GPU-hour", "arXiv 2412.19437"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
}

TEST(Plan, TellsPeopleHowFarOffItWasAndAmountsThatCanBeRead)
{
    const Outcome text = plan({});
    // 51.8 days and 5,096,010 USD over 1 - 4.4 % and 1 - 9.6 %, the errors for DeepSeek-V3 and V2.
    for (const char* words : {"$5,096,010 at", "how far off", "-4.4 % and -9.6 %", "54.2 days to 57.3 days"})
        EXPECT_NE(text.out.find(words), std::string::npos) << words << " is missing in\n" << text.out;
    EXPECT_NE(plan({"--tokens", "1e11"}).out.find("8.4 hours for 100B tokens"), std::string::npos);
    expect_refusal(plan({"--price", "1e30"}), 2, "--price: 1e+30 is out of range, expected 0 to 1000000",
                   "plan --help");
}

TEST(Plan, KnowsEveryGpu)
{
    ASSERT_GE(list_gpu_presets().size(), 6U);
    for (const std::string& gpu : list_gpu_presets()) {
        const Outcome done = plan({"--gpu", gpu, "--gpus", "4608", "--json"});
        EXPECT_EQ(json_of<Json>(done)["gpu"], gpu) << done.err;
    }
}

TEST(Plan, RefusesAbsurdClusters)
{
    expect_refusal(plan({"--gpus", "0"}), 2, "--gpus: 0 is out of range", "plan --help");
    expect_refusal(plan({"--gpus", "many"}), 2, "--gpus: \"many\" is no whole number", "plan --help");
    expect_refusal(plan({"--pp", "100"}), 1, "PP 100 cuts a model of 61 layers", "--pp 61");
    expect_refusal(plan({"--ep", "7"}), 1, "EP 7 does not divide the 256 routed experts", "divides 256");
    expect_refusal(plan({"--gpu", "h801"}), 1, "there is no GPU \"h801\"", "h800");
    expect_refusal(plan({"--gpus", "16"}), 1, "GB too much", "more GPUs");
    expect_refusal(plan({"--deadline-days", "1"}), 1, "no layout is done within 1 days", "deadline");
    expect_refusal(plan({"--schedule", "gpipe"}), 2, "\"gpipe\"", "plan --help");
    expect_refusal(run_program({"plan"}), 2, "plan needs a --model", "deepseek-v3");
    expect_refusal(run_program({"plan", "--model", "deepseek-v9"}), 1, "there is no model \"deepseek-v9\"",
                   "deepseek-v3");
}

TEST(Plan, ItsPageShowsTheErrorOfEachCheckAsItIs)
{
    const Outcome table = run_program({"plan", "--checks"});
    ASSERT_EQ(table.exit_code, 0) << table.err;
    const std::string page = slurp(TRIPTYCH_SOURCE_DIR "/docs/planner.md");
    EXPECT_NE(page.find("\n" + table.out + "```\n"), std::string::npos) << "docs/planner.md should hold this:\n"
                                                                        << table.out;
    const Json rows = json_of<Json>(run_program({"plan", "--checks", "--json"}));
    ASSERT_GT(rows.size(), 20U);
    for (const Json& row : rows) {
        EXPECT_NEAR(row["error"], row["predicted"].get<double>() / row["published"].get<double>() - 1, 1e-12);
        EXPECT_NE(table.out.find(row["name"].get<std::string>()), std::string::npos) << row["name"];
    }
}

} // namespace
} // namespace triptych::test
