// What people have in hand when they mean a run, and what is said where it is none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_place.h"
#include "tests/support/run_folders.h"
#include "tests/support/without_privileges.h"

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class RunPlace : public testing::Test {
protected:
    RunPlace()
    {
        make_run(m_temp / "runs/a");
        make_run(m_temp / "runs/b");
        m_temp.write("runs/a/checkpoints/step-000010/model.safetensors", "x");
    }
    /// What is wrong, after seeing that it says what to do.
    static std::string refusal(const fs::path& path)
    {
        const auto found = find_runs(path);
        EXPECT_FALSE(found.ok()) << path;
        if (found) return {};
        EXPECT_FALSE(found.error().hint.empty());
        EXPECT_NE(found.error().what.find(path.filename().string()), std::string::npos) << found.error().what;
        return found.error().what;
    }

    TempFolder m_temp;
};

TEST_F(RunPlace, IsTheFolderOfARunOrThatAroundOneOfItsFilesAndCheckpoints)
{
    const fs::path run = m_temp / "runs/a";
    for (const char* within : {"", "run.json", "metrics.sqlite", "curves", "curves/level-0.bin", "checkpoints",
                               "checkpoints/step-000010", "checkpoints/step-000010/model.safetensors"}) {
        const auto found = find_run(run / within);
        ASSERT_TRUE(found.ok()) << within << ": " << found.error().what;
        EXPECT_EQ(*found, run) << within;
    }
    fs::create_directory_symlink(run, m_temp / "link");
    EXPECT_EQ(find_run(m_temp / "link").value(), m_temp / "link");
}

TEST_F(RunPlace, ABrokenRunIsOneStillSoThatItsOwnMessageIsSaid)
{
    fs::remove(m_temp / "runs/a/run.json");
    EXPECT_EQ(find_run(m_temp / "runs/a").value(), m_temp / "runs/a");
}

TEST_F(RunPlace, OfAFolderOfRunsAreAllMeantAndNoneAlone)
{
    EXPECT_EQ(find_runs(m_temp / "runs").value(), (std::vector<fs::path>{m_temp / "runs/a", m_temp / "runs/b"}));
    const auto one = find_run(m_temp / "runs");
    ASSERT_FALSE(one.ok());
    EXPECT_NE(one.error().what.find("a folder of 2 runs"), std::string::npos);
    EXPECT_NE(one.error().hint.find("runs/a"), std::string::npos);
}

TEST_F(RunPlace, ASessionOfAWindowMakesNoRunOfAFolderOfRuns)
{
    m_temp.write("runs/session.json", "{}");
    EXPECT_EQ(find_runs(m_temp / "runs").value(), (std::vector<fs::path>{m_temp / "runs/a", m_temp / "runs/b"}));
    fs::remove(m_temp / "runs/a/run.json");
    fs::remove(m_temp / "runs/a/metrics.sqlite");
    EXPECT_EQ(find_run(m_temp / "runs/a").value(), m_temp / "runs/a") << "a broken one has one of its own";
}

TEST_F(RunPlace, NamesThatGoUpMeanTheFolderThatTheyName)
{
    const fs::path up = m_temp / "runs/a/checkpoints/../../..";
    const auto found = find_runs(up);
    ASSERT_FALSE(found.ok()) << "the run that was left by it";
    EXPECT_NE(found.error().what.find("is no run: it has runs"), std::string::npos) << found.error().what;
    EXPECT_EQ(find_run(m_temp / "runs/b/../a/run.json").value(), m_temp / "runs/a");
}

TEST_F(RunPlace, WhatIsNoneIsSaidWithWhatWasFound)
{
    EXPECT_NE(refusal(m_temp / "gone").find("is not there"), std::string::npos);
    fs::create_symlink(m_temp / "gone", m_temp / "link");
    EXPECT_NE(refusal(m_temp / "link").find("is a link to " + (m_temp / "gone").string()), std::string::npos);
    fs::create_directory(m_temp / "empty");
    EXPECT_NE(refusal(m_temp / "empty").find("an empty folder"), std::string::npos);
    m_temp.write("other/picture.png", "x");
    m_temp.write("other/letter.txt", "x");
    EXPECT_NE(refusal(m_temp / "other").find("it has letter.txt, picture.png"), std::string::npos);
    EXPECT_NE(refusal(m_temp / "other/letter.txt").find("is a file"), std::string::npos);
    m_temp.write("model/config.json", "{}");
    EXPECT_NE(refusal(m_temp / "model").find("without a run around it"), std::string::npos);
    fs::create_directory(m_temp / "locked");
    fs::permissions(m_temp / "locked", fs::perms::none);
    {
        const WithoutPrivileges nobody;
        EXPECT_NE(refusal(m_temp / "locked").find("cannot read"), std::string::npos);
    }
    fs::permissions(m_temp / "locked", fs::perms::owner_all);
}

} // namespace
} // namespace triptych::test
