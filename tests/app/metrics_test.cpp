// triptych metrics: what it writes of a training, what it says, and what it refuses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace triptych::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class Metrics : public ProgramTest {};

TEST_F(Metrics, WritesTheNumbersOfATraining)
{
    ASSERT_EQ(run_program(train("run", {"--steps", "4", "--set", "eval_every=2"})).exit_code, 0);
    const Json done = json_of<Json>(
        run_program({"metrics", path("run"), "--to", "csv", "--shape", "wide", "--out", path("wide.csv"), "--json"}));
    EXPECT_EQ(keys_of(done), (std::set<std::string>{"out", "runs", "steps", "samples"}));
    EXPECT_EQ(done["steps"], 4);
    const std::string wide = slurp(path("wide.csv"));
    EXPECT_EQ(wide.rfind("run,step,time,loss,main_loss,", 0), 0U) << wide.substr(0, 80);
    EXPECT_EQ(std::count(wide.begin(), wide.end(), '\n'), 5);
    const Outcome text = run_program({"metrics", path("run"), "--to", "tensorboard", "--out", path("board")});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_EQ(text.out.rfind(path("board") + ": ", 0), 0U) << text.out;
    EXPECT_EQ(text.err, "");
    ASSERT_TRUE(fs::exists(path("board/run")));
    EXPECT_NE(fs::directory_iterator(path("board/run"))->path().filename().string().find("tfevents"),
              std::string::npos);
}

TEST_F(Metrics, MayBeAskedWhileTheRunIsTrained)
{
    Program training(train("run", {"--steps", "1000000", "--json"}));
    ASSERT_TRUE(training.wait_for("\"step\":20,"));
    Outcome live;
    for (int attempt = 0; attempt < 100; ++attempt) { // its numbers reach the disk four times a second
        live = run_program({"metrics", path("run"), "--to", "csv", "--out", path("live.csv"), "--replace"});
        if (live.exit_code == 0) break;
    }
    EXPECT_EQ(live.exit_code, 0) << live.err;
    EXPECT_TRUE(training.running());
    EXPECT_NE(slurp(path("live.csv")).find("run,loss,nats/token,1,64,"), std::string::npos);
}

TEST_F(Metrics, RefusesWhatCannotBe)
{
    trained("run");
    const auto csv = [&](const Arguments& more) {
        Arguments all = {"metrics", path("run"), "--to", "csv", "--out", path("t.csv")};
        all.insert(all.end(), more.begin(), more.end());
        return run_program(all);
    };
    ASSERT_EQ(csv({}).exit_code, 0);
    expect_refusal(csv({}), 1, "it already exists", "--replace");
    EXPECT_EQ(csv({"--replace"}).exit_code, 0);
    expect_refusal(csv({"--shape", "round"}), 2, "--shape", "long, wide");
    expect_refusal(run_program({"metrics", path("run"), "--to", "excel", "--out", path("x")}), 2, "--to",
                   "tensorboard, csv");
    expect_refusal(run_program({"metrics", path("none"), "--to", "csv", "--out", path("x")}), 1, "there is no folder",
                   "triptych train");
    expect_refusal(run_program({"metrics", path("run"), "--to", "csv", "--out", path("no/such/x")}), 1, "no/such", "");
    EXPECT_EQ(run_program({"metrics", path("run"), "--to", "csv"}).exit_code, 2);
    EXPECT_EQ(run_program({"metrics", "--to", "csv", "--out", path("x")}).exit_code, 2);
}

TEST_F(Metrics, AFullDiskLeavesWhatWasThere)
{
    trained("run");
    m_folder.write("t.csv", "before");
    ProgramOptions options;
    options.file_size_limit = 1000;
    const Outcome failed =
        run_program({"metrics", path("run"), "--to", "csv", "--out", path("t.csv"), "--replace"}, options);
    EXPECT_EQ(failed.exit_code, 1);
    EXPECT_NE(failed.err.find("larger than this system allows"), std::string::npos) << failed.err;
    EXPECT_EQ(slurp(path("t.csv")), "before");
}

} // namespace
} // namespace triptych::test
