// Training and validation never share a byte, and what is too small is refused with the size it needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_split.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace triptych {
namespace {

using test::TempFolder;

FilePool pool_of(const TempFolder& folder)
{
    return FilePool(find_text_files(folder.path())->files);
}

std::uint64_t bytes_of(const Tape& tape)
{
    std::uint64_t bytes = 0;
    for (const auto& segment : tape.segments) bytes += segment.end - segment.begin;
    return bytes;
}

TEST(Tape, FindsTheSegmentOfAToken)
{
    Tape tape;
    tape.append({0, 0, 10, true, true});  // tokens 0..11
    tape.append({1, 5, 6, false, false}); // token 12
    tape.append({2, 0, 3, false, true});  // tokens 13..16
    EXPECT_EQ(tape.tokens, 17u);
    for (const auto& [position, segment] :
         std::map<std::uint64_t, std::size_t>{{0, 0}, {11, 0}, {12, 1}, {13, 2}, {16, 2}})
        EXPECT_EQ(tape.find(position), segment) << position;
}

TEST(SplitFiles, TakesTheTailOfAFile)
{
    const TempFolder folder;
    folder.write("a.txt", std::string(1000, 'a'));
    const auto pool = pool_of(folder);
    const auto split = split_files(pool, 0.1, 20, "a.txt");
    ASSERT_TRUE(split.ok());
    ASSERT_EQ(split->training.segments.size(), 1u);
    ASSERT_EQ(split->validation.segments.size(), 1u);
    const auto& train = split->training.segments[0];
    const auto& validation = split->validation.segments[0];
    EXPECT_EQ(train.begin, 0u);
    EXPECT_EQ(train.end, 900u);
    EXPECT_EQ(validation.begin, 900u);
    EXPECT_EQ(validation.end, 1000u);
    EXPECT_TRUE(train.starts_document && !train.ends_document);
    EXPECT_TRUE(!validation.starts_document && validation.ends_document);
}

TEST(SplitFiles, DoesNotCutACharacter)
{
    const TempFolder folder;
    std::string text;
    for (int i = 0; i < 400; ++i) text += "\u4E2D"; // three bytes each
    folder.write("a.txt", text);
    const auto pool = pool_of(folder);
    for (const double fraction : {0.1, 0.101, 0.1009, 0.25}) {
        const auto split = split_files(pool, fraction, 20, "a.txt");
        ASSERT_TRUE(split.ok());
        EXPECT_EQ(split->validation.segments[0].begin % 3, 0u) << fraction;
    }
}

TEST(SplitFiles, GrowsASmallTailToOneRow)
{
    const TempFolder folder;
    folder.write("a.txt", std::string(1000, 'a'));
    const auto pool = pool_of(folder);
    const auto split = split_files(pool, 0.01, 200, "a.txt");
    ASSERT_TRUE(split.ok());
    EXPECT_GE(split->validation.tokens, 200u);
    EXPECT_LE(split->validation.tokens, 203u);
}

TEST(SplitFiles, SaysHowManyBytesAreNeeded)
{
    const TempFolder folder;
    folder.write("a.txt", std::string(513, 'a'));
    const auto small = split_files(pool_of(folder), 0.1, 258, "a.txt");
    ASSERT_FALSE(small.ok());
    EXPECT_NE(small.error().what.find("a.txt has 513 bytes of text, at least 514 are needed"), std::string::npos)
        << small.error().what;
    folder.write("a.txt", std::string(514, 'a'));
    EXPECT_TRUE(split_files(pool_of(folder), 0.1, 258, "a.txt").ok());
}

TEST(SplitFiles, WithoutValidationEverythingIsForTraining)
{
    const TempFolder folder;
    folder.write("a.txt", std::string(256, 'a'));
    const auto pool = pool_of(folder);
    const auto split = split_files(pool, 0, 258, "a.txt");
    ASSERT_TRUE(split.ok());
    EXPECT_EQ(split->training.tokens, 258u);
    EXPECT_EQ(split->validation.tokens, 0u);
    const auto small = split_files(pool, 0, 259, "a.txt");
    ASSERT_FALSE(small.ok());
    EXPECT_NE(small.error().what.find("at least 257 are needed"), std::string::npos);
}

TEST(SplitFiles, DividesManyFilesByTheirContent)
{
    const TempFolder folder;
    for (int i = 0; i < 200; ++i) folder.write(std::to_string(i) + ".txt", std::string(100, 'a') + std::to_string(i));
    const auto pool = pool_of(folder);
    const auto split = split_files(pool, 0.2, 50, "folder");
    ASSERT_TRUE(split.ok());
    EXPECT_EQ(split->training.segments.size() + split->validation.segments.size(), 200u);
    EXPECT_NEAR(static_cast<double>(split->validation.segments.size()), 40.0, 20.0);
    for (const auto& segment : split->validation.segments)
        EXPECT_TRUE(segment.starts_document && segment.ends_document);
}

TEST(SplitFiles, EqualFilesFallOnOneSide)
{
    const TempFolder folder;
    for (int i = 0; i < 200; ++i)
        folder.write(std::to_string(i) + ".txt", std::string(100, 'a') + std::to_string(i / 4));
    const auto pool = pool_of(folder);
    const auto split = split_files(pool, 0.2, 50, "folder");
    ASSERT_TRUE(split.ok());
    std::map<std::uint64_t, int> sides;
    for (const auto& segment : split->training.segments) sides[pool.files()[segment.file].hash] |= 1;
    for (const auto& segment : split->validation.segments) sides[pool.files()[segment.file].hash] |= 2;
    EXPECT_EQ(sides.size(), 50u);
    for (const auto& [hash, side] : sides) EXPECT_NE(side, 3) << hash;
}

TEST(SplitFiles, OneGiantAmongManyIsDividedByTails)
{
    const TempFolder folder;
    for (int i = 0; i < 40; ++i) folder.write(std::to_string(i) + ".txt", "short " + std::to_string(i));
    folder.write("giant.txt", std::string(100000, 'g'));
    const auto split = split_files(pool_of(folder), 0.1, 50, "folder");
    ASSERT_TRUE(split.ok());
    EXPECT_NEAR(static_cast<double>(bytes_of(split->validation)), 10000.0, 200.0);
}

TEST(SplitFiles, NoByteIsLostOrOnBothSides)
{
    for (const int count : {1, 3, 100}) {
        const TempFolder folder;
        std::uint64_t total = 0;
        for (int i = 0; i < count; ++i) {
            const std::string text(static_cast<std::size_t>(500 + i), static_cast<char>('a' + i % 26));
            total += text.size();
            folder.write(std::to_string(i) + ".txt", text);
        }
        const auto split = split_files(pool_of(folder), 0.15, 30, "folder");
        ASSERT_TRUE(split.ok());
        EXPECT_EQ(bytes_of(split->training) + bytes_of(split->validation), total) << count;
        std::map<std::size_t, std::uint64_t> trained_until;
        for (const auto& segment : split->training.segments) trained_until[segment.file] = segment.end;
        for (const auto& segment : split->validation.segments) EXPECT_LE(trained_until[segment.file], segment.begin);
    }
}

} // namespace
} // namespace triptych
