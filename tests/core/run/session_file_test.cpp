// Who has a run: one process at a time, for as long as it lives, and its end can be read afterwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"
#include "core/run/run_pulse.h"
#include "core/run/session_file.h"
#include "tests/support/far_copy.h"
#include "tests/support/temp_folder.h"
#include "tests/support/without_privileges.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <regex>
#include <string>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class SessionFileTest : public testing::Test {
protected:
    fs::path file() const { return m_folder / "session.json"; }
    SessionFile take() const
    {
        auto taken = SessionFile::take(m_folder.path());
        EXPECT_TRUE(taken.ok()) << (taken.ok() ? "" : taken.error().what);
        return taken.take();
    }
    SessionRecord read() const
    {
        const auto record = read_session(m_folder.path());
        EXPECT_TRUE(record.has_value());
        return record.value_or(SessionRecord{});
    }
    /// Another process takes the run and is killed while it has it.
    pid_t killed_holder() const
    {
        const pid_t child = ::fork();
        if (child == 0) {
            auto taken = SessionFile::take(m_folder.path());
            if (taken) taken->keep();
            ::raise(SIGKILL);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return child;
    }

    TempFolder m_folder;
};

TEST_F(SessionFileTest, NamesTheProcessThatHasTheRunAndRefusesASecondOne)
{
    const SessionFile held = take();
    const std::string before = slurp(file());
    const SessionRecord record = read();
    EXPECT_EQ(record.state, RunState::Running);
    EXPECT_EQ(record.process, ::getpid());
    EXPECT_EQ(record.host, host_name());
    EXPECT_EQ(record.began.size(), utc_now().size());
    const auto second = SessionFile::take(m_folder.path());
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().what, m_folder.path().string() + " is being trained by " + record.holder());
    EXPECT_NE(second.error().what.find("process " + std::to_string(::getpid()) + " on " + host_name() + " since 20"),
              std::string::npos);
    EXPECT_FALSE(second.error().hint.empty());
    EXPECT_EQ(slurp(file()), before);
    EXPECT_EQ(read().state, RunState::Running) << "the attempt does not release it";
}

TEST_F(SessionFileTest, TellsHowTheSessionEndedAndIsFreeAgain)
{
    SessionFile held = take();
    const auto room = fs::file_size(file());
    held.end(RunState::Failed, "the data \"vanished\"", "Put them back.");
    const SessionRecord record = read();
    EXPECT_EQ(record.state, RunState::Failed);
    EXPECT_EQ(record.reason, "the data \"vanished\"");
    EXPECT_EQ(record.hint, "Put them back.");
    EXPECT_FALSE(record.ended.empty());
    EXPECT_EQ(fs::file_size(file()), room) << "no room is needed that was not there from the beginning";
    take().end(RunState::Finished, "max steps reached", "");
    EXPECT_EQ(read().state, RunState::Finished);
    EXPECT_EQ(read().hint, "");
}

TEST_F(SessionFileTest, AKilledProcessLeavesTheRunFreeAndIsSaidToBeGone)
{
    const pid_t gone = killed_holder();
    const SessionRecord record = read();
    EXPECT_EQ(record.state, RunState::Interrupted);
    EXPECT_NE(record.reason.find("process " + std::to_string(gone)), std::string::npos) << record.reason;
    EXPECT_NE(record.hint.find("--resume"), std::string::npos);
    take().end(RunState::Stopped, "stopped", "");
    EXPECT_EQ(read().state, RunState::Stopped);
}

/// Its lock would be that of another machine, or of one behind a mount.
TEST_F(SessionFileTest, AProcessOfAnotherMachineIsBelievedAsLongAsItsFilesGrow)
{
    killed_holder();
    const std::string own = slurp(file());
    const std::string far = std::regex_replace(own, std::regex("\"host\": \"[^\"]*\""), "\"host\": \"far\"");
    m_folder.rewrite("session.json", far);
    m_folder.write("events.jsonl", "{}\n");
    const SessionRecord record = read();
    EXPECT_EQ(record.state, RunState::Running);
    EXPECT_TRUE(record.believed);
    EXPECT_EQ(record.reason, "");
    age_run(m_folder.path(), 2 * kRunSilence);
    EXPECT_EQ(read().state, RunState::Interrupted) << "two minutes without a word";
    m_folder.rewrite("events.jsonl", "{}\n{}\n");
    EXPECT_EQ(read().state, RunState::Running) << "a new one";
    age_run(m_folder.path(), -2 * kRunSilence);
    EXPECT_EQ(read().state, RunState::Interrupted) << "a time that is none";
    m_folder.rewrite("session.json", own);
    EXPECT_EQ(read().state, RunState::Interrupted) << "the lock of a process of this machine would be seen";
}

TEST_F(SessionFileTest, ASessionThatDidNotBeginLeavesTheFileAsItWas)
{
    {
        const SessionFile given_up = take();
    }
    EXPECT_FALSE(fs::exists(file()));
    take().end(RunState::Stopped, "stopped", "");
    const std::string before = slurp(file());
    {
        const SessionFile given_up = take();
        EXPECT_NE(slurp(file()), before);
    }
    EXPECT_EQ(slurp(file()), before);
}

TEST_F(SessionFileTest, WhoeverMayOnlyReadSeesTheSameAndDisturbsNobody)
{
    SessionFile held = take();
    fs::permissions(m_folder.path(), fs::perms(0555));
    fs::permissions(file(), fs::perms(0444));
    {
        const WithoutPrivileges nobody;
        EXPECT_EQ(read().state, RunState::Running);
        EXPECT_FALSE(SessionFile::take(m_folder.path()).ok());
    }
    fs::permissions(m_folder.path(), fs::perms(0755));
    held.end(RunState::Stopped, "stopped", "");
    EXPECT_EQ(read().reason, "stopped");
}

TEST_F(SessionFileTest, AFileThatSaysNothingIsNoHindrance)
{
    EXPECT_FALSE(read_session(m_folder.path()).has_value());
    for (const char* text : {"", "{", "[]", "{\"state\": 3}", "{\"state\": \"dreaming\"}"}) {
        m_folder.write("session.json", text);
        EXPECT_FALSE(read_session(m_folder.path()).has_value()) << text;
        take().end(RunState::Stopped, "stopped", "");
        EXPECT_EQ(read().state, RunState::Stopped) << text;
    }
    fs::remove(file());
    fs::create_symlink(m_folder / "nowhere", file());
    const auto dangling = SessionFile::take(m_folder.path());
    ASSERT_FALSE(dangling.ok());
    EXPECT_NE(dangling.error().what.find("session.json"), std::string::npos);
    fs::remove(file());
    fs::create_directory(file());
    EXPECT_FALSE(SessionFile::take(m_folder.path()).ok());
}

} // namespace
} // namespace triptych::test
