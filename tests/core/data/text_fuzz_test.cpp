// Odd texts as training data: each is refused in words or read whole, as tokens that a model has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/data/data_spec.h"
#include "core/data/token_stream.h"
#include "core/util/utf8.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

constexpr StreamOptions kOptions{.batch_size = 2, .sequence_length = 12, .mtp_depth = 1, .micro_steps = 1, .seed = 3};

void expect_tokens(const TokenBatch& batch)
{
    for (std::size_t k = 0; k < batch.inputs.size(); ++k)
        for (std::size_t i = 0; i < batch.inputs[k].size(); ++i) {
            EXPECT_TRUE(batch.inputs[k][i] >= 0 && batch.inputs[k][i] < ByteTokenizer::kVocabSize);
            EXPECT_TRUE(batch.targets[k][i] >= -1 && batch.targets[k][i] < ByteTokenizer::kVocabSize);
        }
}

TEST(TextFuzz, AnyBytesAreRefusedOrRead)
{
    const TempFolder temp;
    std::string plain;
    for (int i = 0; i < 40; ++i)
        plain += "Zeile " + std::to_string(i) + ": \xC3\xA4\xC3\xB6\xC3\xBC \xE2\x82\xAC\r\n\n";
    int read = 0;
    for (std::uint64_t round = 0; round < 600; ++round) {
        std::string text = plain.substr(0, 40 + (round * 37) % plain.size());
        for (std::uint64_t again = 0; again < 1 + round % 5; ++again) text = mutated(text, 1, 8 * round + again);
        if (round % 4 == 0) text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
        const auto file = temp.rewrite("text.txt", text);
        const auto stream = TokenStream::open({file.string()}, kOptions);
        if (!stream) {
            EXPECT_FALSE(stream.error().hint.empty()) << stream.error().what;
            continue;
        }
        ++read;
        for (const std::uint64_t step : {std::uint64_t{0}, std::uint64_t{7}, std::uint64_t{1} << 40}) {
            const auto batch = stream->batch(step);
            ASSERT_TRUE(batch.ok()) << batch.error().what;
            expect_tokens(*batch);
        }
        const auto count = static_cast<std::uint64_t>(stream->validation_batches());
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto batch = stream->validation_batch(i, count);
            ASSERT_TRUE(batch.ok()) << batch.error().what;
            expect_tokens(*batch);
        }
    }
    EXPECT_GT(read, 200);
}

TEST(TextFuzz, AnyBytesSurviveTheTokenizerAndBecomeValidText)
{
    const ByteTokenizer tokenizer;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        const std::string text = mutated("<bos> \xE2\x82\xAC 12 <eos>", 2, round);
        std::string back;
        for (const TokenId id : tokenizer.encode(text)) back += tokenizer.bytes_of(id);
        EXPECT_EQ(back, text);
        const std::string shown = tokenizer.decode(tokenizer.encode(text, SpecialTokens::Parsed));
        EXPECT_EQ(to_valid_utf8(shown), shown) << "decoded text is valid already";
    }
}

TEST(TextFuzz, AnySpecIsRefusedOrNamesItsData)
{
    const std::string_view specs[] = {"builtin:mixed", "builtin:english@0.5", "some/folder@3", "file.txt", "a@b@1e5"};
    for (std::uint64_t round = 0; round < 3000; ++round) {
        const std::string text = mutated(std::string(specs[round % std::size(specs)]), 3, round);
        const auto spec = DataSpec::parse(text);
        if (spec) {
            EXPECT_FALSE(spec->name.empty()) << text;
        } else {
            EXPECT_FALSE(spec.error().hint.empty()) << text;
        }
    }
}

} // namespace
} // namespace triptych::test
