// The very first start: the demo trains, and nobody is asked anything; later starts, and those with a wish, have none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/studio/studio_process.h"

#include <fstream>

namespace triptych::test {
namespace {

class FirstStart : public StudioProcess {
protected:
    std::int64_t steps() const
    {
        const auto all = runs();
        return all.empty() ? 0 : stored_steps(all.front());
    }
    /// Whether it will end in order when it is asked to: that is so once its window stands, before a demo begins.
    bool listens() const
    {
        std::ifstream status("/proc/" + std::to_string(m_studio) + "/status");
        constexpr std::string_view kCaught = "SigCgt:";
        for (std::string line; std::getline(status, line);)
            if (line.starts_with(kCaught))
                return std::stoull(line.substr(kCaught.size()), nullptr, 16) >> (SIGTERM - 1) & 1;
        return false;
    }
    /// Asks it to end as soon as it listens.
    void endInOrder()
    {
        ASSERT_TRUE(waits([&] { return listens(); })) << log();
        ::kill(m_studio, SIGTERM);
        const int status = StudioProcess::end();
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status << log();
    }
};

TEST_F(FirstStart, ShowsTheDemoAtOnceAndTheNextOneShowsAnEmptyWindow)
{
    launch({});
    ASSERT_TRUE(waits([&] { return steps() > 3; })) << "a dialog would wait for an answer that never comes\n" << log();
    EXPECT_EQ(runs().size(), 1U);
    endInOrder();
    ASSERT_TRUE(std::filesystem::exists(m_folder / "triptych/triptych-studio.conf")) << "settings are kept";
    launch({});
    endInOrder();
    EXPECT_EQ(runs().size(), 1U) << "no demo begins again";
}

TEST_F(FirstStart, AWishIsFulfilledInstead)
{
    launch({"--run", (m_folder / "no run").string()});
    endInOrder();
    EXPECT_EQ(runs().size(), 0U);
}

} // namespace
} // namespace triptych::test
