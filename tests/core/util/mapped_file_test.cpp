// Mapped files give the bytes of the file, and a clear error for what cannot be mapped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/mapped_file.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <utility>

namespace triptych {
namespace {

using test::TempFolder;

TEST(MappedFile, GivesEveryByteOfTheFile)
{
    const TempFolder folder;
    std::string contents;
    for (int i = 0; i < 10007; ++i) contents.push_back(static_cast<char>(i));
    const auto file = MappedFile::open(folder.write("x.bin", contents));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->text(), contents);
}

TEST(MappedFile, KeepsItsAddressWhenMoved)
{
    const TempFolder folder;
    auto file = MappedFile::open(folder.write("x.txt", "hello")).take();
    const auto* address = file.data();
    MappedFile other = std::move(file);
    EXPECT_EQ(other.data(), address);
    other = MappedFile::open(folder.write("y.txt", "world")).take();
    EXPECT_EQ(other.text(), "world");
}

TEST(MappedFile, KeepsTheContentsOfAFileReplacedByRenaming)
{
    const TempFolder folder;
    const auto file = MappedFile::open(folder.write("x.txt", "old text"));
    ASSERT_TRUE(file.ok());
    std::filesystem::rename(folder.write("y.txt", "new"), folder / "x.txt");
    EXPECT_EQ(file->text(), "old text");
}

TEST(MappedFile, AnEmptyFileIsEmpty)
{
    const TempFolder folder;
    const auto file = MappedFile::open(folder.write("x.txt", ""));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->size(), 0u);
    EXPECT_EQ(file->text(), "");
}

TEST(MappedFile, SaysWhatCannotBeMapped)
{
    const TempFolder folder;
    EXPECT_NE(MappedFile::open(folder / "x.txt").error().what.find("no such file"), std::string::npos);
    EXPECT_NE(MappedFile::open(folder.path()).error().what.find("it is a folder"), std::string::npos);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_NE(MappedFile::open(folder / "pipe").error().what.find("not a regular file"), std::string::npos);
}

} // namespace
} // namespace triptych
