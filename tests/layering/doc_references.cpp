// Finds the references of a document and tells which of them lead nowhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/doc_references.h"

#include <filesystem>
#include <regex>
#include <sstream>

namespace triptych::test {
namespace {

/// A path from the root, cleaned of "..", "#section" and a slash at the end.
std::string root_path(const std::filesystem::path& folder, const std::string& target)
{
    std::string path = (folder / target.substr(0, target.find('#'))).lexically_normal().generic_string();
    if (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

bool stands_for_many(const std::string& path)
{
    return path.find("NAME") != std::string::npos || path.find('*') != std::string::npos;
}

void add_links(const std::string& text, std::size_t line, const std::string& folder, std::vector<DocReference>& found)
{
    static const std::regex link(R"(\]\(([^)\s]+)\))");
    static const std::regex address(R"(^([a-z]+:|#))");
    for (std::sregex_iterator it(text.begin(), text.end(), link), end; it != end; ++it) {
        const std::string target = (*it)[1];
        if (!std::regex_search(target, address)) found.push_back({line, root_path(folder, target), ""});
    }
}

void add_code_spans(const std::string& text, std::size_t line, std::vector<DocReference>& found)
{
    static const std::regex span(
        R"(`((?:app|cmake|core|docs|kernels|packaging|resources|tests|ui|\.ci|\.)/[^`\s:]*)(?::([^`\s]+))?`)");
    for (std::sregex_iterator it(text.begin(), text.end(), span), end; it != end; ++it)
        if (!stands_for_many((*it)[1])) found.push_back({line, root_path("", (*it)[1]), (*it)[2]});
}

bool has_word(const std::string& text, const std::string& word)
{
    return std::regex_search(text, std::regex("\\b" + word + "\\b"));
}

} // namespace

std::vector<DocReference> references_of(const std::string& document, const std::string& markdown)
{
    const std::string folder = std::filesystem::path(document).parent_path().generic_string();
    std::vector<DocReference> found;
    std::istringstream stream(markdown);
    bool fenced = false;
    std::size_t line = 0;
    for (std::string text; std::getline(stream, text);) {
        ++line;
        if (text.find("```") != std::string::npos) fenced = !fenced;
        if (fenced) continue;
        add_links(text, line, folder, found);
        add_code_spans(text, line, found);
    }
    return found;
}

std::string broken(const DocReference& reference, const Lookup& lookup)
{
    const std::optional<std::string> text = lookup(reference.path);
    if (!text) return "there is no " + reference.path;
    if (reference.name.empty()) return "";
    static const std::regex test(R"(^(\w+)\.(\w+)$)");
    std::smatch match;
    if (std::regex_match(reference.name, match, test)) {
        const std::regex definition("TEST(_F|_P)?\\(\\s*" + match[1].str() + "\\s*,\\s*" + match[2].str() + "\\s*\\)");
        return std::regex_search(*text, definition) ? "" : reference.path + " has no test " + reference.name;
    }
    const std::size_t colons = reference.name.rfind("::");
    const std::string word = colons == std::string::npos ? reference.name : reference.name.substr(colons + 2);
    return has_word(*text, word) ? "" : reference.path + " has no " + word;
}

} // namespace triptych::test
