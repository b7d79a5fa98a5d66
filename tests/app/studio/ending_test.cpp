// How the studio ends while it trains: asked to, killed, and without its display; and what is left of the run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "tests/support/temp_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kPatience = 5min; // other work on the machine may be heavy

bool waits(const std::function<bool()>& condition)
{
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

class StudioEnding : public testing::Test {
protected:
    ~StudioEnding() override
    {
        for (const pid_t child : {m_studio, m_display})
            if (child > 0) {
                ::kill(child, SIGKILL);
                ::waitpid(child, nullptr, 0);
            }
    }

    /// Its demo, on a platform without windows or on the display that was started.
    void start()
    {
        m_studio = ::fork();
        if (m_studio == 0) {
            for (const char* place : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
                ::setenv(place, m_folder.path().c_str(), 1);
            ::setenv("QT_QPA_PLATFORM", m_screen.empty() ? "offscreen" : "xcb", 1);
            if (!m_screen.empty()) ::setenv("DISPLAY", m_screen.c_str(), 1);
            const int log = ::open((m_folder / "log").c_str(), O_WRONLY | O_CREAT, 0644);
            ::dup2(log, STDOUT_FILENO);
            ::dup2(log, STDERR_FILENO);
            ::execl(TRIPTYCH_STUDIO, TRIPTYCH_STUDIO, "--demo", nullptr);
            ::_exit(127);
        }
        ASSERT_TRUE(waits([&] { return steps() > 3; })) << slurp(m_folder / "log");
    }
    /// A display that can be killed. False where there is none to be had.
    bool startDisplay()
    {
        int told[2] = {};
        if (::pipe(told) != 0) return false;
        m_display = ::fork();
        if (m_display == 0) {
            const int nothing = ::open("/dev/null", O_WRONLY);
            ::dup2(nothing, STDERR_FILENO);
            const std::string channel = std::to_string(told[1]);
            ::execlp("Xvfb", "Xvfb", "-displayfd", channel.c_str(), "-screen", "0", "1280x800x24", "-nolisten", "tcp",
                     nullptr);
            ::_exit(127);
        }
        ::close(told[1]);
        std::string number;
        for (char letter = 0; ::read(told[0], &letter, 1) == 1 && letter != '\n';) number += letter;
        ::close(told[0]);
        m_screen = ":" + number;
        return !number.empty();
    }
    fs::path run() const
    {
        std::error_code missing;
        for (const auto& each : fs::directory_iterator(m_folder / "triptych/runs", missing)) return each.path();
        return {};
    }
    std::int64_t steps() const
    {
        if (run().empty() || !fs::exists(run() / "metrics.sqlite")) return 0;
        const auto reader = RunReader::open(run() / "metrics.sqlite");
        const auto range = reader ? reader->steps(Metric::Loss) : Result<std::optional<StepRange>>(std::nullopt);
        return range && *range ? (*range)->last : 0;
    }
    RunState state() const
    {
        const auto session = read_session(run());
        EXPECT_TRUE(session.has_value());
        return session ? session->state : RunState::Failed;
    }
    /// waitpid()'s word; the program must end by itself.
    int end()
    {
        int status = 0;
        EXPECT_TRUE(waits([&] { return ::waitpid(m_studio, &status, WNOHANG) == m_studio; }));
        m_studio = -1;
        return status;
    }
    void expect_saved() const
    {
        EXPECT_EQ(state(), RunState::Stopped);
        const auto last = latest_checkpoint(run());
        ASSERT_TRUE(last);
        EXPECT_EQ(*last, checkpoint_path(run(), steps())) << "with its last step";
    }

    TempFolder m_folder;
    std::string m_screen;
    pid_t m_studio = -1;
    pid_t m_display = -1;
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
