// The built-in texts keep their promises: lengths, labels, right answers, valid JSON, legal moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic_tasks.h"
#include "core/util/utf8.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace triptych {
namespace {

constexpr std::uint64_t kDocuments = 300;

std::vector<std::string> documents_of(std::string_view name, std::uint64_t seed = 5)
{
    const auto text = SyntheticText::create(name, seed);
    EXPECT_TRUE(text.ok()) << name;
    std::vector<std::string> documents;
    for (std::uint64_t i = 0; i < kDocuments; ++i) documents.push_back(text->document(i).text);
    return documents;
}

std::vector<std::string> lines_of(const std::string& document)
{
    std::vector<std::string> lines;
    std::istringstream in(document);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

TEST(SyntheticText, EveryDomainKeepsItsLengthAndIsValidText)
{
    for (const auto& domain : synthetic_domains()) {
        for (const auto& document : documents_of(domain.name)) {
            ASSERT_GE(document.size(), 60u) << domain.name << ": " << document;
            ASSERT_LE(document.size(), 400u) << domain.name << ": " << document;
            ASSERT_EQ(to_valid_utf8(document), document) << domain.name;
        }
    }
}

TEST(SyntheticText, DependsOnSeedAndNumberAlone)
{
    for (const auto& domain : synthetic_domains()) {
        const auto first = documents_of(domain.name, 1);
        EXPECT_EQ(first, documents_of(domain.name, 1)) << domain.name;
        EXPECT_NE(first, documents_of(domain.name, 2)) << domain.name;
        const std::set<std::string> different(first.begin(), first.end());
        EXPECT_GE(different.size(), kDocuments - 2) << domain.name;
    }
}

TEST(SyntheticText, MixedHasEveryDomainInEqualShares)
{
    const auto text = SyntheticText::create("mixed", 3).take();
    std::map<int, int> counts;
    for (std::uint64_t i = 0; i < 5000; ++i) ++counts[text.document(i).domain];
    const auto share = 5000 / static_cast<int>(synthetic_domains().size());
    ASSERT_EQ(counts.size(), synthetic_domains().size());
    for (const auto& [domain, count] : counts) EXPECT_NEAR(count, share, share / 4) << domain;
}

TEST(SyntheticText, TheTextsAreTheSameOnEveryMachine)
{
    // A change of any word list changes this number: then runs of before and after do not compare.
    EXPECT_EQ(SyntheticText::create("mixed", 1)->fingerprint(), 16373559908911812916u);
    EXPECT_NE(SyntheticText::create("json", 1)->fingerprint(), SyntheticText::create("code", 1)->fingerprint());
    EXPECT_EQ(SyntheticText::create("json", 1)->fingerprint(), SyntheticText::create("json", 2)->fingerprint());
}

TEST(SyntheticText, AnUnknownDomainIsAnErrorThatNamesTheOthers)
{
    const auto text = SyntheticText::create("latin", 1);
    ASSERT_FALSE(text.ok());
    EXPECT_NE(text.error().what.find("builtin:latin"), std::string::npos);
    EXPECT_NE(text.error().hint.find("mixed, english, german"), std::string::npos);
}

TEST(SyntheticText, EnglishHasTheRightArticleAndManyWords)
{
    const std::regex wrong("\\b([Aa] [aeiou]|[Aa]n [^aeiou])");
    std::set<std::string> words;
    for (const auto& document : documents_of("english")) {
        EXPECT_FALSE(std::regex_search(document, wrong)) << document;
        EXPECT_EQ(document.find('{'), std::string::npos) << document;
        std::istringstream in(document);
        for (std::string word; in >> word;) words.insert(word);
    }
    EXPECT_GT(words.size(), 400u);
}

TEST(SyntheticText, GermanAgreesInGenderAndCase)
{
    // After "mit" stands the dative; a masculine object takes "den" and "einen", never "der" and "ein".
    const std::regex wrong_dative("\\bmit (der (Schlüssel|Brief|Buch|Messer)|die |das |den |ein |eine )");
    const std::regex wrong_object("\\b(will|hat) (der|ein alter|ein neuer|keine? \\w+er) ");
    for (const auto& document : documents_of("german")) {
        EXPECT_FALSE(std::regex_search(document, wrong_dative)) << document;
        EXPECT_FALSE(std::regex_search(document, wrong_object)) << document;
        EXPECT_EQ(document.find('{'), std::string::npos) << document;
    }
}

TEST(SyntheticText, ArithmeticIsRight)
{
    const std::regex equation("^(\\d+) ([-+*/]) (\\d+) = (\\d+)$");
    const std::regex story("has (\\d+) (\\w+) and .*?(\\d+)( more)?\\. Now .* has (\\d+) (\\w+)\\.");
    int equations = 0;
    int stories = 0;
    for (const auto& document : documents_of("arithmetic")) {
        for (const auto& line : lines_of(document)) {
            std::smatch found;
            if (std::regex_match(line, found, equation)) {
                const int a = std::stoi(found[1]);
                const int b = std::stoi(found[3]);
                const char op = found[2].str()[0];
                const int expected = op == '+' ? a + b : op == '-' ? a - b : op == '*' ? a * b : a / b;
                EXPECT_EQ(std::stoi(found[4]), expected) << line;
                EXPECT_TRUE(op != '/' || a % b == 0) << line;
                ++equations;
            } else if (std::regex_search(line, found, story)) {
                const int change = std::stoi(found[3]);
                EXPECT_EQ(std::stoi(found[5]), std::stoi(found[1]) + (found[4].matched ? change : -change)) << line;
                EXPECT_EQ(found[2], found[6]) << line;
                ++stories;
            }
        }
    }
    EXPECT_GT(equations, 1000);
    EXPECT_GT(stories, 100);
}

TEST(SyntheticText, CodeComputesWhatItsCommentsSay)
{
    const std::regex call("print\\(\\w+\\((\\d+), (\\d+)\\)\\)  # (\\d+)");
    int calls = 0;
    for (const auto& document : documents_of("code")) {
        const auto count = [&](char c) { return std::count(document.begin(), document.end(), c); };
        EXPECT_EQ(count('{'), count('}')) << document;
        EXPECT_EQ(count('('), count(')')) << document;
        std::smatch found;
        if (!std::regex_search(document, found, call)) continue;
        const int a = std::stoi(found[1]);
        const int b = std::stoi(found[2]);
        const int result = std::stoi(found[3]);
        EXPECT_TRUE(result == a + b || result == a * b) << document;
        ++calls;
    }
    EXPECT_GT(calls, 20);
}

TEST(SyntheticText, JsonIsValid)
{
    for (const auto& document : documents_of("json")) {
        std::istringstream in(document);
        int objects = 0;
        while (in >> std::ws && in.peek() != std::istringstream::traits_type::eof()) {
            nlohmann::json value;
            ASSERT_NO_THROW(in >> value) << document;
            EXPECT_TRUE(value.is_object());
            ++objects;
        }
        EXPECT_GE(objects, 1);
    }
}

TEST(SyntheticText, ChessMovesComeFromTheRightPieces)
{
    const std::regex token("([NBRQK]?)([a-h][1-8])([-x])([a-h][1-8])\\+?");
    for (const auto& document : documents_of("chess")) {
        std::map<std::string, char> board; // upper case: white
        for (int file = 0; file < 8; ++file) {
            const std::string name(1, static_cast<char>('a' + file));
            board[name + "1"] = "RNBQKBNR"[file];
            board[name + "2"] = 'P';
            board[name + "7"] = 'p';
            board[name + "8"] = "rnbqkbnr"[file];
        }
        bool white = true;
        std::istringstream in(document);
        for (std::string word; in >> word;) {
            std::smatch found;
            if (!std::regex_match(word, found, token)) continue;
            const char piece = board.count(found[2]) ? board[found[2]] : '.';
            const char name = found[1].length() > 0 ? found[1].str()[0] : 'P';
            ASSERT_EQ(piece, white ? name : static_cast<char>(name - 'A' + 'a')) << word << " in " << document;
            ASSERT_EQ(board.count(found[4]) > 0, found[3] == "x") << word << " in " << document;
            const bool promoted = name == 'P' && (found[4].str()[1] == '8' || found[4].str()[1] == '1');
            board.erase(found[2]);
            board[found[4]] = promoted ? (white ? 'Q' : 'q') : piece;
            white = !white;
        }
    }
}

TEST(SyntheticText, LogTimesNeverRunBackwards)
{
    const std::regex line_form("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ (INFO |WARN |ERROR|DEBUG) \\w+: .+");
    for (const auto& document : documents_of("log")) {
        std::string last;
        for (const auto& line : lines_of(document)) {
            EXPECT_TRUE(std::regex_match(line, line_form)) << line;
            EXPECT_GE(line.substr(0, 20), last) << document;
            last = line.substr(0, 20);
        }
    }
}

TEST(SyntheticText, TablesAddUpAndStandInColumns)
{
    const std::regex row("\\| +?(\\w+) +\\| +(\\d+) \\| +(\\d+) \\|");
    for (const auto& document : documents_of("table")) {
        const auto lines = lines_of(document);
        int first = 0;
        int second = 0;
        for (std::size_t i = 2; i < lines.size(); ++i) {
            std::smatch found;
            ASSERT_TRUE(std::regex_match(lines[i], found, row)) << lines[i];
            EXPECT_EQ(lines[i].size(), lines[0].size());
            const bool last = i + 1 == lines.size();
            EXPECT_EQ(found[1] == "Total", last);
            EXPECT_TRUE(!last || (std::stoi(found[2]) == first && std::stoi(found[3]) == second)) << document;
            first += std::stoi(found[2]);
            second += std::stoi(found[3]);
        }
    }
}

int value_of_roman(const std::string& text)
{
    const std::map<char, int> values = {{'M', 1000}, {'D', 500}, {'C', 100}, {'L', 50}, {'X', 10}, {'V', 5}, {'I', 1}};
    int sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int value = values.at(text[i]);
        sum += i + 1 < text.size() && values.at(text[i + 1]) > value ? -value : value;
    }
    return sum;
}

TEST(SyntheticText, RomanNumeralsAreRight)
{
    const std::regex conversion("^(\\d+) = ([MDCLXVI]+)$");
    const std::regex sum("^([MDCLXVI]+) \\+ ([MDCLXVI]+) = ([MDCLXVI]+)$");
    int checked = 0;
    for (const auto& document : documents_of("roman")) {
        for (const auto& line : lines_of(document)) {
            std::smatch found;
            if (std::regex_match(line, found, conversion)) {
                EXPECT_EQ(value_of_roman(found[2]), std::stoi(found[1])) << line;
                ++checked;
            } else if (std::regex_match(line, found, sum)) {
                EXPECT_EQ(value_of_roman(found[1]) + value_of_roman(found[2]), value_of_roman(found[3])) << line;
                ++checked;
            }
        }
    }
    EXPECT_GT(checked, 500);
}

TEST(SyntheticText, VersesHaveStanzasOfFourLines)
{
    for (const auto& document : documents_of("verse")) {
        int in_stanza = 0;
        for (const auto& line : lines_of(document)) {
            if (line.empty()) {
                EXPECT_EQ(in_stanza, 4) << document;
                in_stanza = 0;
                continue;
            }
            ++in_stanza;
            EXPECT_EQ(line.back(), in_stanza == 4 ? '.' : ',') << document;
        }
        EXPECT_EQ(in_stanza, 4) << document;
    }
}

} // namespace
} // namespace triptych
