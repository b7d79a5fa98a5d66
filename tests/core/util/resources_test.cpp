// Where resources are looked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/resources.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace triptych {
namespace {

TEST(Resources, TheSourceTreeIsFoundWithoutInstallation)
{
    EXPECT_TRUE(find_resource("model_presets/tiny.json").has_value());
    EXPECT_FALSE(find_resource("model_presets/no_such_preset.json").has_value());
}

TEST(Resources, TheEnvironmentComesFirstAndAMissingFolderIsPassedOver)
{
    const test::TempFolder temp;
    ASSERT_EQ(::setenv("TRIPTYCH_RESOURCES", temp.path().c_str(), 1), 0);
    const auto chosen = resource_folders();
    const auto absent = temp / "absent";
    ASSERT_EQ(::setenv("TRIPTYCH_RESOURCES", absent.c_str(), 1), 0);
    const auto missing = resource_folders();
    ::unsetenv("TRIPTYCH_RESOURCES");
    EXPECT_EQ(chosen.front(), temp.path());
    EXPECT_EQ(std::count(missing.begin(), missing.end(), absent), 0);
}

TEST(Resources, JsonFilesOfAFolderAreListedByNameFromEveryPlace)
{
    const test::TempFolder temp;
    temp.write("gpu_presets/zz9.json", "{}");
    temp.write("gpu_presets/h800.json", "{}"); // there already
    temp.write("gpu_presets/notes.txt", "");
    const auto shipped = list_json_resources("gpu_presets");
    ASSERT_EQ(::setenv("TRIPTYCH_RESOURCES", temp.path().c_str(), 1), 0);
    const auto all = list_json_resources("gpu_presets");
    ::unsetenv("TRIPTYCH_RESOURCES");
    EXPECT_EQ(all.size(), shipped.size() + 1);
    EXPECT_EQ(all.back(), "zz9");
    EXPECT_TRUE(list_json_resources("no_such_folder").empty());
}

} // namespace
} // namespace triptych
