// Small pictures of heads lose no peak, and habits are the shares that one would count by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attention_tiles.h"
#include "core/session/head_pictures.h"
#include "tests/support/probe_frames.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(HeadPictures, AShortTextHasACellForEachWeight)
{
    const ProbePictures pictures(probe_frame("The old house"));
    const HeadThumbnail picture = pictures.thumbnail(1, 2);
    ASSERT_EQ(picture.side, 13);
    for (std::int64_t query = 0; query < 13; ++query)
        for (std::int64_t key = 0; key < 13; ++key)
            EXPECT_EQ(picture.codes[static_cast<std::size_t>(query * 13 + key)],
                      key > query ? 0 : attention_code(probe_weight(1, 2, query, key)));
}

TEST(HeadPictures, ALongerTextIsPooledByTheLargestAndNeverAboveSixtyFourASide)
{
    EXPECT_EQ(thumbnail_pool(1), 1);
    EXPECT_EQ(thumbnail_pool(64), 1);
    EXPECT_EQ(thumbnail_pool(65), 2);
    EXPECT_EQ(thumbnail_pool(4096), 64);
    const ProbePictures pictures(probe_frame(std::string(95, 'a')));
    const HeadThumbnail picture = pictures.thumbnail(0, 1);
    ASSERT_EQ(picture.side, 48);
    for (std::int64_t row = 0; row < 48; ++row)
        for (std::int64_t column = 0; column < 48; ++column) {
            int largest = 0;
            for (std::int64_t query = 2 * row; query < std::min<std::int64_t>(2 * row + 2, 95); ++query)
                for (std::int64_t key = 2 * column; key < 2 * column + 2 && key <= query; ++key)
                    largest = std::max<int>(largest, attention_code(probe_weight(0, 1, query, key)));
            EXPECT_EQ(picture.codes[static_cast<std::size_t>(row * 48 + column)], largest) << row << ' ' << column;
        }
}

TEST(HeadPictures, HabitsAreMeanSharesFromTheThirdTokenOn)
{
    const auto frame = probe_frame("The old house");
    const ProbePictures pictures(frame);
    double previous = 0;
    for (std::int64_t query = 2; query < 13; ++query)
        previous += static_cast<double>(probe_weight(0, 1, query, query - 1));
    EXPECT_NEAR(pictures.habits(0, 1).previous, previous / 11, 1e-6);
    EXPECT_EQ(pictures.habits(0, 0).strongest(), Habit::Self);
    EXPECT_EQ(pictures.habits(0, 1).strongest(), Habit::Previous);
}

TEST(HeadPictures, TokensThatShareALookAreSpread)
{
    HabitCounter even;
    HabitCounter first;
    for (std::size_t keys = 1; keys < 30; ++keys) {
        even.add(std::vector<float>(keys, 1 / static_cast<float>(keys)));
        std::vector<float> row(keys, 0);
        row[0] = 1;
        first.add(row);
    }
    EXPECT_NEAR(even.habits().spread, 1, 1e-5);
    EXPECT_EQ(even.habits().strongest(), Habit::Spread);
    EXPECT_NEAR(first.habits().first, 1, 1e-9);
    EXPECT_EQ(first.habits().strongest(), Habit::First);
    EXPECT_LT(first.habits().spread, 0.2);
}

TEST(HeadPictures, ATextOfOneTokenHasAPictureAndNoHabits)
{
    const ProbePictures pictures(probe_frame("x"));
    EXPECT_EQ(pictures.thumbnail(0, 0).codes, std::vector<std::uint8_t>{attention_code(1)});
    EXPECT_EQ(pictures.habits(0, 0).self, 0);
}

TEST(HeadPictures, RecordedFramesThatArePooledAlreadyAreDrawnAsTheyWereKept)
{
    auto frame = std::make_shared<ProbeFrame>();
    frame->tokens.assign(5, 7);
    frame->layers = 1;
    frame->heads = 1;
    frame->pool = 2;
    frame->attention = {1, 0, 0, .5F, .25F, 0, .1F, .2F, .7F}; // [3, 3]
    const HeadThumbnail picture = ProbePictures(frame).thumbnail(0, 0);
    ASSERT_EQ(picture.side, 3);
    EXPECT_EQ(picture.codes[0], attention_code(1));
    EXPECT_EQ(picture.codes[1], 0);
    EXPECT_EQ(picture.codes[4], attention_code(.25F));
    EXPECT_EQ(picture.codes[7], attention_code(.2F));
}

} // namespace
} // namespace triptych::test
