// Files written in pieces: at any place, again after an error, never where something else is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/output_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace triptych::test {
namespace {

TEST(OutputFile, WritesAtAnyPlaceCutsAndGoesOnWithAFileThatIsThere)
{
    const TempFolder temp;
    {
        auto file = OutputFile::open(temp / "a");
        ASSERT_TRUE(file.ok());
        EXPECT_TRUE(file->write(0, "hello world", 11).ok());
        EXPECT_TRUE(file->write(6, "there", 5).ok());
        const OutputFile moved = file.take();
        EXPECT_TRUE(moved.resize(8).ok());
        EXPECT_EQ(moved.size().value(), 8U);
    }
    const auto again = OutputFile::open(temp / "a");
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->write(8, "!", 1).ok());
    EXPECT_EQ(slurp(temp / "a"), "hello th!");
}

TEST(OutputFile, AFullDiskIsAnErrorAndWritingAgainMendsIt)
{
    const TempFolder temp;
    const auto file = OutputFile::open(temp / "a");
    ASSERT_TRUE(file.ok());
    const std::string text(5000, 'x');
    {
        const FileSizeLimit limit(1000);
        const Status full = file->write(0, text.data(), text.size());
        ASSERT_FALSE(full.ok());
        EXPECT_NE(full.error().what.find((temp / "a").string()), std::string::npos);
        EXPECT_FALSE(full.error().hint.empty());
    }
    EXPECT_TRUE(file->write(0, text.data(), text.size()).ok());
    EXPECT_EQ(slurp(temp / "a"), text);
}

TEST(OutputFile, FoldersPipesAndMissingFoldersAreRefused)
{
    const TempFolder temp;
    ASSERT_EQ(::mkfifo((temp / "pipe").c_str(), 0600), 0);
    for (const auto& path : {temp.path(), temp / "pipe", temp / "no folder/a"}) {
        const auto file = OutputFile::open(path);
        ASSERT_FALSE(file.ok()) << path;
        EXPECT_FALSE(file.error().hint.empty());
    }
}

} // namespace
} // namespace triptych::test
