// docs/cli.md and the program say the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "tests/app/program_fixture.h"

#include <regex>

namespace triptych::test {
namespace {

std::set<std::string> options_in(const std::string& text, const std::string& pattern)
{
    std::set<std::string> options;
    const std::regex option(pattern);
    for (std::sregex_iterator it(text.begin(), text.end(), option), end; it != end; ++it) options.insert((*it)[1]);
    options.erase("--help");
    return options;
}

TEST(CliPage, ListsTheOptionsOfEveryCommand)
{
    const std::string page = slurp(TRIPTYCH_SOURCE_DIR "/docs/cli.md");
    for (const CommandInfo& command : command_catalog()) {
        const std::string heading = std::string("\n## triptych ") + command.name + "\n";
        const auto begin = page.find(heading);
        ASSERT_NE(begin, std::string::npos) << "docs/cli.md has no section on " << command.name;
        std::string section = page.substr(begin, page.find("\n## ", begin + heading.size()) - begin);
        // The first column of its table.
        std::string options;
        for (std::istringstream in(section); std::getline(in, section);)
            if (section.rfind("| `--", 0) == 0) options += section.substr(0, section.find(" | ", 2)) + "\n";
        const std::string help = run_program({command.name, "--help"}).out;
        EXPECT_EQ(options_in(options, "`(--[a-z-]+)"), options_in(help, "\n  (?:-h,)?(--[a-z-]+)")) << command.name;
    }
}

} // namespace
} // namespace triptych::test
