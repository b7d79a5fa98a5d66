// Names in messages cannot steer a terminal or flood it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/quote.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

TEST(Quote, LeavesPlainNamesAsTheyAre)
{
    EXPECT_EQ(in_quotes("model.norm.weight"), "\"model.norm.weight\"");
    EXPECT_EQ(in_quotes("gr\xc3\xb6\xc3\x9f"
                        "e"),
              "\"gr\xc3\xb6\xc3\x9f"
              "e\"");
    EXPECT_EQ(in_quotes(""), "\"\"");
}

TEST(Quote, ReplacesControlCharactersAndBrokenBytes)
{
    EXPECT_EQ(in_quotes("a\x1b[2Jb\nc"), "\"a?[2Jb?c\"");
    EXPECT_EQ(in_quotes("a\xff"
                        "b"),
              "\"a\xef\xbf\xbd"
              "b\"");
}

TEST(Quote, CutsLongNamesBetweenCharacters)
{
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "\xc3\xbc";
    const std::string shown = in_quotes("x" + umlauts);
    EXPECT_LT(shown.size(), 90u);
    EXPECT_EQ(shown.find("\xef\xbf\xbd"), std::string::npos);
    EXPECT_EQ(shown.substr(shown.size() - 4), "...\"");
}

} // namespace
} // namespace triptych
