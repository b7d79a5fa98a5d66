// How the studio ends while it trains: asked to, killed, and without its display; and what is left of the run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/session_file.h"
#include "tests/app/studio/studio_process.h"

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class StudioEnding : public StudioProcess {
protected:
    void start()
    {
        launch();
        ASSERT_TRUE(waits([&] { return steps() > 3; })) << slurp(m_folder / "log");
    }
    fs::path run() const
    {
        const auto all = runs();
        return all.empty() ? fs::path() : all.front();
    }
    std::int64_t steps() const { return stored_steps(run()); }
    RunState state() const
    {
        const auto session = read_session(run());
        EXPECT_TRUE(session.has_value());
        return session ? session->state : RunState::Failed;
    }
    void expect_saved() const
    {
        EXPECT_EQ(state(), RunState::Stopped);
        const auto last = latest_checkpoint(run());
        ASSERT_TRUE(last);
        EXPECT_EQ(*last, checkpoint_path(run(), steps())) << "with its last step";
    }
};

class StudioSignal : public StudioEnding, public testing::WithParamInterface<int> {};

TEST_P(StudioSignal, SavesTheRunAndEndsInOrder)
{
    start();
    ::kill(m_studio, GetParam());
    const int status = end();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    expect_saved();
}

INSTANTIATE_TEST_SUITE_P(EachOne, StudioSignal, testing::Values(SIGINT, SIGTERM, SIGHUP),
                         [](const auto& one) { return std::string(::sigabbrev_np(one.param)); });

TEST_F(StudioEnding, AKilledOneLosesNoStepThatWasWrittenAndLeavesTheRunFree)
{
    start();
    const std::int64_t before = steps();
    ::kill(m_studio, SIGKILL);
    end();
    EXPECT_GE(steps(), before);
    EXPECT_EQ(state(), RunState::Interrupted);
    EXPECT_TRUE(SessionFile::take(run()));
}

TEST_F(StudioEnding, TheRunIsSavedWhenItsDisplayGoesAway)
{
    if (!startDisplay()) GTEST_SKIP() << "there is no Xvfb here";
    start();
    ::kill(m_display, SIGKILL);
    const int status = end();
    EXPECT_TRUE(WIFEXITED(status)) << status;
    EXPECT_NE(slurp(m_folder / "log").find("its display has gone; the run was saved"), std::string::npos)
        << slurp(m_folder / "log");
    expect_saved();
}

} // namespace
} // namespace triptych::test
