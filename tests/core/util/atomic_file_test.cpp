// Files appear whole or not at all, and every failure says why in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/atomic_file.h"
#include "core/util/io_error.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <string>

namespace triptych {
namespace {

using test::FileSizeLimit;
using test::slurp;
using test::TempFolder;

std::size_t count_entries(const std::filesystem::path& folder)
{
    const auto entries = std::filesystem::directory_iterator(folder);
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(AtomicFile, WritesTheWholeContentsAndLeavesNothingElse)
{
    const TempFolder folder;
    const std::string contents("a\0b\n", 4);
    ASSERT_TRUE(write_file_atomically(folder / "x.bin", contents).ok());
    EXPECT_EQ(slurp(folder / "x.bin"), contents);
    EXPECT_EQ(count_entries(folder.path()), 1u);
}

TEST(AtomicFile, ReplacesAnOlderFile)
{
    const TempFolder folder;
    folder.write("x.txt", "an older and longer text");
    ASSERT_TRUE(write_file_atomically(folder / "x.txt", "new").ok());
    EXPECT_EQ(slurp(folder / "x.txt"), "new");
}

TEST(AtomicFile, KeepsTheOldFileUntilCommit)
{
    const TempFolder folder;
    folder.write("x.txt", "old");
    {
        auto file = AtomicFile::create(folder / "x.txt");
        ASSERT_TRUE(file.ok());
        ASSERT_TRUE(file->write("new", 3).ok());
        EXPECT_EQ(slurp(folder / "x.txt"), "old");
    }
    EXPECT_EQ(slurp(folder / "x.txt"), "old");
    EXPECT_EQ(count_entries(folder.path()), 1u);
}

TEST(AtomicFile, TwoWritersOfOneFileDoNotMix)
{
    const TempFolder folder;
    auto first = AtomicFile::create(folder / "x.txt");
    auto second = AtomicFile::create(folder / "x.txt");
    ASSERT_TRUE(first.ok() && second.ok());
    ASSERT_TRUE(first->write("first", 5).ok());
    ASSERT_TRUE(second->write("second", 6).ok());
    ASSERT_TRUE(first->commit().ok());
    EXPECT_EQ(slurp(folder / "x.txt"), "first");
    ASSERT_TRUE(second->commit().ok());
    EXPECT_EQ(slurp(folder / "x.txt"), "second");
}

TEST(AtomicFile, HonoursTheUmask)
{
    const TempFolder folder;
    const mode_t old = ::umask(027);
    const auto status = write_file_atomically(folder / "x.txt", "a");
    ::umask(old);
    ASSERT_TRUE(status.ok());
    struct stat info {};
    ASSERT_EQ(::stat((folder / "x.txt").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0640u);
}

TEST(AtomicFile, TakesTheLongestNameTheSystemAllows)
{
    const TempFolder folder;
    EXPECT_TRUE(write_file_atomically(folder / std::string(255, 'n'), "a").ok());
    const auto status = write_file_atomically(folder / std::string(256, 'n'), "a");
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("the name is too long"), std::string::npos);
    EXPECT_EQ(count_entries(folder.path()), 1u);
}

TEST(AtomicFile, AMissingFolderIsAnError)
{
    const TempFolder folder;
    const auto status = write_file_atomically(folder / "missing/x.txt", "a");
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("missing/x.txt: no such file or folder"), std::string::npos);
    EXPECT_FALSE(status.error().hint.empty());
}

TEST(AtomicFile, AFolderInTheWayIsAnError)
{
    const TempFolder folder;
    std::filesystem::create_directory(folder / "x");
    const auto status = write_file_atomically(folder / "x", "a");
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("it is a folder"), std::string::npos);
}

TEST(AtomicFile, ADeviceOrAPipeIsNeverReplaced)
{
    const TempFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    std::filesystem::create_symlink("/dev/null", folder / "link");
    for (const auto& path : {folder / "pipe", folder / "link", std::filesystem::path("/dev/null")}) {
        const auto refused = AtomicFile::create(path);
        ASSERT_FALSE(refused.ok()) << path;
        EXPECT_NE(refused.error().what.find("device or a pipe"), std::string::npos) << refused.error().what;
    }
    EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
    EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
}

TEST(AtomicFile, AFullDiskKeepsTheOldFileAndLeavesNothingBehind)
{
    const TempFolder folder;
    folder.write("x.txt", "old");
    Status status;
    {
        const FileSizeLimit limit(1000);
        status = write_file_atomically(folder / "x.txt", std::string(5000, 'x'));
    }
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("larger than this system allows"), std::string::npos);
    EXPECT_EQ(slurp(folder / "x.txt"), "old");
    EXPECT_EQ(count_entries(folder.path()), 1u);
}

TEST(AtomicFile, CannotBeCommittedAfterAFailedWrite)
{
    const TempFolder folder;
    auto file = AtomicFile::create(folder / "x.txt");
    ASSERT_TRUE(file.ok());
    {
        const FileSizeLimit limit(10);
        EXPECT_FALSE(file->write("more than ten bytes", 19).ok());
    }
    EXPECT_FALSE(file->commit().ok());
    EXPECT_EQ(count_entries(folder.path()), 0u);
}

TEST(ReadWholeFile, SaysWhatIsInTheWay)
{
    const TempFolder folder;
    const auto missing = read_whole_file(folder / "x.txt");
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().what.find("no such file"), std::string::npos);
    const auto is_folder = read_whole_file(folder.path());
    ASSERT_FALSE(is_folder.ok());
    EXPECT_NE(is_folder.error().what.find("it is a folder"), std::string::npos);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const auto pipe = read_whole_file(folder / "pipe");
    ASSERT_FALSE(pipe.ok());
    EXPECT_NE(pipe.error().what.find("not a regular file"), std::string::npos);
}

TEST(ReadWholeFile, RefusesMoreThanTheLimit)
{
    const TempFolder folder;
    folder.write("x.txt", "12345");
    EXPECT_EQ(read_whole_file(folder / "x.txt", 5).value(), "12345");
    const auto too_large = read_whole_file(folder / "x.txt", 4);
    ASSERT_FALSE(too_large.ok());
    EXPECT_NE(too_large.error().what.find("larger than 4 bytes"), std::string::npos);
}

TEST(IoError, NamesTheCommonCausesInWords)
{
    EXPECT_EQ(io_error("write", "a/b", ENOSPC).what, "cannot write a/b: no space left on the disk");
    EXPECT_FALSE(io_error("write", "a/b", ENOSPC).hint.empty());
    EXPECT_FALSE(errno_in_words(EXDEV).empty());
}

} // namespace
} // namespace triptych
