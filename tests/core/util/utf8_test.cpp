// Whatever the bytes are and however they arrive, the text is valid UTF-8 and always the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/utf8.h"
#include "kernels/base/rng.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych {
namespace {

const std::string kBad = "\xEF\xBF\xBD";

TEST(Utf8, KeepsValidText)
{
    const std::string text = "plain, Gr\u00FC\u00DFe, \u4E2D\u6587, \U0001F600 and \0 too";
    EXPECT_EQ(to_valid_utf8(text), text);
}

TEST(Utf8, ReplacesEachBrokenPartOnce)
{
    EXPECT_EQ(to_valid_utf8("a\xFFz"), "a" + kBad + "z");
    EXPECT_EQ(to_valid_utf8("\x80\x80"), kBad + kBad);
    EXPECT_EQ(to_valid_utf8("a\xE4\xB8z"), "a" + kBad + "z");                // two of three bytes are one maximal part
    EXPECT_EQ(to_valid_utf8("\xC0\xAF"), kBad + kBad);                       // overlong '/'
    EXPECT_EQ(to_valid_utf8("\xE0\x80\xAF"), kBad + kBad + kBad);            // overlong '/'
    EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), kBad + kBad + kBad);            // a surrogate
    EXPECT_EQ(to_valid_utf8("\xF4\x90\x80\x80"), kBad + kBad + kBad + kBad); // beyond U+10FFFF
    EXPECT_EQ(to_valid_utf8("\xF0\x9F\x98"), kBad);                          // ends too early
    EXPECT_EQ(to_valid_utf8("\xF0\x9F\xF0\x9F\x98\x80"), kBad + "\U0001F600");
}

TEST(Utf8Stream, HoldsBackAnUnfinishedCharacter)
{
    Utf8Stream stream;
    EXPECT_EQ(stream.push("a\xF0\x9F"), "a");
    EXPECT_EQ(stream.pending(), 2u);
    EXPECT_EQ(stream.push("\x98"), "");
    EXPECT_EQ(stream.push("\x80!"), "\U0001F600!");
    EXPECT_EQ(stream.finish(), "");
}

TEST(Utf8Stream, EndsAnUnfinishedCharacterWithAReplacement)
{
    Utf8Stream stream;
    EXPECT_EQ(stream.push("\xE4\xB8"), "");
    EXPECT_EQ(stream.finish(), kBad);
    EXPECT_EQ(stream.push("ok"), "ok");
}

TEST(Utf8Stream, GivesTheSameTextByteByByteAsAtOnce)
{
    // Bytes around the borders of the encoding, in random order, meet every rule.
    const std::string alphabet = "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC2\xDF\xE0\xE1\xED\xEF\xF0\xF1\xF4\xF5\xFF";
    for (std::uint64_t trial = 0; trial < 2000; ++trial) {
        const Philox rng(7, trial);
        std::string bytes;
        for (std::uint64_t i = 0; i < 12; ++i) bytes.push_back(alphabet[rng.below(i, alphabet.size())]);
        Utf8Stream stream;
        std::string text;
        for (const char byte : bytes) text += stream.push({&byte, 1});
        text += stream.finish();
        ASSERT_EQ(text, to_valid_utf8(bytes)) << "trial " << trial;
        ASSERT_EQ(to_valid_utf8(text), text) << "trial " << trial;
    }
}

} // namespace
} // namespace triptych
