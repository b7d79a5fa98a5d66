// The command line of triptych-studio: what is read, what is refused, and that docs/cli.md says the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/arguments.h"
#include "app/studio/figure.h"
#include "ui/panels/panel_catalog.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace triptych::test {
namespace {

struct Read {
    ParsedArguments parsed;
    std::string out, err;
};

Read read(std::vector<const char*> arguments)
{
    arguments.insert(arguments.begin(), "triptych-studio");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    ParsedArguments parsed = parse_studio_arguments(static_cast<int>(arguments.size()), arguments.data());
    std::string out = testing::internal::GetCapturedStdout();
    return {std::move(parsed), std::move(out), testing::internal::GetCapturedStderr()};
}

std::set<std::string> options_in(const std::string& text, const std::regex& option)
{
    std::set<std::string> options;
    for (std::sregex_iterator it(text.begin(), text.end(), option), end; it != end; ++it) options.insert((*it)[1]);
    options.erase("--help");
    options.erase("--version");
    return options;
}

/// The options in the first columns of the tables of a part of the page.
std::set<std::string> documented(const std::string& page, const std::string& begin, const std::string& end)
{
    const auto from = page.find(begin);
    EXPECT_NE(from, std::string::npos) << begin;
    std::istringstream lines(page.substr(from, end.empty() ? end.npos : page.find(end, from) - from));
    std::string columns;
    for (std::string line; std::getline(lines, line);)
        if (line.rfind("| `--", 0) == 0) columns += line.substr(0, line.find(" | ", 2)) + "\n";
    return options_in(columns, std::regex("`(--[a-z-]+)"));
}

TEST(StudioArguments, StandInThePageOfTheCommandLine)
{
    std::ostringstream page;
    page << std::ifstream(TRIPTYCH_SOURCE_DIR "/docs/cli.md").rdbuf();
    const std::regex inHelp("\n  (?:-h,)?(--[a-z-]+)");
    const std::string screenshots = "`triptych-studio screenshots RUN";
    EXPECT_EQ(documented(page.str(), "\n## triptych-studio\n", screenshots), options_in(read({"--help"}).out, inHelp));
    const std::string figure = "`triptych-studio export RUN";
    EXPECT_EQ(documented(page.str(), screenshots, figure), options_in(read({"screenshots", "--help"}).out, inHelp));
    const std::string report = "`triptych-studio report RUN";
    EXPECT_EQ(documented(page.str(), figure, report), options_in(read({"export", "--help"}).out, inHelp));
    EXPECT_EQ(documented(page.str(), report, ""), options_in(read({"report", "--help"}).out, inHelp));
}

TEST(StudioArguments, AViewIsReadForWindowsAndPictures)
{
    const auto window = read({"--run", "a", "--view", "layer=3&expert=9&layout=Compare"}).parsed.arguments;
    ASSERT_TRUE(window);
    EXPECT_EQ(window->view, (ViewLink{{}, 3, 9, {}, {}, "Compare"}));
    const auto pictures = read({"screenshots", "a", "--out", "b", "--view", "step=5"}).parsed.arguments;
    ASSERT_TRUE(pictures);
    EXPECT_EQ(pictures->view.step, 5);
    EXPECT_EQ(read({}).parsed.arguments->view, ViewLink{});
}

TEST(StudioArguments, NonsenseInAViewIsWrongUsageAndSaysWhatIsExpected)
{
    for (const auto& [view, what] : {std::pair{"layer=x", "\"x\" is no whole number"},
                                     {"colour=1", "\"colour\" is none of step"},
                                     {"", "key=value"},
                                     {"expert=1", "no layer is given"}}) {
        const Read refused = read({"--view", view});
        EXPECT_FALSE(refused.parsed.arguments);
        EXPECT_EQ(refused.parsed.exit_code, 2);
        EXPECT_NE(refused.err.find(what), std::string::npos) << refused.err;
        EXPECT_NE(refused.err.find("Write it like"), std::string::npos) << refused.err;
    }
    EXPECT_EQ(read({"--view", "layer=1", "--view", "layer=2"}).parsed.exit_code, 2) << "two views";
}

TEST(StudioArguments, AFigureIsReadWithItsSizeAndLook)
{
    const auto plain = read({"export", "run", "--panel", "moe", "--out", "a.pdf"}).parsed.arguments;
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->task, StudioTask::Export);
    EXPECT_EQ(plain->runs, std::vector<std::string>{"run"});
    EXPECT_EQ(plain->figure.form, ExportForm());
    EXPECT_FALSE(plain->figure.step);
    const auto full = read({"export", "run", "--panel", "moe", "--out", "a.png", "--size", "8.5x6", "--dpi", "600",
                            "--theme", "dark", "--step", "620", "--view", "layer=3"})
                          .parsed.arguments;
    ASSERT_TRUE(full);
    EXPECT_EQ(full->figure.form, (ExportForm{8.5, 6, 600, ExportLook::Dark}));
    EXPECT_EQ(full->figure.step, 620);
    EXPECT_EQ(full->view.layer, 3);
}

TEST(StudioArguments, AFigureWithoutSenseIsWrongUsage)
{
    const std::vector<const char*> figure = {"export", "run", "--panel", "moe", "--out", "a.png"};
    for (const auto& [option, value] :
         {std::pair{"--size", "16cm"}, {"--dpi", "10"}, {"--theme", "blue"}, {"--step", "-1"}}) {
        auto all = figure;
        all.insert(all.end(), {option, value});
        const Read refused = read(all);
        EXPECT_EQ(refused.parsed.exit_code, 2) << option;
        EXPECT_NE(refused.err.find(value), std::string::npos) << refused.err;
    }
    EXPECT_EQ(read({"export", "run", "--panel", "moe"}).parsed.exit_code, 2) << "no file";
}

/// What making a figure says, and its exit code, before any run is read.
std::pair<int, std::string> make(const char* panel, const char* file, const char* size = "16x10")
{
    const auto arguments = read({"export", "run", "--panel", panel, "--out", file, "--size", size}).parsed.arguments;
    testing::internal::CaptureStderr();
    const int code = make_figure(*arguments);
    return {code, testing::internal::GetCapturedStderr()};
}

TEST(StudioFigure, OfAPanelThatIsNotThereNamesThoseThatAre)
{
    const auto [code, told] = make("lossses", "a.png");
    EXPECT_EQ(code, 2);
    EXPECT_NE(told.find("\"lossses\""), std::string::npos);
    for (const PanelInfo& info : panelCatalog()) EXPECT_NE(told.find(info.id), std::string::npos) << told;
}

TEST(StudioFigure, OfNoKnownKindOrSizeSaysWhichThereAre)
{
    EXPECT_EQ(make("moe", "a.jpg").first, 2);
    EXPECT_NE(make("moe", "a.jpg").second.find(".png, .svg, .pdf or .csv"), std::string::npos);
    EXPECT_EQ(make("moe", "a.png", "1x10").first, 2);
    EXPECT_NE(make("moe", "a.png", "1x10").second.find("from 2 to 100 cm"), std::string::npos);
}

} // namespace
} // namespace triptych::test
