// The documents refer to nothing that is not there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/doc_references.h"
#include "tests/layering/source_file.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

std::optional<std::string> look_up(const std::string& path)
{
    const std::filesystem::path full = std::filesystem::path(TRIPTYCH_SOURCE_ROOT) / path;
    if (!std::filesystem::exists(full)) return std::nullopt;
    return std::filesystem::is_directory(full) ? "" : read_text(full);
}

/// Every Markdown file of the root and below the source and document folders.
std::vector<std::string> documents()
{
    const std::filesystem::path root = TRIPTYCH_SOURCE_ROOT;
    std::vector<std::string> found;
    const auto add = [&](const std::filesystem::path& file) {
        if (file.extension() == ".md") found.push_back(std::filesystem::relative(file, root).generic_string());
    };
    for (const auto& entry : std::filesystem::directory_iterator(root)) add(entry.path());
    for (const char* folder : {"docs", "core", "kernels", "tests", "ui", "app"}) {
        if (!std::filesystem::exists(root / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) add(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string broken_in(const std::string& markdown)
{
    const Lookup one_file = [](const std::string& path) -> std::optional<std::string> {
        if (path == "core/a.cpp") return "void A::run()\nTEST_P(Suite, Case)\n";
        return std::nullopt;
    };
    const auto found = references_of("docs/a.md", markdown);
    if (found.size() != 1) return std::to_string(found.size()) + " references";
    return broken(found[0], one_file);
}

TEST(DocReferences, LeadSomewhere)
{
    for (const std::string& document : documents())
        for (const DocReference& reference : references_of(document, read_text(TRIPTYCH_SOURCE_ROOT "/" + document))) {
            const std::string trouble = broken(reference, look_up);
            if (!trouble.empty()) ADD_FAILURE() << document << ":" << reference.line << ": " << trouble;
        }
}

TEST(DocReferences, WhatIsThereIsNotBroken)
{
    EXPECT_EQ(broken_in("see `core/a.cpp`"), "");
    EXPECT_EQ(broken_in("see [a](../core/a.cpp#part)"), "");
    EXPECT_EQ(broken_in("see `core/a.cpp:A::run`"), "");
    EXPECT_EQ(broken_in("see `core/a.cpp:Suite.Case`"), "");
}

TEST(DocReferences, PlantedOnesAreBroken)
{
    EXPECT_EQ(broken_in("see `core/b.cpp`"), "there is no core/b.cpp");
    EXPECT_EQ(broken_in("see [a](core/a.cpp)"), "there is no docs/core/a.cpp");
    EXPECT_EQ(broken_in("see `core/a.cpp:A::stop`"), "core/a.cpp has no stop");
    EXPECT_EQ(broken_in("see `core/a.cpp:A::ru`"), "core/a.cpp has no ru");
    EXPECT_EQ(broken_in("see `core/a.cpp:Suite.Other`"), "core/a.cpp has no test Suite.Other");
}

TEST(DocReferences, AddressesBlocksAndPatternsAreNone)
{
    EXPECT_TRUE(references_of("a.md", "[a](https://example.org) [b](#part) `core/*.h` `core/NAME.h` `g++`").empty());
    EXPECT_TRUE(references_of("a.md", "```\n[a](b.md) `core/b.cpp`\n```\n").empty());
}

/// A row of the paper map is worth something only when it leads from the paper to code and to what proves it.
TEST(PaperMap, NamesCodeAndATestInEveryRow)
{
    const std::string path = "docs/paper_map.md";
    const auto text = look_up(path);
    ASSERT_TRUE(text) << path;
    std::vector<std::size_t> rows;
    std::size_t line = 0;
    std::size_t from = 0;
    while (from < text->size()) {
        ++line;
        const std::size_t end = std::min(text->find('\n', from), text->size());
        if (text->compare(from, 2, "| ") == 0 && text->find('`', from) < end) rows.push_back(line);
        from = end + 1;
    }
    EXPECT_GT(rows.size(), 10U);
    const auto references = references_of(path, *text);
    for (const std::size_t row : rows) {
        const auto has = [&](bool in_tests) {
            return std::any_of(references.begin(), references.end(), [&](const DocReference& r) {
                return r.line == row && (r.path.rfind("tests/", 0) == 0) == in_tests && !r.name.empty();
            });
        };
        EXPECT_TRUE(has(false)) << path << ":" << row << ": names no function";
        EXPECT_TRUE(has(true)) << path << ":" << row << ": names no test";
    }
}

} // namespace
} // namespace triptych::test
