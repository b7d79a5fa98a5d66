// The command line itself: help, version, and every way to write it wrongly.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "tests/app/program_fixture.h"

#include <set>

namespace triptych::test {
namespace {

TEST(Usage, HelpAndVersionGoToStdoutAndAreNoError)
{
    const Outcome help = run_program({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_EQ(help.err, "");
    for (const CommandInfo& command : command_catalog()) {
        EXPECT_NE(help.out.find(std::string("  ") + command.name), std::string::npos) << command.name;
        const Outcome own = run_program({command.name, "--help"});
        EXPECT_EQ(own.exit_code, 0);
        EXPECT_EQ(own.err, "");
        EXPECT_NE(own.out.find(std::string("Usage: triptych ") + command.name), std::string::npos) << own.out;
        EXPECT_NE(own.out.find("--json"), std::string::npos) << command.name;
    }
    const Outcome version = run_program({"--version"});
    EXPECT_EQ(version.exit_code, 0);
    EXPECT_EQ(version.out.rfind("triptych ", 0), 0U) << version.out;
}

TEST(Usage, TheHelpOfTrainNamesEverySetting)
{
    const Outcome help = run_program({"train", "--help"});
    for (const auto& field : train_config_fields())
        EXPECT_NE(help.out.find(std::string("  ") + field.key + " "), std::string::npos) << field.key;
}

TEST(Usage, WithoutACommandItShowsTheHelpAndFails)
{
    const Outcome nothing = run_program({});
    EXPECT_EQ(nothing.exit_code, 2);
    EXPECT_EQ(nothing.out, "");
    EXPECT_NE(nothing.err.find("Usage: triptych"), std::string::npos);
}

struct Mistake {
    Arguments arguments;
    std::string what;
    std::string hint;
};

TEST(Usage, EveryMistakeIsNamedWithWhatToDo)
{
    const std::vector<Mistake> mistakes = {
        {{"trian"}, "there is no command \"trian\"", "Did you mean train?"},
        {{"zzz"},
         "there is no command \"zzz\"",
         "The commands are train, generate, eval, init, inspect, metrics, cost, plan, selftest, bench"},
        {{"--verbose"}, "there is no option \"--verbose\"", "See triptych --help"},
        {{"train", "--stpes", "3"}, "there is no option \"--stpes\"", "Did you mean --steps?"},
        {{"eval", "--chekpoint", "x"}, "there is no option \"--chekpoint\"", "Did you mean --checkpoint?"},
        {{"train", "--steps"}, "--steps needs a value", "See triptych train --help"},
        {{"train", "--steps", "abc"}, "--steps: \"abc\" is no whole number, expected 1 or more", "train --help"},
        {{"train", "--steps", "-5"}, "--steps: -5 is out of range", "train --help"},
        {{"train", "--steps", "0"}, "--steps: 0 is out of range", "train --help"},
        {{"train", "--steps", "1", "--steps", "2"}, "--steps was given more than once", "train --help"},
        {{"train", "--minutes", "nan"}, "--minutes: nan is out of range", "train --help"},
        {{"train", "--precision", "bf17"}, "--precision: \"bf17\" is unknown, did you mean bf16?", "train --help"},
        {{"train", "--device", "tpu"}, "--device: \"tpu\"", "train --help"},
        {{"train", "--model", "tiny"}, "--data is required", "See triptych train --help"},
        {{"train", "--data", "builtin:mixed"}, "--model is required", "See triptych train --help"},
        {{"train", "--resume", "x", "--model", "tiny"},
         "--model and --resume cannot be given together",
         "train --help"},
        {{"train", "--model", "tiny", "--data", "x", "--set", "learning_rat=1"},
         "there is no setting named",
         "learning_rate"},
        {{"train", "--model", "tiny", "--data", "x", "--set", "learning_rate"},
         "is not of the form key=value",
         "Write it like"},
        {{"train", "--model", "tiny", "--data", "x", "--set", "seed=x"}, "seed", ""},
        {{"train", "--model", "tiny", "--data", "x", "--set", "batch_size=0"}, "batch_size", ""},
        {{"eval", "--checkpoint", "x"}, "there is nothing to evaluate", "Give one of --data FILE"},
        {{"eval", "--checkpoint", "x", "--data", "y", "--tokens", "1"}, "exclude each other", "Give one of"},
        {{"eval", "--data", "y"}, "--checkpoint is required", "See triptych eval --help"},
        {{"init", "--model", "tiny"}, "--out is required", "See triptych init --help"},
        {{"init", "--model", "tiny", "--out", "x", "--seed", "-1"}, "--seed: -1 is out of range", "init --help"},
        {{"inspect"}, "PATH is required", "See triptych inspect --help"},
        {{"inspect", "a", "b"}, "the argument \"b\" was not expected", "See triptych inspect --help"},
        {{"generate", "--checkpoint", "x"}, "--prompt is required", "See triptych generate --help"},
        {{"generate", "--checkpoint", "x", "--prompt", "y", "--temperature", "-1"},
         "-1 is out of range",
         "generate --help"},
        {{"generate", "--checkpoint", "x", "--prompt", "y", "--top-p", "1.5"},
         "1.5 is out of range",
         "generate --help"},
        {{"generate", "--checkpoint", "x", "--prompt", "y", "--attention", "nave"},
         "did you mean naive?",
         "generate --help"},
        {{"selftest", "--device", "cpu,gpu"}, "\"gpu\"", "selftest --help"},
        {{"bench"}, "WHAT is required", "See triptych bench --help"},
        {{"bench", "trian"}, "\"trian\" is unknown, did you mean train?", "bench --help"},
        {{"bench", "train", "--steps", "0"}, "--steps: 0 is out of range, expected 1", "bench --help"},
        {{"bench", "train", "--batch", "-1"}, "--batch: -1 is out of range, expected 1 or more", "bench --help"},
        {{"bench", "train", "--seq", "1"}, "--seq: 1 is out of range, expected 2 or more", "bench --help"},
        {{"bench", "train", "--threads", "two"}, "--threads: \"two\" is no whole number", "bench --help"},
        {{"bench", "train", "--precision", "bf17"}, "--precision: \"bf17\" is unknown", "bench --help"},
    };
    for (const Mistake& mistake : mistakes) {
        SCOPED_TRACE(testing::PrintToString(mistake.arguments));
        expect_refusal(run_program(mistake.arguments), 2, mistake.what, mistake.hint);
    }
}

TEST(Usage, OutputThatCannotBeWrittenIsAnError)
{
    ProgramOptions options;
    options.output = Stdout::FullDisk;
    const Outcome lost = run_program({"inspect", "tiny"}, options);
    EXPECT_EQ(lost.exit_code, 1);
    EXPECT_NE(lost.err.find("cannot write the output: no space left on the disk"), std::string::npos) << lost.err;
}

TEST(Usage, NumbersDoNotDependOnTheLocale)
{
    ProgramOptions options;
    options.environment = {"LC_ALL=de_DE.UTF-8", "LANG=de_DE.UTF-8"};
    EXPECT_EQ(run_program({"inspect", "tiny"}, options).out, run_program({"inspect", "tiny"}).out);
}

} // namespace
} // namespace triptych::test
