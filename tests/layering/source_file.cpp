// Reads sources and blanks what is not code.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/source_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace triptych::test {
namespace {

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Blanks comments, strings and characters, keeping the lines.
class Blanker {
public:
    explicit Blanker(std::string text) : m_text(std::move(text)) {}

    std::string run()
    {
        while (m_at < m_text.size()) {
            if (starts("//"))
                blank_to(m_text.find('\n', m_at));
            else if (starts("/*"))
                blank_past("*/", m_at + 2);
            else if (starts("R\"") && (m_at == 0 || !is_word(m_text[m_at - 1])))
                blank_past(")" + m_text.substr(m_at + 2, m_text.find('(', m_at) - m_at - 2) + "\"", m_at + 2);
            else if (m_text[m_at] == '"' || (m_text[m_at] == '\'' && !is_digit_separator()))
                blank_literal(m_text[m_at]);
            else
                ++m_at;
        }
        return m_text;
    }

private:
    bool starts(const char* what) const { return m_text.compare(m_at, 2, what) == 0; }
    bool is_digit_separator() const { return m_at > 0 && is_word(m_text[m_at - 1]); }

    void blank_to(std::size_t end)
    {
        for (end = std::min(end, m_text.size()); m_at < end; ++m_at)
            if (m_text[m_at] != '\n') m_text[m_at] = ' ';
    }
    void blank_past(const std::string& closing, std::size_t from)
    {
        const std::size_t found = m_text.find(closing, from);
        blank_to(found == std::string::npos ? found : found + closing.size());
    }
    void blank_literal(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && m_text[end] != quote && m_text[end] != '\n') end += m_text[end] == '\\' ? 2 : 1;
        blank_to(end + 1);
    }

    std::string m_text;
    std::size_t m_at = 0;
};

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

} // namespace

SourceFile make_source(std::string path, const std::string& text)
{
    static const std::regex directive(R"(^\s*#\s*include\b)");
    static const std::regex target(R"(include\s*([<"])([^>"]+)[>"])");
    SourceFile source{
        .path = std::move(path), .lines = split(text), .code = split(Blanker(text).run()), .includes = {}};
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        std::smatch match;
        if (source.code[i].find('#') == std::string::npos || !std::regex_search(source.code[i], directive)) continue;
        if (std::regex_search(source.lines[i], match, target))
            source.includes.push_back({.line = i + 1, .target = match[2], .quoted = match[1] == "\""});
    }
    return source;
}

std::vector<SourceFile> read_sources(const std::filesystem::path& root)
{
    std::vector<SourceFile> sources;
    for (const char* folder : {"app", "core", "kernels", "tests", "ui"}) {
        if (!std::filesystem::exists(root / folder)) continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp" && extension != ".cu" && extension != ".cuh") continue;
            sources.push_back(
                make_source(std::filesystem::relative(entry.path(), root).generic_string(), read_text(entry.path())));
        }
    }
    std::sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return sources;
}

std::string read_text(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    EXPECT_TRUE(stream.good()) << "cannot read " << file;
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

} // namespace triptych::test
