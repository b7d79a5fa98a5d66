// Specs are read as users mean them: files first, then weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_spec.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(DataSpec, ReadsFilesAndBuiltinTexts)
{
    const auto file = DataSpec::parse("texts/novel.txt");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->name, "texts/novel.txt");
    EXPECT_FALSE(file->builtin);
    EXPECT_FALSE(file->weight.has_value());
    const auto builtin = DataSpec::parse("builtin:code");
    ASSERT_TRUE(builtin.ok());
    EXPECT_EQ(builtin->name, "code");
    EXPECT_TRUE(builtin->builtin);
}

TEST(DataSpec, ReadsAWeight)
{
    const auto spec = DataSpec::parse("builtin:code@2.5");
    ASSERT_TRUE(spec.ok());
    EXPECT_EQ(spec->name, "code");
    EXPECT_EQ(spec->weight, 2.5);
    EXPECT_EQ(spec->text, "builtin:code@2.5");
    EXPECT_EQ(DataSpec::parse("mail@home.txt")->name, "mail@home.txt");
}

TEST(DataSpec, AFileOfThatNameWins)
{
    const test::TempFolder folder;
    const auto path = folder.write("notes@3", "text").string();
    const auto spec = DataSpec::parse(path);
    ASSERT_TRUE(spec.ok());
    EXPECT_EQ(spec->name, path);
    EXPECT_FALSE(spec->weight.has_value());
}

TEST(DataSpec, RefusesWeightsThatAreNoShare)
{
    for (const auto* text : {"a@0", "a@-1", "a@inf", "a@nan"}) {
        const auto spec = DataSpec::parse(text);
        ASSERT_FALSE(spec.ok()) << text;
        EXPECT_NE(spec.error().what.find("a positive number is needed"), std::string::npos);
    }
    for (const auto* text : {"", "builtin:", "@2"}) EXPECT_FALSE(DataSpec::parse(text).ok()) << text;
}

} // namespace
} // namespace triptych
