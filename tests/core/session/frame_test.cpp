// Where a weight of the probe text's attention lies, in whole and in pooled frames; what a frame of loads takes of
// another.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/frame.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych {
namespace {

ProbeFrame frame_of(std::size_t tokens, std::int64_t pool)
{
    ProbeFrame frame;
    frame.tokens.resize(tokens);
    frame.layers = 2;
    frame.heads = 3;
    frame.pool = pool;
    return frame;
}

TEST(ProbeFrame, EveryWeightHasAPlaceOfItsOwn)
{
    const ProbeFrame frame = frame_of(5, 1);
    std::size_t expected = 0;
    for (std::int64_t layer = 0; layer < 2; ++layer)
        for (std::int64_t head = 0; head < 3; ++head)
            for (std::int64_t query = 0; query < 5; ++query)
                for (std::int64_t key = 0; key < 5; ++key)
                    EXPECT_EQ(attention_index(frame, layer, head, query, key), expected++);
}

TEST(ProbeFrame, NeighboursOfAPooledFrameShareOne)
{
    // Five positions by two are three: the last stands alone.
    const ProbeFrame frame = frame_of(5, 2);
    std::set<std::size_t> places;
    for (std::int64_t query = 0; query < 5; ++query)
        for (std::int64_t key = 0; key < 5; ++key) {
            const std::size_t place = attention_index(frame, 1, 2, query, key);
            EXPECT_EQ(place, attention_index(frame, 1, 2, query / 2 * 2, key / 2 * 2));
            places.insert(place);
        }
    EXPECT_EQ(places.size(), 9U);
    EXPECT_EQ(*places.begin(), 5U * 9U) << "behind the five heads before it";
    EXPECT_EQ(*places.rbegin(), 6U * 9U - 1) << "the last of all";
}

TEST(LoadFrame, TakesOfAKeptFrameWhatItLacksAndNothingElse)
{
    LoadFrame kept;
    kept.experts = 2;
    kept.layers.resize(1);
    kept.domains = {"english"};
    kept.domain_share = {{{0.5F, 0.5F}}};
    kept.group_share = {{1}};
    kept.words = {{{{7, 0.5F, "a"}}, {}}};
    kept.word_share = {0.5};
    kept.words_step = 64;
    LoadFrame frame;
    frame.experts = 2;
    frame.layers.resize(1);
    frame.group_share = {{0.25F}};
    ASSERT_TRUE(lacks_detail(frame, kept));
    add_detail(frame, kept);
    EXPECT_EQ(frame.domains, kept.domains);
    EXPECT_EQ(frame.domain_share, kept.domain_share);
    EXPECT_EQ(frame.group_share[0][0], 0.25F) << "its own";
    EXPECT_EQ(frame.words[0][0][0].token, 7);
    EXPECT_EQ(frame.word_share, kept.word_share);
    EXPECT_EQ(frame.words_step, 64);
    EXPECT_FALSE(lacks_detail(frame, kept));
    LoadFrame other;
    other.experts = 3;
    other.layers.resize(1);
    EXPECT_FALSE(lacks_detail(other, kept)) << "of another model";
    add_detail(other, kept);
    EXPECT_TRUE(other.domain_share.empty());
}

} // namespace
} // namespace triptych
