// Training from the command line: what it prints, what it leaves, how it ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"
#include "kernels/base/device.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <set>
#include <thread>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

namespace fs = std::filesystem;

class Train : public ProgramTest {
protected:
    static std::vector<Json> events(const Outcome& outcome, const std::string& event)
    {
        std::vector<Json> found;
        for (const Json& line : json_lines<Json>(outcome))
            if (line.value("event", "") == event) found.push_back(line);
        return found;
    }
    static std::vector<double> losses(const Outcome& outcome)
    {
        std::vector<double> found;
        for (const Json& step : events(outcome, "step")) found.push_back(step.at("loss"));
        return found;
    }
};

TEST_F(Train, PrintsTheJsonOfTheContractAndNothingElse)
{
    const Outcome done =
        run_program(train("run", {"--steps", "4", "--json", "--checkpoint-every", "2", "--set", "eval_every=3"}));
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.err, "");
    const auto lines = json_lines<Json>(done);
    ASSERT_GE(lines.size(), 8U);
    EXPECT_EQ(keys_of(lines[0]),
              (std::set<std::string>{"event", "parameters", "active_parameters", "device", "precision", "run"}));
    EXPECT_EQ(lines[0]["event"], "start");
    EXPECT_EQ(lines[0]["device"], "cpu");
    EXPECT_EQ(lines[0]["precision"], has_bfloat16_products() ? "bf16" : "f32");
    EXPECT_EQ(lines[0]["run"], path("run"));
    EXPECT_GT(lines[0]["parameters"], lines[0]["active_parameters"]);

    const auto steps = events(done, "step");
    ASSERT_EQ(steps.size(), 4U);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        EXPECT_EQ(keys_of(steps[i]),
                  (std::set<std::string>{"event", "step", "tokens", "loss", "main_loss", "mtp_loss", "balance_loss",
                                         "grad_norm", "learning_rate", "tokens_per_second", "mfu", "max_vio",
                                         "headline_usd", "tco_usd"}));
        EXPECT_EQ(steps[i]["step"], i + 1);
        EXPECT_EQ(steps[i]["tokens"], 64 * (i + 1));
        EXPECT_NEAR(steps[i]["loss"],
                    steps[i]["main_loss"].get<double>() + 0.3 * steps[i]["mtp_loss"].get<double>() +
                        steps[i]["balance_loss"].get<double>(),
                    1e-9);
        for (const auto& [key, value] : steps[i].items()) EXPECT_TRUE(value.is_number() || key == "event") << key;
    }
    const auto saved = events(done, "checkpoint");
    ASSERT_EQ(saved.size(), 2U);
    for (const Json& checkpoint : saved) EXPECT_TRUE(fs::exists(fs::path(checkpoint["path"]) / "model.safetensors"));
    const auto validations = events(done, "validation");
    ASSERT_EQ(validations.size(), 1U);
    EXPECT_EQ(keys_of(validations[0]), (std::set<std::string>{"event", "step", "loss", "bits_per_byte", "max_vio"}));
    EXPECT_EQ(lines.back(), (Json{{"event", "end"}, {"reason", "max steps reached"}}));
}

TEST_F(Train, WritesPlainLinesIntoAPipeEveryLogEverySteps)
{
    const Outcome done = run_program(train("run", {"--steps", "7", "--set", "log_every=3"}));
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.err, "");
    EXPECT_EQ(done.out.find('\r'), std::string::npos);
    EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
    EXPECT_EQ(done.out.find("step      1 "), std::string::npos) << done.out;
    for (const char* text : {"step      3  loss ", "step      6  loss ", "step      7  loss ", " tok/s", "(full cost $",
                             "max steps reached", "run folder ", "parameters"})
        EXPECT_NE(done.out.find(text), std::string::npos) << text << " is missing in\n" << done.out;
}

TEST_F(Train, MovesAProgressLineOnATerminal)
{
    ProgramOptions options;
    options.output = Stdout::Terminal;
    options.environment = {"TERM=xterm"};
    const Outcome done = run_program(train("run", {"--steps", "5"}), options);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    for (const char* text : {"\r\x1b[K", "#] 100%  step 5  loss ", "step 5  loss ", " tok/s", "ETA ", "(full cost $"})
        EXPECT_NE(done.out.find(text), std::string::npos) << text << " is missing in\n" << done.out;
    options.columns = 72;
    const Outcome narrow = run_program(train("narrow", {"--steps", "5"}), options);
    EXPECT_EQ(narrow.out.find("full cost"), std::string::npos) << "no room for it in\n" << narrow.out;
    EXPECT_NE(narrow.out.find("#] 100%  step 5  loss "), std::string::npos) << narrow.out;
    EXPECT_NE(narrow.out.find("  $0.0"), std::string::npos) << narrow.out;
    options.environment = {"TERM=dumb"};
    EXPECT_EQ(run_program(train("dumb", {"--steps", "1"}), options).out.find('\x1b'), std::string::npos);
}

TEST_F(Train, ResumesBitForBit)
{
    const Outcome whole = run_program(train("whole", {"--steps", "20", "--json"}));
    const Outcome first = run_program(train("parts", {"--steps", "10", "--json"}));
    const Outcome second = run_program({"train", "--resume", path("parts"), "--steps", "20", "--json"});
    ASSERT_EQ(second.exit_code, 0) << second.err;
    auto found = losses(first);
    const auto rest = losses(second);
    EXPECT_EQ(rest.size(), 10U);
    found.insert(found.end(), rest.begin(), rest.end());
    EXPECT_EQ(found, losses(whole));
    EXPECT_EQ(found.size(), 20U);
}

TEST_F(Train, SaysWhereARunStandsThatHasNothingLeftToDo)
{
    trained("run", 3);
    const Outcome again = run_program({"train", "--resume", path("run"), "--json"});
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_TRUE(events(again, "step").empty());
    EXPECT_EQ(json_lines<Json>(again).back()["reason"], "max steps reached");
}

TEST_F(Train, StopsOnASignalWithEverythingSaved)
{
    for (const int signal : {SIGINT, SIGTERM}) {
        const std::string run = "run" + std::to_string(signal);
        Program program(train(run, {"--json"}));
        ASSERT_TRUE(program.wait_for("\"step\":2,"));
        program.send(signal);
        const Outcome stopped = program.wait();
        EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
        EXPECT_EQ(json_lines<Json>(stopped).back(), (Json{{"event", "end"}, {"reason", "stopped"}}));
        const auto steps = events(stopped, "step");
        const std::int64_t last = steps.back()["step"];
        EXPECT_EQ(latest_checkpoint(path(run)), checkpoint_path(path(run), last));
        const Outcome resumed =
            run_program({"train", "--resume", path(run), "--steps", std::to_string(last + 1), "--json"});
        ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
        EXPECT_EQ(events(resumed, "step").at(0)["step"], last + 1);
    }
}

TEST_F(Train, ASecondSignalEndsAtOnce)
{
    // One step that takes hours. It begins a while after the announcement, on a busy machine a long one, and a signal
    // before it ends the run with nothing to wait for.
    for (const int seconds : {1, 3, 9, 27}) {
        const std::string run = "run" + std::to_string(seconds);
        Program program(train(run, {"--set", "gradient_accumulation_steps=1000000"}));
        ASSERT_TRUE(program.wait_for("run folder"));
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
        program.send(SIGINT);
        std::this_thread::sleep_for(std::chrono::milliseconds(200 * seconds));
        if (!program.running()) continue;
        program.send(SIGINT);
        EXPECT_EQ(program.wait().signal, SIGINT);
        EXPECT_FALSE(latest_checkpoint(path(run)).has_value());
        return;
    }
    FAIL() << "the first signal did not let the step end";
}

TEST_F(Train, AKilledRunGoesOnFromItsCheckpoint)
{
    Program program(train("run", {"--json", "--checkpoint-every", "3"}));
    ASSERT_TRUE(program.wait_for("\"step\":7,"));
    program.send(SIGKILL);
    EXPECT_EQ(program.wait().signal, SIGKILL);
    const Outcome whole = run_program(train("whole", {"--steps", "12", "--json"}));
    const Outcome resumed = run_program({"train", "--resume", path("run"), "--steps", "12", "--json"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    const std::int64_t first = events(resumed, "step").at(0)["step"];
    EXPECT_GE(first, 4);
    const auto expected = losses(whole);
    EXPECT_EQ(losses(resumed),
              std::vector<double>(expected.begin() + static_cast<std::ptrdiff_t>(first - 1), expected.end()));
    const Json summary = json_of<Json>(run_program({"inspect", path("run"), "--json"}));
    EXPECT_EQ(summary["steps"], 12);
}

TEST_F(Train, ATextShortenedMeanwhileIsAnErrorWithTheRunSaved)
{
    const std::string text = slurp(path("text.txt"));
    Program program(train("run", {"--json"}));
    ASSERT_TRUE(program.wait_for("\"step\":3,"));
    fs::resize_file(path("text.txt"), 50);
    const Outcome failed = program.wait();
    EXPECT_EQ(failed.exit_code, 1) << "ended by signal " << failed.signal;
    EXPECT_NE(failed.err.find("text.txt has changed since the run began"), std::string::npos) << failed.err;
    EXPECT_NE(failed.err.find("Put the old file back"), std::string::npos) << failed.err;
    EXPECT_EQ(json_lines<Json>(failed).back(), (Json{{"event", "end"}, {"reason", "failed"}}));
    const std::int64_t last = events(failed, "step").back()["step"];
    EXPECT_EQ(latest_checkpoint(path("run")), checkpoint_path(path("run"), last));
    const Json summary = json_of<Json>(run_program({"inspect", path("run"), "--json"}));
    EXPECT_EQ(summary["state"], "failed");
    EXPECT_NE(summary["state_reason"].get<std::string>().find("text.txt has changed"), std::string::npos);
    const Outcome words = run_program({"inspect", path("run")});
    EXPECT_NE(words.out.find("state        failed (20"), std::string::npos) << words.out;
    EXPECT_NE(words.out.find("text.txt has changed"), std::string::npos) << words.out;
    m_folder.write("text.txt", text);
    const Outcome resumed =
        run_program({"train", "--resume", path("run"), "--steps", std::to_string(last + 1), "--json"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(events(resumed, "step").at(0)["step"], last + 1);
}

TEST_F(Train, ARunBelongsToOneProcessAtATimeUntilThatIsGone)
{
    Program program(train("run", {"--json", "--checkpoint-every", "2"}));
    ASSERT_TRUE(program.wait_for("\"step\":3,"));
    expect_refusal(run_program({"train", "--resume", path("run"), "--json"}), 1, "is being trained by process ",
                   "Wait until it ends");
    expect_refusal(run_program(train("run", {"--steps", "1", "--json"})), 1, "is being trained by process ", "");
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("run"), "--json"}))["state"], "running");
    EXPECT_TRUE(program.running());
    program.send(SIGKILL);
    EXPECT_EQ(program.wait().signal, SIGKILL);
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("run"), "--json"}))["state"], "interrupted");
    const Outcome resumed = run_program({"train", "--resume", path("run"), "--minutes", "0.001", "--json"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(json_of<Json>(run_program({"inspect", path("run"), "--json"}))["state"], "finished");
}

TEST_F(Train, AnExtendedRunLearnsAtAHighRateAgainAndSaysSo)
{
    const Outcome first = run_program(train("run", {"--steps", "10", "--json", "--set", "warmup_steps=1"}));
    const Outcome more = run_program({"train", "--resume", path("run"), "--steps", "30", "--json"});
    ASSERT_EQ(more.exit_code, 0) << more.err;
    EXPECT_EQ(events(first, "step").back()["learning_rate"], 1e-4);
    EXPECT_EQ(events(more, "step").front()["learning_rate"], 1e-3);
    EXPECT_EQ(events(more, "step").back()["learning_rate"], 1e-4);
    const auto told = events(more, "schedule");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(keys_of(told[0]), (std::set<std::string>{"event", "step", "schedule_steps", "message"}));
    EXPECT_EQ(told[0]["schedule_steps"], 30);
    const Outcome words = run_program({"train", "--resume", path("run"), "--steps", "40"});
    EXPECT_NE(words.out.find("note: step 30: the learning rate is planned over 40 steps"), std::string::npos)
        << words.out;
}

TEST_F(Train, ResumesFromMovedDataThatAreTheSame)
{
    trained("run", 3);
    fs::rename(path("text.txt"), path("moved.txt"));
    expect_refusal(run_program({"train", "--resume", path("run"), "--steps", "5", "--json"}), 1, "text.txt",
                   "--data NEW");
    m_folder.write("text.txt", std::string(20'000, 'x'));
    expect_refusal(
        run_program({"train", "--resume", path("run"), "--steps", "5", "--data", path("text.txt"), "--json"}), 1,
        "its content has changed", "Put the old data back");
    const Outcome resumed =
        run_program({"train", "--resume", path("run"), "--steps", "5", "--data", path("moved.txt"), "--json"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    EXPECT_EQ(events(resumed, "step").size(), 2U);
}

TEST_F(Train, IsSavedWhenItsReaderGoesAway)
{
    Program program(train("run", {"--json"}));
    ASSERT_TRUE(program.wait_for("\"step\":1,"));
    program.close_output();
    const Outcome ended = program.wait();
    EXPECT_EQ(ended.exit_code, 130) << ended.err;
    EXPECT_TRUE(latest_checkpoint(path("run")).has_value());
}

TEST_F(Train, EndsAtTokensAndMinutesToo)
{
    const Outcome tokens = run_program(train("tokens", {"--tokens", "130", "--json"}));
    EXPECT_EQ(events(tokens, "step").size(), 3U) << "the first step at or beyond the limit is the last";
    EXPECT_EQ(json_lines<Json>(tokens).back()["reason"], "max tokens reached");
    const Outcome minutes = run_program(train("minutes", {"--minutes", "0.002", "--json"}));
    EXPECT_EQ(minutes.exit_code, 0) << minutes.err;
    EXPECT_EQ(json_lines<Json>(minutes).back()["reason"], "max minutes reached");
}

TEST_F(Train, ChoosesAFolderWhereNoneIsGiven)
{
    Arguments arguments = train("unused", {"--steps", "1", "--json"});
    const auto run = std::find(arguments.begin(), arguments.end(), "--run");
    arguments.erase(run, run + 2);
    ProgramOptions options;
    options.folder = m_folder.path();
    const Outcome done = run_program(arguments, options);
    ASSERT_EQ(done.exit_code, 0) << done.err;
    const std::string folder = json_lines<Json>(done)[0]["run"];
    EXPECT_EQ(folder.rfind("runs/" + m_folder.path().filename().string() + "-2", 0), 0U) << folder;
    EXPECT_TRUE(read_manifest(m_folder.path() / folder).ok());
}

TEST_F(Train, TrainsInDoublePrecisionOnRequest)
{
    const Outcome done = run_program(train("run", {"--steps", "2", "--precision", "f64", "--json"}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(json_lines<Json>(done)[0]["precision"], "f64");
}

TEST_F(Train, NotANumberIsValidJsonAndAHealthEvent)
{
    const Outcome done = run_program(train("run", {"--steps", "30", "--json", "--set", "learning_rate=10", "--set",
                                                   "weight_decay=10", "--set", "warmup_steps=0"}));
    ASSERT_EQ(done.exit_code, 0) << done.err;
    bool null_seen = false;
    for (const Json& step : events(done, "step"))
        null_seen = null_seen || step["loss"].is_null() || step["grad_norm"].is_null();
    EXPECT_TRUE(null_seen) << done.out;
    const auto health = events(done, "health");
    ASSERT_FALSE(health.empty());
    EXPECT_EQ(keys_of(health[0]), (std::set<std::string>{"event", "kind", "message"}));
    EXPECT_EQ(health[0]["kind"], "nan");
}

TEST_F(Train, RefusesWhatIsWrongWithModelDataAndFolder)
{
    m_folder.write("broken.json", "{\"model_type\": \"deepseek_v3\",");
    m_folder.write("empty.txt", "");
    m_folder.write("binary.txt", std::string("\x00\x01\x02", 3));
    m_folder.write("other/file", "x");
    trained("taken", 1);
    const auto with = [this](const std::string& option, const std::string& value) {
        Arguments arguments = train("new", {"--steps", "1", "--json"});
        *(std::find(arguments.begin(), arguments.end(), option) + 1) = value;
        return run_program(arguments);
    };
    expect_refusal(with("--model", "tinyy"), 1, "there is no model \"tinyy\"", "tiny");
    expect_refusal(with("--model", path("none.json")), 1, "none.json", "Check the path");
    expect_refusal(with("--model", path("broken.json")), 1, "broken.json", "");
    expect_refusal(with("--data", path("none.txt")), 1, "none.txt", "");
    expect_refusal(with("--data", path("empty.txt")), 1, "empty.txt", "");
    expect_refusal(with("--data", path("binary.txt")), 1, "binary.txt", "");
    expect_refusal(with("--data", "builtin:nothing"), 1, "nothing", "");
    expect_refusal(with("--run", path("taken")), 1, "holds a run already", "--resume");
    expect_refusal(with("--run", path("other")), 1, "is not empty", "Choose");
    expect_refusal(with("--run", path("text.txt")), 1, "text.txt", "Choose");
    expect_refusal(with("--run", "/proc/nothing/run"), 1, "/proc/nothing/run", "");
    expect_refusal(run_program(train("new", {"--set", "n_group=3"})), 1, "n_group is 3", "Choose n_group");
    expect_refusal(run_program(train("new", {"--precision", "fp8-sim"})), 1, "fp8-sim", "f32");
    expect_refusal(run_program(train("new", {"--device", "cuda"})), 1, "cuda", "--device cpu");
    expect_refusal(run_program({"train", "--resume", path("other")}), 1, "is no run folder", "triptych train --run");
    EXPECT_FALSE(fs::exists(path("new"))) << "nothing is left of a run that could not begin";
}

TEST_F(Train, AFullDiskIsAnErrorAndLeavesNothingHalfWritten)
{
    ProgramOptions options;
    options.file_size_limit = 150'000; // enough to begin, too little for a checkpoint
    const Outcome failed = run_program(train("run", {"--steps", "3", "--json", "--set", "hidden_size=128"}), options);
    EXPECT_EQ(failed.exit_code, 1) << failed.signal;
    EXPECT_NE(failed.err.find("not everything could be saved"), std::string::npos) << failed.err;
    EXPECT_NE(failed.err.find("larger than this system allows"), std::string::npos) << failed.err;
    EXPECT_EQ(json_lines<Json>(failed).back()["event"], "end");
    EXPECT_FALSE(events(failed, "health").empty());
    EXPECT_TRUE(fs::is_empty(path("run/checkpoints")));
    const Outcome resumed = run_program({"train", "--resume", path("run")});
    expect_refusal(resumed, 1, "has no checkpoint", "Start the run anew");
}

} // namespace
} // namespace triptych::test
