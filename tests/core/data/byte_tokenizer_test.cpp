// One token a byte: ids are as promised, every byte comes back, and the display is always readable.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace triptych {
namespace {

using Ids = std::vector<TokenId>;

TEST(ByteTokenizer, HasTheIdsOfTheModelConfig)
{
    const ByteTokenizer tokenizer;
    EXPECT_EQ(tokenizer.bos_id(), 0);
    EXPECT_EQ(tokenizer.eos_id(), 1);
    EXPECT_EQ(tokenizer.vocab_size(), 264);
    EXPECT_EQ(tokenizer.encode("A\n"), (Ids{8 + 65, 8 + 10}));
}

TEST(ByteTokenizer, GivesEveryByteBack)
{
    const ByteTokenizer tokenizer;
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    const auto tokens = tokenizer.encode(bytes);
    ASSERT_EQ(tokens.size(), 256u);
    std::string back;
    for (const auto token : tokens) back += tokenizer.bytes_of(token);
    EXPECT_EQ(back, bytes);
}

TEST(ByteTokenizer, DecodesToValidText)
{
    const ByteTokenizer tokenizer;
    EXPECT_EQ(tokenizer.decode(tokenizer.encode("Grüße 😀")), "Grüße 😀");
    EXPECT_EQ(tokenizer.decode(tokenizer.encode("a\xFFz")), "a\uFFFDz");
    EXPECT_EQ(tokenizer.decode(Ids{0, 8 + 'h', 8 + 'i', 1, 2, 7, -1, 264, 1 << 30}), "hi");
}

TEST(ByteTokenizer, ReadsSpecialTokensOnlyWhenAsked)
{
    const ByteTokenizer tokenizer;
    EXPECT_EQ(tokenizer.encode("<eos>").size(), 5u);
    EXPECT_EQ(tokenizer.encode("a<eos><bos><reserved_7>", SpecialTokens::Parsed), (Ids{8 + 'a', 1, 0, 7}));
    EXPECT_EQ(tokenizer.encode("<eo", SpecialTokens::Parsed).size(), 3u);
    EXPECT_EQ(tokenizer.encode("<<eos>>", SpecialTokens::Parsed), (Ids{8 + '<', 1, 8 + '>'}));
}

TEST(ByteTokenizer, ShowsEveryIdReadably)
{
    const ByteTokenizer tokenizer;
    EXPECT_EQ(tokenizer.token_text(8 + ' '), "␣");
    EXPECT_EQ(tokenizer.token_text(8 + '\n'), "↵");
    EXPECT_EQ(tokenizer.token_text(8 + 'x'), "x");
    EXPECT_EQ(tokenizer.token_text(8 + 0xC3), "<0xC3>");
    EXPECT_EQ(tokenizer.token_text(8), "<0x00>");
    EXPECT_EQ(tokenizer.token_text(1), "<eos>");
    EXPECT_EQ(tokenizer.token_text(300), "<#300>");
    for (TokenId id = -2; id < 300; ++id) {
        const auto text = tokenizer.token_text(id);
        EXPECT_FALSE(text.empty()) << id;
        EXPECT_EQ(to_valid_utf8(text), text) << id;
    }
}

TEST(StreamingDecoder, HandsOutWholeCharacters)
{
    const ByteTokenizer tokenizer;
    StreamingDecoder decoder(tokenizer);
    std::vector<std::string> parts;
    for (const auto token : tokenizer.encode("aü<eos>😀", SpecialTokens::Parsed)) parts.push_back(decoder.push(token));
    EXPECT_EQ(parts, (std::vector<std::string>{"a", "", "ü", "", "", "", "", "😀"}));
    EXPECT_EQ(decoder.finish(), "");
    decoder.push(8 + 0xC3);
    EXPECT_EQ(decoder.finish(), "\uFFFD");
}

} // namespace
} // namespace triptych
