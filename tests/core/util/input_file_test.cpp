// An input file gives the bytes of the file, and an error in words whatever others do to it meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/input_file.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <string>
#include <utility>

namespace triptych {
namespace {

using test::TempFolder;

std::string text_of(const InputFile& file)
{
    std::string text(file.size(), '?');
    EXPECT_TRUE(file.read(0, text.data(), text.size()).ok());
    return text;
}

TEST(InputFile, GivesEveryByteOfTheFile)
{
    const TempFolder folder;
    std::string contents;
    for (int i = 0; i < 10007; ++i) contents.push_back(static_cast<char>(i));
    const auto file = InputFile::open(folder.write("x.bin", contents));
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(text_of(*file), contents);
    std::string part(5, '?');
    ASSERT_TRUE(file->read(9000, part.data(), part.size()).ok());
    EXPECT_EQ(part, contents.substr(9000, 5));
}

TEST(InputFile, HandsOutALargeFileInPartsAndStopsWhereOneIsRefused)
{
    const TempFolder folder;
    std::string contents(2'500'000, 'a');
    contents.back() = 'z';
    const auto file = InputFile::open(folder.write("x.txt", contents)).take();
    std::string together;
    ASSERT_TRUE(file.read_all([&](std::string_view part, std::uint64_t offset) -> Status {
                        EXPECT_EQ(offset, together.size());
                        EXPECT_LE(part.size(), 1U << 20);
                        together += part;
                        return {};
                    })
                    .ok());
    EXPECT_TRUE(together == contents);
    int parts = 0;
    const Status refused = file.read_all([&](std::string_view, std::uint64_t) -> Status {
        ++parts;
        return Error{"enough", ""};
    });
    EXPECT_EQ(refused.error().what, "enough");
    EXPECT_EQ(parts, 1);
}

TEST(InputFile, AFileThatIsShortenedIsAnErrorWhereItsBytesAreMissingAndHasAnotherStamp)
{
    const TempFolder folder;
    const auto path = folder.write("x.txt", std::string(100'000, 'x'));
    const auto file = InputFile::open(path).take();
    const FileStamp before = file.stamp().take();
    EXPECT_EQ(before.size, 100'000U);
    std::filesystem::resize_file(path, 5000);
    std::string part(100, '?');
    EXPECT_TRUE(file.read(4900, part.data(), part.size()).ok());
    const Status missing = file.read(4950, part.data(), part.size());
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().what.find("x.txt: the file ends at byte 5000, it was longer"), std::string::npos)
        << missing.error().what;
    EXPECT_FALSE(missing.error().hint.empty());
    EXPECT_FALSE(file.stamp().take() == before);
}

TEST(InputFile, ReadsOnWhenItIsMoved)
{
    const TempFolder folder;
    auto file = InputFile::open(folder.write("x.txt", "hello")).take();
    InputFile other = std::move(file);
    EXPECT_EQ(text_of(other), "hello");
    other = InputFile::open(folder.write("y.txt", "world")).take();
    EXPECT_EQ(text_of(other), "world");
}

TEST(InputFile, KeepsTheContentsOfAFileReplacedByRenaming)
{
    const TempFolder folder;
    const auto file = InputFile::open(folder.write("x.txt", "old text")).take();
    const FileStamp before = file.stamp().take();
    std::filesystem::rename(folder.write("y.txt", "new"), folder / "x.txt");
    EXPECT_EQ(text_of(file), "old text");
    EXPECT_EQ(file.stamp().take(), before);
}

TEST(InputFile, StampByNameIsThatOfTheOpenFileAndZerosWhereThereIsNothing)
{
    const TempFolder folder;
    const auto before = std::chrono::system_clock::now() - std::chrono::minutes(1);
    const auto path = folder.write("x.txt", "hello");
    const FileStamp stamp = stamp_of(path);
    EXPECT_EQ(stamp, InputFile::open(path)->stamp().take());
    EXPECT_EQ(stamp.size, 5U);
    EXPECT_GT(std::chrono::nanoseconds(stamp.modified), before.time_since_epoch()) << "since 1970";
    std::filesystem::create_symlink(path, folder / "link");
    EXPECT_EQ(stamp_of(folder / "link"), stamp);
    std::filesystem::remove(path);
    EXPECT_EQ(stamp_of(path), FileStamp{});
    EXPECT_EQ(stamp_of(folder / "link"), FileStamp{}) << "a link to nothing";
    EXPECT_NE(stamp_of(folder.path()), FileStamp{}) << "a folder changes as well";
}

TEST(InputFile, SaysWhatCannotBeRead)
{
    const TempFolder folder;
    EXPECT_NE(InputFile::open(folder / "x.txt").error().what.find("no such file"), std::string::npos);
    EXPECT_NE(InputFile::open(folder.path()).error().what.find("it is a folder"), std::string::npos);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_NE(InputFile::open(folder / "pipe").error().what.find("not a regular file"), std::string::npos);
}

} // namespace
} // namespace triptych
