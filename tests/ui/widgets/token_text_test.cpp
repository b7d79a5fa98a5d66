// Tokens as people read them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "tests/support/qt_print.h"
#include "ui/widgets/token_text.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TokenTexts of_bytes(const std::string& text)
{
    const ByteTokenizer tokenizer;
    std::vector<std::string> texts;
    for (const TokenId token : tokenizer.encode(text)) texts.push_back(tokenizer.token_text(token));
    return TokenTexts(texts);
}

TEST(TokenTexts, BytesBetweenSpacesAreAWord)
{
    const TokenTexts texts = of_bytes("an old\n\thouse");
    ASSERT_EQ(texts.words().size(), 3U);
    EXPECT_EQ(texts.words()[1].text, "old");
    EXPECT_EQ(texts.words()[1].first, 3);
    EXPECT_EQ(texts.words()[1].count, 3);
    EXPECT_EQ(texts.words()[2].text, "house");
    EXPECT_EQ(texts.wordOf(4), 1);
    EXPECT_EQ(texts.wordOf(2), -1) << "a space";
    EXPECT_EQ(texts.label(2), QString(QChar(0x2423)));
    EXPECT_EQ(texts.name(3), "“o” in “old”");
    EXPECT_EQ(texts.name(2), "“␣”");
}

TEST(TokenTexts, TheBytesOfAnUmlautAreACharacterInTheirWord)
{
    const TokenTexts texts = of_bytes("Zwölf Häuser");
    ASSERT_EQ(texts.words().size(), 2U);
    EXPECT_EQ(texts.words()[0].text, "Zwölf");
    EXPECT_EQ(texts.words()[1].text, "Häuser");
    EXPECT_EQ(texts.label(2), "C3");
    EXPECT_EQ(texts.name(3), "“B6” in “Zwölf”");
}

TEST(TokenTexts, BrokenBytesStayReadable)
{
    const TokenTexts texts = of_bytes("a\xC3\xFFz \xE2\x82");
    ASSERT_EQ(texts.words().size(), 2U);
    EXPECT_EQ(texts.words()[0].text, QString::fromUtf8("a\uFFFD\uFFFDz"));
    EXPECT_EQ(texts.words()[1].text, QString(QChar(0xFFFD)));
    EXPECT_EQ(texts.label(2), "FF");
    // Not from our tokenizer, and not even UTF-8.
    EXPECT_EQ(TokenTexts({"\xFF\xFE", "<0xZZ>", "<0x4"}).words().at(0).count, 3);
}

TEST(TokenTexts, TokensThatBringTheirSpaceBeginAWord)
{
    const TokenTexts texts({"The", "␣cat", "s", "␣sat"});
    ASSERT_EQ(texts.words().size(), 3U);
    EXPECT_EQ(texts.words()[1].text, "cats");
    EXPECT_EQ(texts.name(2), "“s” in “cats”");
    EXPECT_EQ(texts.name(3), "“␣sat”");
}

TEST(TokenTexts, ThereIsNothingBeyondTheText)
{
    const TokenTexts texts = of_bytes("a");
    EXPECT_EQ(texts.name(0), "“a”");
    EXPECT_EQ(texts.label(1), "");
    EXPECT_EQ(texts.label(-1), "");
    EXPECT_EQ(texts.wordOf(1), -1);
    EXPECT_EQ(TokenTexts().count(), 0);
}

} // namespace
} // namespace triptych::test
