// A folder takes the place of another, by swap and by two renames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/replace_folder.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

namespace fs = std::filesystem;

class ReplaceFolder : public testing::TestWithParam<FolderSwap> {};

std::size_t entries(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST_P(ReplaceFolder, TakesThePlaceOfAFullFolderAndLeavesNothingElse)
{
    const test::TempFolder temp;
    temp.write("new/a.txt", "new");
    temp.write("place/a.txt", "old");
    temp.write("place/sub/b.txt", "old");
    ASSERT_TRUE(replace_folder(temp / "new", temp / "place", GetParam()).ok());
    EXPECT_EQ(test::slurp(temp / "place" / "a.txt"), "new");
    EXPECT_FALSE(fs::exists(temp / "place" / "sub"));
    EXPECT_EQ(entries(temp.path()), 1u);
}

TEST_P(ReplaceFolder, MovesToAMissingOrEmptyPlace)
{
    const test::TempFolder temp;
    temp.write("new/a.txt", "1");
    ASSERT_TRUE(replace_folder(temp / "new", temp / "place", GetParam()).ok());
    EXPECT_EQ(test::slurp(temp / "place" / "a.txt"), "1");
    temp.write("new/a.txt", "2");
    fs::create_directory(temp / "empty");
    ASSERT_TRUE(replace_folder(temp / "new", temp / "empty", GetParam()).ok());
    EXPECT_EQ(test::slurp(temp / "empty" / "a.txt"), "2");
}

TEST_P(ReplaceFolder, AFileInTheWayIsAnErrorAndStays)
{
    const test::TempFolder temp;
    temp.write("new/a.txt", "new");
    temp.write("place", "a file");
    EXPECT_FALSE(replace_folder(temp / "new", temp / "place", GetParam()).ok());
    EXPECT_EQ(test::slurp(temp / "place"), "a file");
    EXPECT_EQ(test::slurp(temp / "new" / "a.txt"), "new");
}

INSTANTIATE_TEST_SUITE_P(Both, ReplaceFolder, testing::Values(FolderSwap::IfPossible, FolderSwap::Never),
                         [](const auto& swap) { return swap.param == FolderSwap::Never ? "ByTwoRenames" : "BySwap"; });

TEST(ReplaceFolderAfterACrash, TheFolderBeforeIsFoundAndLaterRemoved)
{
    const test::TempFolder temp;
    temp.write("place/a.txt", "old");
    EXPECT_EQ(surviving_folder(temp / "place"), temp / "place");
    fs::rename(temp / "place", previous_folder(temp / "place")); // where two renames may be cut in the middle
    EXPECT_EQ(test::slurp(surviving_folder(temp / "place") / "a.txt"), "old");
    temp.write("new/a.txt", "new");
    ASSERT_TRUE(replace_folder(temp / "new", temp / "place", FolderSwap::Never).ok());
    EXPECT_EQ(test::slurp(temp / "place" / "a.txt"), "new");
    EXPECT_EQ(entries(temp.path()), 1u);
}

TEST(HiddenNeighbour, IsTheSameForEachSpellingOfAPath)
{
    EXPECT_EQ(hidden_neighbour("/a/b", "x"), hidden_neighbour("/a/c/../b/", "x"));
    EXPECT_NE(hidden_neighbour("/a/b", "x"), hidden_neighbour("/a/c", "x"));
    EXPECT_EQ(hidden_neighbour("/a/" + std::string(255, 'n'), "x").filename().string().size(), 28u);
}

} // namespace
} // namespace triptych
