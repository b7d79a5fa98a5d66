// Texts are found in folders of any shape; everything else is left out with a note or refused with a reason.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/text_files.h"
#include "core/util/hash64.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {
namespace {

using namespace std::string_view_literals;
using test::TempFolder;

std::vector<std::string> names(const TextFiles& found)
{
    std::vector<std::string> result;
    for (const auto& file : found.files) result.push_back(file.name);
    return result;
}

std::string refusal(const std::filesystem::path& path)
{
    const auto found = find_text_files(path);
    EXPECT_FALSE(found.ok());
    if (found.ok()) return {};
    EXPECT_FALSE(found.error().hint.empty());
    return found.error().what;
}

TEST(FindTextFiles, TakesAFileWithItsHash)
{
    const TempFolder folder;
    const auto found = find_text_files(folder.write("a.txt", "hello"));
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->files.size(), 1u);
    EXPECT_EQ(found->files[0].length(), 5u);
    EXPECT_EQ(found->files[0].hash, hash64("hello"));
}

TEST(FindTextFiles, TakesAnyEncodingThatIsMadeOfBytes)
{
    const TempFolder folder;
    EXPECT_TRUE(find_text_files(folder.write("latin1.txt", "Gr\xFC\xDF"
                                                           "e"))
                    .ok());
    const auto marked = find_text_files(folder.write("bom.txt", "\xEF\xBB\xBFtext"));
    ASSERT_TRUE(marked.ok());
    EXPECT_EQ(marked->files[0].begin, 3u);
    EXPECT_EQ(marked->files[0].length(), 4u);
}

TEST(FindTextFiles, RefusesWhatIsNoTextAndSaysWhatItIs)
{
    const TempFolder folder;
    EXPECT_NE(refusal(folder / "none.txt").find("none.txt: no such file"), std::string::npos);
    EXPECT_NE(refusal(folder.write("empty.txt", "")).find("empty.txt: the file is empty"), std::string::npos);
    EXPECT_NE(refusal(folder.write("mark.txt", "\xEF\xBB\xBF")).find("the file is empty"), std::string::npos);
    EXPECT_NE(refusal(folder.write("a.bin", "abc\0def"sv)).find("looks like a binary file (byte 3 is zero"),
              std::string::npos);
    EXPECT_NE(refusal(folder.write("le.txt", "\xFF\xFEh\0i\0"sv)).find("UTF-16"), std::string::npos);
    EXPECT_NE(refusal(folder.write("be.txt", "\xFE\xFF\0h\0i"sv)).find("UTF-16"), std::string::npos);
    EXPECT_NE(refusal(folder.write("32.txt", "\xFF\xFE\0\0h\0\0\0"sv)).find("UTF-32"), std::string::npos);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_NE(refusal(folder / "pipe").find("not a regular file"), std::string::npos);
}

TEST(FindTextFiles, AZeroByteFarInsideIsFoundToo)
{
    const TempFolder folder;
    std::string text(3'000'000, 'x');
    text[2'900'000] = '\0';
    EXPECT_NE(refusal(folder.write("a.txt", text)).find("byte 2900000 is zero"), std::string::npos);
}

TEST(FindTextFiles, WalksAFolderInSortedOrder)
{
    const TempFolder folder;
    for (const auto* name : {"b/2.txt", "b/1.md", "a/x/y/z.py", "c.txt", ".git/config", "b/.hidden"})
        folder.write(name, "text");
    const auto found = find_text_files(folder.path());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(names(*found), (std::vector<std::string>{"a/x/y/z.py", "b/1.md", "b/2.txt", "c.txt"}));
    EXPECT_TRUE(found->notes.empty());
}

TEST(FindTextFiles, LeavesOutWhatIsNoTextWithANote)
{
    const TempFolder folder;
    folder.write("a.txt", "text");
    folder.write("b.png", "\x89PNG\0\0"sv);
    folder.write("c.bin", "\0\0\0"sv);
    folder.write("d.txt", "");
    std::filesystem::create_symlink("nowhere", folder / "e.txt");
    const auto found = find_text_files(folder.path());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(names(*found), std::vector<std::string>{"a.txt"});
    std::string notes;
    for (const auto& note : found->notes) notes += note + "\n";
    EXPECT_NE(notes.find("left out 2 files (looks like a binary file): b.png, c.bin"), std::string::npos) << notes;
    EXPECT_NE(notes.find("left out 1 file (the file is empty): d.txt"), std::string::npos) << notes;
    EXPECT_NE(notes.find("(could not be read)"), std::string::npos) << notes;
}

TEST(FindTextFiles, FollowsLinksOnceAndEndsInLoops)
{
    const TempFolder folder;
    folder.write("a/1.txt", "one");
    folder.write("b/2.txt", "two");
    std::filesystem::create_directory_symlink("..", folder / "a/up");
    std::filesystem::create_directory_symlink(folder / "b", folder / "a/b_again");
    std::filesystem::create_symlink(folder / "a/1.txt", folder / "b/copy_of_1.txt");
    const auto found = find_text_files(folder.path());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->files.size(), 2u);
}

TEST(FindTextFiles, AFolderWithoutTextIsAnErrorThatSaysWhy)
{
    const TempFolder folder;
    EXPECT_NE(refusal(folder.path()).find("has no text file"), std::string::npos);
    folder.write("b.png", "\x89PNG\0\0"sv);
    EXPECT_NE(refusal(folder.path()).find("b.png"), std::string::npos);
}

TEST(FindTextFiles, ShowsStrangeNamesAsValidText)
{
    const TempFolder folder;
    folder.write("Gr\xFC\xDF"
                 "e.txt",
                 "text");
    const auto found = find_text_files(folder.path());
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found->files[0].name, "Gr\uFFFD\uFFFDe.txt");
}

} // namespace
} // namespace triptych
