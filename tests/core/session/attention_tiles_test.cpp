// A long text's attention: what is kept of a weight, levels that lose no peak, reading while it is written.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attention_tiles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <thread>

namespace triptych::test {
namespace {

/// Random causal weights [tokens, tokens]; above the diagonal something that must not be read.
std::vector<float> causal(std::int64_t tokens, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> uniform(0, 0.25F);
    std::vector<float> weights(static_cast<std::size_t>(tokens * tokens), 7);
    for (std::int64_t q = 0; q < tokens; ++q)
        for (std::int64_t k = 0; k <= q; ++k) weights[static_cast<std::size_t>(q * tokens + k)] = uniform(random);
    return weights;
}

Status append_rows(AttentionTiles& tiles, const std::vector<float>& weights, std::int64_t first, std::int64_t count)
{
    const auto row = static_cast<std::size_t>(tiles.tokens());
    return tiles.append(
        std::span(weights).subspan(static_cast<std::size_t>(first) * row, static_cast<std::size_t>(count) * row));
}

TEST(AttentionTiles, AWeightComesBackWithinFourThousandths)
{
    for (int i = 0; i <= 1000; ++i) {
        const double weight = i / 1000.0;
        const double back = attention_weight(attention_code(static_cast<float>(weight)));
        EXPECT_NEAR(back, weight, 0.004) << weight;
        EXPECT_GE(attention_code(static_cast<float>(weight)), 1) << "0 is no value";
    }
    EXPECT_TRUE(std::isnan(attention_weight(0)));
    EXPECT_EQ(attention_weight(attention_code(std::nanf(""))), 0);
    EXPECT_EQ(attention_weight(attention_code(3)), 1);
}

TEST(AttentionTiles, FourThousandTokensTakeLessThan23Megabytes)
{
    const AttentionTiles tiles(4096);
    EXPECT_EQ(tiles.levels(), 5);
    EXPECT_EQ(tiles.side(4), 256);
    EXPECT_LE(tiles.bytes(), 23'000'000);
    EXPECT_FALSE(tiles.complete());
}

TEST(AttentionTiles, EachLevelHasTheLargestOfTheCellsBelow)
{
    // Neither a power of two nor a multiple of the blocks it comes in.
    constexpr std::int64_t kTokens = 601;
    const auto weights = causal(kTokens, 5);
    AttentionTiles tiles(kTokens);
    for (std::int64_t first = 0; first < kTokens; first += 97)
        ASSERT_TRUE(append_rows(tiles, weights, first, std::min<std::int64_t>(97, kTokens - first)).ok());
    ASSERT_TRUE(tiles.complete());
    ASSERT_EQ(tiles.levels(), 3);
    for (int level = 0; level < tiles.levels(); ++level) {
        const std::int64_t size = std::int64_t{1} << level;
        for (std::int64_t row = 0; row < tiles.side(level); row += 7) {
            const auto codes = tiles.tile(level, row / 256, 0);
            for (std::int64_t column = 0; column < std::min<std::int64_t>(256, tiles.side(level)); column += 5) {
                int largest = 0;
                for (std::int64_t q = row * size; q < std::min(kTokens, (row + 1) * size); ++q)
                    for (std::int64_t k = column * size; k <= std::min(q, (column + 1) * size - 1); ++k)
                        largest =
                            std::max<int>(largest, attention_code(weights[static_cast<std::size_t>(q * kTokens + k)]));
                ASSERT_EQ(codes[static_cast<std::size_t>(row % 256 * 256 + column)], largest)
                    << "level " << level << ", " << row << ", " << column;
            }
        }
    }
}

TEST(AttentionTiles, KeysAfterTheirQueryAndRowsToComeHaveNoValue)
{
    const auto weights = causal(300, 1);
    AttentionTiles tiles(300);
    ASSERT_TRUE(append_rows(tiles, weights, 0, 101).ok());
    EXPECT_EQ(tiles.rows_ready(0), 101);
    EXPECT_EQ(tiles.rows_ready(1), 50) << "half a row of the level is not shown";
    EXPECT_NEAR(tiles.weight(100, 3), weights[100 * 300 + 3], 0.004);
    EXPECT_TRUE(std::isnan(tiles.weight(100, 101)));
    EXPECT_TRUE(std::isnan(tiles.weight(101, 3)));
    EXPECT_TRUE(std::isnan(tiles.weight(-1, 0)));
    EXPECT_EQ(tiles.tile(1, 0, 0)[50 * 256], 0);
    EXPECT_EQ(tiles.tile(7, 0, 0)[0], 0) << "no such level";
    EXPECT_EQ(tiles.tile(0, 0, 9)[0], 0) << "no such tile";
}

TEST(AttentionTiles, RefusesWhatIsNoWholeRowOrTooMuch)
{
    AttentionTiles tiles(10);
    EXPECT_FALSE(tiles.append(std::vector<float>(15)).ok());
    const Status more = tiles.append(std::vector<float>(110));
    ASSERT_FALSE(more.ok());
    EXPECT_NE(more.error().what.find("10 rows of 10 are missing"), std::string::npos) << more.error().what;
    EXPECT_EQ(tiles.rows_ready(0), 0);
    EXPECT_THROW(AttentionTiles(0), std::invalid_argument);
    EXPECT_THROW(AttentionTiles(1 << 20), std::invalid_argument);
}

TEST(AttentionTiles, IsFilledInBlocksUntilTheProducerFailsOrSomebodyStops)
{
    const auto weights = causal(600, 2);
    std::vector<std::int64_t> asked;
    const AttentionTiles::Rows rows = [&](std::int64_t first, std::int64_t count, std::span<float> out) -> Status {
        asked.push_back(first);
        if (first == 256 && asked.size() == 2) return Error{"no memory", "Take a shorter text."};
        std::copy_n(weights.begin() + first * 600, count * 600, out.begin());
        return {};
    };
    AttentionTiles tiles(600);
    const Status failed = tiles.fill(rows, [] { return false; });
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().what, "no memory");
    EXPECT_EQ(tiles.rows_ready(0), 256);
    EXPECT_FALSE(tiles.fill(rows, [] { return true; }).ok());
    EXPECT_TRUE(tiles.fill(rows, [] { return false; }).ok()) << "it goes on where it ended";
    EXPECT_EQ(asked, (std::vector<std::int64_t>{0, 256, 256, 512}));
    EXPECT_TRUE(tiles.complete());
}

TEST(AttentionTiles, WhatIsReadyCanBeReadWhileTheRestIsWritten)
{
    constexpr std::int64_t kTokens = 512;
    const auto weights = causal(kTokens, 3);
    AttentionTiles tiles(kTokens);
    std::thread writer([&] {
        for (std::int64_t q = 0; q < kTokens; ++q) EXPECT_TRUE(append_rows(tiles, weights, q, 1).ok());
    });
    std::int64_t ready = 0;
    while (ready < kTokens) {
        ready = tiles.rows_ready(0);
        if (ready > 0) {
            EXPECT_EQ(tiles.tile(0, (ready - 1) / 256, 0)[static_cast<std::size_t>((ready - 1) % 256 * 256)],
                      attention_code(weights[static_cast<std::size_t>((ready - 1) * kTokens)]));
        }
        const std::int64_t half = tiles.rows_ready(1);
        if (half > 0) {
            EXPECT_GT(tiles.tile(1, (half - 1) / 256, 0)[static_cast<std::size_t>((half - 1) % 256 * 256)], 0);
        }
    }
    writer.join();
    EXPECT_TRUE(tiles.complete());
}

} // namespace
} // namespace triptych::test
