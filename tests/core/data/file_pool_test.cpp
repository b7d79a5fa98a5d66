// The pool maps few of many files and notices when one has changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_pool.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych {
namespace {

using test::TempFolder;

FilePool pool_of(const TempFolder& folder, int count, std::size_t most)
{
    for (int i = 0; i < count; ++i) folder.write("f" + std::to_string(i) + ".txt", "text " + std::to_string(i));
    return FilePool(find_text_files(folder.path())->files, most);
}

TEST(FilePool, MapsAtMostSoMany)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 8, 3);
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < 8; ++i) {
            const auto file = pool.map(i);
            ASSERT_TRUE(file.ok());
            EXPECT_EQ((*file)->text(), "text " + std::to_string(i));
            EXPECT_LE(pool.mapped(), 3u);
        }
    }
}

TEST(FilePool, WhatOneHoldsStaysMapped)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 4, 1);
    const auto held = pool.map(0).take();
    for (std::size_t i = 1; i < 4; ++i) ASSERT_TRUE(pool.map(i).ok());
    EXPECT_EQ(held->text(), "text 0");
}

TEST(FilePool, KeepsTheOnesUsedLast)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 3, 2);
    const auto* first = pool.map(0)->get();
    ASSERT_TRUE(pool.map(1).ok());
    EXPECT_EQ(pool.map(0)->get(), first);
    ASSERT_TRUE(pool.map(2).ok()); // file 1 goes
    EXPECT_EQ(pool.map(0)->get(), first);
}

TEST(FilePool, NoticesAChangedOrMissingFile)
{
    const TempFolder folder;
    const auto pool = pool_of(folder, 2, 1);
    folder.write("f0.txt", "another length");
    std::filesystem::remove(folder / "f1.txt");
    const auto changed = pool.map(0);
    ASSERT_FALSE(changed.ok());
    EXPECT_NE(changed.error().what.find("has changed since the run began: it had 6 bytes, now it has 14"),
              std::string::npos);
    const auto missing = pool.map(1);
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().what.find("no such file"), std::string::npos);
}

} // namespace
} // namespace triptych
