// Which tokens an expert gets: shares of a token's occurrences, of those that are common enough.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/vocabulary_counter.h"

#include <gtest/gtest.h>

#include <vector>

namespace triptych {
namespace {

void count(VocabularyCounter& counter, const std::vector<std::int32_t>& tokens,
           const std::vector<std::int32_t>& experts)
{
    const auto n = static_cast<std::int64_t>(tokens.size());
    counter.count(tokens, ConstView<2>(experts.data(), DType::I32, {n, static_cast<std::int64_t>(experts.size()) / n}));
}

using Tokens = std::vector<std::int32_t>;

Tokens tokens_of(const std::vector<LoadFrame::Word>& words)
{
    Tokens tokens;
    for (const auto& word : words) tokens.push_back(word.token);
    return tokens;
}

TEST(VocabularyCounter, GivesEachExpertTheTokensThatChooseItMoreOftenThanByChance)
{
    VocabularyCounter counter(4, 100);
    // Token 7 goes to expert 2 in 9 of 10 cases, token 9 everywhere alike.
    for (std::int32_t i = 0; i < 40; ++i) count(counter, {7, 9}, {i % 10 == 0 ? 1 : 2, i % 4});
    const VocabularyUse use = counter.measure();
    ASSERT_EQ(use.words.size(), 4U);
    EXPECT_EQ(tokens_of(use.words[2]), Tokens{7});
    EXPECT_FLOAT_EQ(use.words[2][0].share, 0.9F);
    EXPECT_TRUE(use.words[0].empty() && use.words[1].empty() && use.words[3].empty()) << "a quarter is chance";
    EXPECT_NEAR(use.largest_share, (0.9 + 0.25) / 2, 1e-6) << "a mean over tokens, not over occurrences";
}

TEST(VocabularyCounter, SaysNothingOfTokensThatAreRareOrOutOfTheVocabulary)
{
    VocabularyCounter counter(2, 10);
    EXPECT_TRUE(counter.measure().words.empty()) << "nothing was counted";
    for (int i = 0; i < 7; ++i) count(counter, {3, -1, 10, 1 << 30}, {0, 0, 1, 1});
    EXPECT_TRUE(counter.measure().words.empty()) << "seven times tell nothing";
    count(counter, {3}, {0});
    EXPECT_EQ(tokens_of(counter.measure().words.at(0)), Tokens{3});
    EXPECT_TRUE(counter.measure().words.at(1).empty());
}

TEST(VocabularyCounter, KeepsTheLargestSharesFirst)
{
    VocabularyCounter counter(3, 50);
    for (std::int32_t token = 0; token < 20; ++token)
        for (std::int32_t i = 0; i < 20; ++i) count(counter, {token}, {i <= token ? 0 : 1 + i % 2});
    const auto words = counter.measure().words.at(0);
    EXPECT_EQ(tokens_of(words), (Tokens{19, 18, 17, 16, 15, 14, 13, 12}));
    EXPECT_FLOAT_EQ(words.front().share, 1);
    EXPECT_FLOAT_EQ(words.back().share, 0.65F);
}

TEST(VocabularyCounter, ForgetsWhatIsLongAgo)
{
    VocabularyCounter counter(2, 10);
    for (int i = 0; i < 100; ++i) count(counter, {4}, {0});
    EXPECT_FLOAT_EQ(counter.measure().words.at(0).at(0).share, 1);
    for (int i = 0; i < 60; ++i) counter.fade(0.9);
    for (int i = 0; i < 20; ++i) count(counter, {4}, {1});
    EXPECT_TRUE(counter.measure().words.at(0).empty());
    EXPECT_GT(counter.measure().words.at(1).at(0).share, 0.98F);
}

TEST(VocabularyCounter, CountsTheFirstTokensOfALargeVocabulary)
{
    const auto most = static_cast<std::int32_t>(VocabularyCounter::kMostTokens);
    VocabularyCounter counter(2, 100'000);
    for (int i = 0; i < 8; ++i)
        for (std::int32_t token = 0; token < most + 5; ++token)
            count(counter, {90'000 - token}, {token < most ? 0 : 1});
    const VocabularyUse use = counter.measure();
    EXPECT_EQ(use.words.at(0).size(), static_cast<std::size_t>(VocabularyCounter::kKeptWords));
    EXPECT_TRUE(use.words.at(1).empty()) << "those came too late";
    EXPECT_EQ(use.largest_share, 1);
}

} // namespace
} // namespace triptych
