// The studio as a process of its own, and what can be seen of its runs from outside.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "tests/support/temp_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace triptych::test {

/// Asks again and again, for as long as other work on the machine may take.
inline bool waits(const std::function<bool()>& condition)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

/// The last step whose loss the run has stored; 0: none, or there is no run.
inline std::int64_t stored_steps(const std::filesystem::path& run)
{
    std::error_code missing;
    if (run.empty() || !std::filesystem::exists(run / "metrics.sqlite", missing)) return 0;
    const auto reader = RunReader::open(run / "metrics.sqlite");
    const auto range = reader ? reader->steps(Metric::Loss) : Result<std::optional<StepRange>>(std::nullopt);
    return range && *range ? (*range)->last : 0;
}

/// On a platform without windows or on a display of its own. What it keeps lies in a folder of the test.
class StudioProcess : public testing::Test {
protected:
    ~StudioProcess() override
    {
        stop(m_studio);
        stop(m_display);
    }

    void launch(const std::vector<std::string>& arguments = {"--demo"})
    {
        m_studio = ::fork();
        if (m_studio != 0) return;
        for (const char* place : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            ::setenv(place, m_folder.path().c_str(), 1);
        ::setenv("QT_QPA_PLATFORM", m_screen.empty() ? "offscreen" : "xcb", 1);
        if (!m_screen.empty()) ::setenv("DISPLAY", m_screen.c_str(), 1);
        const int log = ::open((m_folder / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        std::vector<char*> argv = {const_cast<char*>(TRIPTYCH_STUDIO)};
        for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
        argv.push_back(nullptr);
        ::execv(TRIPTYCH_STUDIO, argv.data());
        ::_exit(127);
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
        if (number.empty()) return false;
        m_screen = ":" + number;
        return true;
    }
    /// By what they are called, which is when they began.
    std::vector<std::filesystem::path> runs() const
    {
        std::vector<std::filesystem::path> found;
        std::error_code missing;
        for (const auto& each : std::filesystem::directory_iterator(m_folder / "triptych/runs", missing))
            found.push_back(each.path());
        std::sort(found.begin(), found.end());
        return found;
    }
    /// waitpid()'s word; the program must end by itself.
    int end()
    {
        int status = 0;
        EXPECT_TRUE(waits([&] { return ::waitpid(m_studio, &status, WNOHANG) == m_studio; }));
        m_studio = -1;
        return status;
    }
    std::string log() const { return slurp(m_folder / "log"); }
    static void stop(pid_t& child)
    {
        if (child <= 0) return;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        child = -1;
    }

    TempFolder m_folder;
    std::string m_screen;
    pid_t m_studio = -1;
    pid_t m_display = -1;
};

} // namespace triptych::test
