// A folder with a model so small that a step of it takes milliseconds, a text, and short ways to the commands.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/app/program.h"
#include "tests/support/small_run.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych::test {

class ProgramTest : public testing::Test {
protected:
    ProgramTest()
    {
        std::string text;
        for (int i = 0; i < 400; ++i)
            text += "The quick brown fox jumps over the lazy dog, line " + std::to_string(i) + ".\n";
        m_folder.write("text.txt", text);
    }

    std::string path(const std::string& name) const { return (m_folder / name).string(); }

    /// `triptych train` of 64 tokens a step on one thread into the folder `run`, followed by these arguments.
    Arguments train(const std::string& run, const Arguments& more) const
    {
        Arguments all = {"train", "--model", path("config.json"), "--data", path("text.txt"), "--run", path(run)};
        for (const char* setting : {"sequence_length=32", "batch_size=2", "threads=1", "eval_every=0"})
            all.insert(all.end(), {"--set", setting});
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    /// Trains a few steps, which must work, and returns the checkpoint.
    std::string trained(const std::string& run, int steps = 3) const
    {
        const Outcome done = run_program(train(run, {"--steps", std::to_string(steps)}));
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return path(run + "/checkpoints/step-00000" + std::to_string(steps));
    }
    /// A freshly initialised checkpoint of the small model.
    std::string fresh(const std::string& name = "fresh") const
    {
        const Outcome done = run_program({"init", "--model", path("config.json"), "--out", path(name)});
        EXPECT_EQ(done.exit_code, 0) << done.err;
        return path(name);
    }

    SmallRun m_folder;
};

/// One sentence on stderr that holds `what`, then one that holds `hint`; the exit code; nothing on stdout.
inline void expect_refusal(const Outcome& outcome, int exit_code, const std::string& what, const std::string& hint)
{
    EXPECT_EQ(outcome.exit_code, exit_code) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err.rfind("triptych: ", 0), 0U) << outcome.err;
    EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find(hint), std::string::npos) << outcome.err;
}

} // namespace triptych::test
