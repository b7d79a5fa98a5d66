// The pool keeps few of many files open and notices when one has changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_pool.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace triptych {
namespace {

namespace fs = std::filesystem;
using test::TempFolder;

FilePool pool_of(const TempFolder& folder, int count, std::size_t most)
{
    for (int i = 0; i < count; ++i) folder.write("f" + std::to_string(i) + ".txt", "text " + std::to_string(i));
    return FilePool(find_text_files(folder.path())->files, most);
}

/// The six bytes of a file of the pool, or the error.
std::string read(const FilePool& pool, std::size_t index)
{
    std::vector<std::uint8_t> bytes(6);
    const Status got = pool.read(index, 0, bytes);
    if (got) return {bytes.begin(), bytes.end()};
    EXPECT_FALSE(got.error().hint.empty());
    return got.error().what;
}

/// A time of writing that no write of this moment has.
void touch(const fs::path& path)
{
    fs::last_write_time(path, fs::last_write_time(path) + std::chrono::seconds(5));
}

TEST(FilePool, OpensAtMostSoMany)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 8, 3);
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < 8; ++i) {
            EXPECT_EQ(read(pool, i), "text " + std::to_string(i));
            EXPECT_LE(pool.open_files(), 3u);
        }
    }
    EXPECT_EQ(pool.open_files(), 3u);
}

TEST(FilePool, KeepsTheOnesUsedLast)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 3, 2);
    for (const std::size_t i : {0, 1, 0, 2}) read(pool, i); // file 1 goes
    for (int i = 0; i < 3; ++i) fs::remove(folder / ("f" + std::to_string(i) + ".txt"));
    EXPECT_EQ(read(pool, 0), "text 0") << "an open file can be read when its name has gone";
    EXPECT_EQ(read(pool, 2), "text 2");
    EXPECT_NE(read(pool, 1).find("no such file"), std::string::npos);
}

TEST(FilePool, ReadsFromAnyPlace)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 1, 1);
    std::vector<std::uint8_t> bytes(3);
    ASSERT_TRUE(pool.read(0, 2, bytes).ok());
    EXPECT_EQ(std::string(bytes.begin(), bytes.end()), "xt ");
}

TEST(FilePool, NoticesAtTheNextReadThatAnOpenFileWasShortenedOrContinued)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 2, 2);
    for (const std::size_t i : {0, 1}) ASSERT_EQ(read(pool, i), "text " + std::to_string(i));
    fs::resize_file(folder / "f0.txt", 2);
    folder.write("f1.txt", "text 1 and more");
    EXPECT_NE(read(pool, 0).find("f0.txt has changed since the run began: it had 6 bytes, now it has 2"),
              std::string::npos)
        << read(pool, 0);
    EXPECT_NE(read(pool, 1).find("it had 6 bytes, now it has 15"), std::string::npos);
}

TEST(FilePool, TellsAnotherTextOfTheSameLengthFromOneThatWasOnlyTouched)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 2, 1);
    touch(folder / "f0.txt");
    EXPECT_EQ(read(pool, 0), "text 0");
    EXPECT_EQ(read(pool, 0), "text 0");
    folder.write("f1.txt", "TEXT 1");
    touch(folder / "f1.txt");
    EXPECT_NE(read(pool, 1).find("the text is another one"), std::string::npos) << read(pool, 1);
}

} // namespace
} // namespace triptych
