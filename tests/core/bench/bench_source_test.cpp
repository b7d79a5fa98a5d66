// The tokens of the benchmarks: the same everywhere, skewed, and partly foreseeable.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace triptych {
namespace {

constexpr std::int64_t kVocabulary = 512;

TEST(BenchSource, ABatchDependsOnItsNumbersAlone)
{
    const BenchSource source(kVocabulary, 2, 32, 1);
    const TokenBatch batch = source.training_batch(3, 0);
    EXPECT_EQ(batch.inputs, BenchSource(kVocabulary, 2, 32, 1).training_batch(3, 0).inputs);
    EXPECT_NE(batch.inputs, source.training_batch(4, 0).inputs);
    EXPECT_NE(batch.inputs, source.training_batch(3, 1).inputs);
    ASSERT_EQ(batch.inputs.size(), 2U) << "main model and one MTP module";
    ASSERT_EQ(batch.inputs[0].size(), 64U);
    EXPECT_FALSE(std::equal(batch.inputs[0].begin(), batch.inputs[0].begin() + 32, batch.inputs[0].begin() + 32))
        << "the sequences of a batch differ";
}

TEST(BenchSource, StaysWithinTheVocabulary)
{
    for (const std::int64_t vocabulary : {std::int64_t{1}, std::int64_t{2}, kVocabulary, std::int64_t{129280}})
        for (const std::int32_t token : bench_tokens(vocabulary, 500, 1)) {
            EXPECT_GE(token, 0);
            EXPECT_LT(token, vocabulary);
        }
}

TEST(BenchSource, LowIdsAreFrequent)
{
    const auto tokens = bench_tokens(kVocabulary, 20000, 2);
    const auto low = std::count_if(tokens.begin(), tokens.end(), [](auto t) { return t < kVocabulary / 8; });
    const auto high = std::count_if(tokens.begin(), tokens.end(), [](auto t) { return t >= kVocabulary / 2; });
    EXPECT_GT(low, 20000 / 3);
    EXPECT_GT(high, 0);
    EXPECT_LT(high, low);
}

TEST(BenchSource, MostTokensHaveAFavouriteSuccessorInAllTexts)
{
    std::map<std::pair<std::int32_t, std::int32_t>, int> pairs;
    const auto known = bench_tokens(kVocabulary, 50000, 3);
    for (std::size_t i = 1; i < known.size(); ++i) ++pairs[{known[i - 1], known[i]}];
    std::map<std::int32_t, std::pair<int, std::int32_t>> favourite;
    for (const auto& [pair, count] : pairs)
        favourite[pair.first] = std::max(favourite[pair.first], {count, pair.second});
    const auto fresh = bench_tokens(kVocabulary, 10000, 4);
    int right = 0;
    for (std::size_t i = 1; i < fresh.size(); ++i) right += favourite[fresh[i - 1]].second == fresh[i] ? 1 : 0;
    EXPECT_GT(right, 6500);
    EXPECT_LT(right, 8500) << "the rest cannot be foreseen";
}

} // namespace
} // namespace triptych
