// The first pass over JSON: what it lets through and where it says a mistake is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json_text.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

std::string refusal(std::string_view text)
{
    const Status status = check_json_object(text, "x.json");
    return status ? "" : status.error().what;
}

TEST(JsonText, LetsObjectsThrough)
{
    EXPECT_EQ(refusal("{}"), "");
    EXPECT_EQ(refusal(" {\"a\": [1, {\"a\": null}], \"b\": {\"a\": true, \"c\": \"\\u00e4\"}}\n"), "");
}

TEST(JsonText, SaysLineAndColumnOfTheMistake)
{
    EXPECT_EQ(refusal("{\n\"a\": 1,\n\"b\" 2}"), "x.json: line 3, column 5: this is not valid JSON");
    EXPECT_EQ(refusal("{,}"), "x.json: line 1, column 2: this is not valid JSON");
}

TEST(JsonText, RefusesWhatIsNoObjectOrHasAKeyTwice)
{
    EXPECT_NE(refusal("[]").find("not a JSON object"), std::string::npos);
    EXPECT_NE(refusal("3").find("not a JSON object"), std::string::npos);
    EXPECT_NE(refusal("").find("not valid JSON"), std::string::npos);
    EXPECT_NE(refusal("{\"a\": 1, \"a\": 1}").find("the key \"a\" occurs twice"), std::string::npos);
    EXPECT_EQ(refusal("{\"a\": {\"b\": 1}, \"c\": {\"b\": 1}}"), "");
}

TEST(JsonText, AMillionBracketsAreRefusedAndDoNotOverflowTheStack)
{
    EXPECT_NE(refusal("{\"a\":" + std::string(1'000'000, '[')).find("nested too deeply"), std::string::npos);
    std::string objects;
    for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
    EXPECT_NE(refusal(objects).find("nested too deeply"), std::string::npos);
}

} // namespace
} // namespace triptych
