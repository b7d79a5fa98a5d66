// The sources obey the rules of the house, and every rule can fail.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/rules.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

namespace triptych::test {
namespace {

const std::vector<SourceFile>& sources()
{
    static const std::vector<SourceFile> all = read_sources(TRIPTYCH_SOURCE_ROOT);
    return all;
}

TEST(Layering, FindsTheSources)
{
    std::set<std::string> folders;
    for (const SourceFile& source : sources()) folders.insert(source.path.substr(0, source.path.find('/')));
    for (const char* folder : {"core", "kernels", "tests"})
        EXPECT_TRUE(folders.count(folder)) << "no source in " << TRIPTYCH_SOURCE_ROOT << "/" << folder;
}

TEST(Layering, SourcesObeyEveryRule)
{
    for (const Rule& rule : rules())
        for (const SourceFile& source : sources())
            for (const std::string& violation : violations(rule, source)) ADD_FAILURE() << violation;
}

TEST(Layering, EveryRuleCatchesItsPlantedViolation)
{
    for (const Rule& rule : rules()) {
        const auto found = violations(rule, make_source(rule.planted.path, rule.planted.text));
        ASSERT_EQ(found.size(), 1U) << "the rule \"" << rule.name << "\" does not see what was planted for it";
        EXPECT_EQ(found[0].rfind(rule.planted.path + ":", 0), 0U) << found[0];
        EXPECT_NE(found[0].find(rule.why), std::string::npos) << found[0];
    }
}

TEST(Layering, NoRuleCatchesWhatIsAllowed)
{
    for (const Rule& rule : rules())
        for (const std::string& violation : violations(rule, make_source(rule.innocent.path, rule.innocent.text)))
            ADD_FAILURE() << "the rule \"" << rule.name << "\" is too strict: " << violation;
}

TEST(Layering, AViolationIsReportedWithFileAndLine)
{
    const SourceFile source = make_source("ui/plots/a.cpp", "// A plot.\n#include \"kernels/base/view.h\"\n");
    std::vector<std::string> found;
    for (const Rule& rule : rules())
        for (const std::string& violation : violations(rule, source)) found.push_back(violation);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].rfind("ui/plots/a.cpp:2: #include \"kernels/base/view.h\"", 0), 0U) << found[0];
}

/// Types of headers by their full name, "triptych::sqlite::Connection", and the files that define them.
std::map<std::string, std::vector<std::string>> types_of(const std::vector<SourceFile>& files)
{
    static const std::regex opening(R"(^namespace ([\w:]+)$|^namespace ([\w:]+) \{)");
    static const std::regex definition(R"(^(?:struct|class|enum class) (\w+)(?: final)?(?: :.*)?(?: \{.*)?$)");
    std::map<std::string, std::vector<std::string>> found;
    for (const SourceFile& file : files) {
        if (!std::regex_search(file.path, std::regex(R"(\.(h|cuh)$)"))) continue;
        std::string scope;
        for (const std::string& line : file.code) {
            std::smatch match;
            if (std::regex_search(line, match, opening)) scope = match[1].str() + match[2].str();
            if (std::regex_search(line, match, definition)) found[scope + "::" + match[1].str()].push_back(file.path);
        }
    }
    return found;
}

/// The linker keeps one of two, and the wrong destructor runs: seen once, and silent until the optimiser changed its
/// mind.
TEST(Layering, NoTwoHeadersDefineATypeOfTheSameName)
{
    for (const auto& [name, files] : types_of(sources())) {
        std::string places;
        for (const std::string& file : files) places += " " + file;
        EXPECT_EQ(files.size(), 1U) << name << " is defined in" << places;
    }
    const auto planted = types_of({make_source("core/a.h", "namespace t {\nstruct A {\n};\nclass B;\n"),
                                   make_source("core/b.h", "namespace t {\nstruct A : C {\n};\nclass B final {\n};\n"),
                                   make_source("core/c.h", "namespace t::u {\nstruct A {\n};\n")});
    EXPECT_EQ(planted.at("t::A").size(), 2U);
    EXPECT_EQ(planted.at("t::B").size(), 1U) << "a declaration is no definition";
    EXPECT_EQ(planted.at("t::u::A").size(), 1U);
}

/// A source that no CMakeLists.txt names is dead code that still looks alive.
TEST(Layering, EverySourceIsBuilt)
{
    const std::filesystem::path root = TRIPTYCH_SOURCE_ROOT;
    std::string build_files;
    for (const char* folder : {"app", "core", "kernels", "tests", "ui"}) {
        if (!std::filesystem::exists(root / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder))
            if (entry.path().filename() == "CMakeLists.txt") build_files += read_text(entry.path());
    }
    for (const SourceFile& source : sources()) {
        const std::filesystem::path path = source.path;
        if (path.extension() != ".cpp" && path.extension() != ".cu") continue;
        const bool by_name = build_files.find(path.filename().string()) != std::string::npos;
        const bool by_family =
            build_files.find("triptych_kernel_family(" + path.stem().string() + ")") != std::string::npos;
        EXPECT_TRUE(by_name || by_family) << source.path << " is in no CMakeLists.txt";
    }
}

} // namespace
} // namespace triptych::test
