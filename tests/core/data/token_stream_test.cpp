// Batches can be asked for in any order, carry the right targets and labels, and mix by weight.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/data/token_stream.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace triptych {
namespace {

using test::TempFolder;

const StreamOptions kSmall{4, 48, 2, 2, 7, 0.1};

TokenStream stream_of(const std::vector<std::string>& specs, const StreamOptions& options = kSmall)
{
    auto stream = TokenStream::open(specs, options);
    EXPECT_TRUE(stream.ok()) << stream.error().what;
    return stream.take();
}

bool equal(const TokenBatch& a, const TokenBatch& b)
{
    return a.inputs == b.inputs && a.targets == b.targets && a.domains == b.domains;
}

TEST(TokenStream, HasTheShapesOfTheModel)
{
    const auto batch = stream_of({"builtin:mixed"}).batch(0).take();
    EXPECT_EQ(batch.batch, 4);
    EXPECT_EQ(batch.length, 48);
    ASSERT_EQ(batch.inputs.size(), 3u);
    ASSERT_EQ(batch.targets.size(), 3u);
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_EQ(batch.inputs[k].size(), 4u * 48u);
        EXPECT_EQ(batch.targets[k].size(), 4u * 48u);
    }
    EXPECT_EQ(batch.domains.size(), 4u * 48u);
}

TEST(TokenStream, IsSeekable)
{
    const auto forward = stream_of({"builtin:mixed"});
    std::vector<TokenBatch> batches;
    for (std::uint64_t step = 0; step < 5; ++step) {
        for (std::uint64_t micro = 0; micro < 2; ++micro) batches.push_back(forward.batch(step, micro).take());
    }
    const auto resumed = stream_of({"builtin:mixed"});
    for (std::uint64_t i = 10; i-- > 0;) EXPECT_TRUE(equal(resumed.batch(i / 2, i % 2).take(), batches[i])) << i;
    for (std::size_t i = 1; i < 10; ++i) EXPECT_FALSE(equal(batches[i], batches[i - 1])) << i;
}

TEST(TokenStream, ShiftsInputsAndTargetsByDepth)
{
    const auto batch = stream_of({"builtin:english"}).batch(3).take();
    for (std::size_t b = 0; b < 4; ++b) {
        for (std::size_t t = 0; t + 1 < 48; ++t) {
            const auto i = b * 48 + t;
            EXPECT_EQ(batch.inputs[1][i], batch.inputs[0][i + 1]);
            EXPECT_EQ(batch.inputs[2][i], batch.inputs[1][i + 1]);
            if (batch.targets[0][i] >= 0) {
                EXPECT_EQ(batch.targets[0][i], batch.inputs[0][i + 1]);
            }
            if (batch.targets[1][i] >= 0) {
                EXPECT_EQ(batch.targets[1][i], batch.targets[0][i + 1]);
            }
            if (batch.targets[2][i] >= 0) {
                EXPECT_EQ(batch.targets[2][i], batch.targets[1][i + 1]);
            }
        }
    }
}

TEST(TokenStream, HasNoTargetAcrossDocuments)
{
    // Documents end in <eos>: from there nothing can be predicted, and k places before it only k of them are left.
    const auto stream = stream_of({"builtin:json"}, {8, 200, 2, 1, 1, 0.1});
    int borders = 0;
    for (std::uint64_t step = 0; step < 10; ++step) {
        const auto batch = stream.batch(step).take();
        for (std::size_t i = 0; i < batch.inputs[0].size(); ++i) {
            for (std::size_t k = 0; k < 3; ++k) {
                bool border = false;
                for (std::size_t back = 0; back <= k; ++back) border |= batch.inputs[back][i] == ByteTokenizer::kEos;
                ASSERT_EQ(batch.targets[k][i] == -1, border) << "position " << i << ", depth " << k;
                borders += border ? 1 : 0;
            }
        }
    }
    EXPECT_GT(borders, 50);
}

TEST(TokenStream, PredictsTheEndOfADocument)
{
    const auto batch = stream_of({"builtin:json"}, {8, 400, 1, 1, 1, 0.1}).batch(0).take();
    EXPECT_GT(std::count(batch.targets[0].begin(), batch.targets[0].end(), ByteTokenizer::kEos), 3);
    EXPECT_EQ(std::count(batch.targets[0].begin(), batch.targets[0].end(), ByteTokenizer::kBos), 0);
}

TEST(TokenStream, MixesFilesBySizeAndByWeight)
{
    const TempFolder folder;
    const auto large = folder.write("large.txt", std::string(30000, 'l')).string();
    const auto small = folder.write("small.txt", std::string(10000, 's')).string();
    using Shares = std::vector<std::uint64_t>;
    EXPECT_EQ(stream_of({large, small}).shares(), (Shares{768, 256}));
    EXPECT_EQ(stream_of({large + "@1", small}).shares(), (Shares{512, 512}));
    EXPECT_EQ(stream_of({large, small + "@3"}).shares(), (Shares{256, 768}));
    EXPECT_EQ(stream_of({large, "builtin:json"}).shares(), (Shares{512, 512}));
    EXPECT_EQ(stream_of({"builtin:code@3", "builtin:json"}).shares(), (Shares{768, 256}));
}

TEST(TokenStream, LabelsEveryTokenWithItsDomain)
{
    const TempFolder folder;
    const auto file = folder.write("english.txt", std::string(5000, 'x')).string(); // the name of a built-in domain
    const auto stream = stream_of({"builtin:roman", "builtin:english", file});
    EXPECT_EQ(stream.domains(), (std::vector<std::string>{"roman", "english"}));
    const auto decode = ByteTokenizer();
    for (std::uint64_t step = 0; step < 10; ++step) {
        const auto batch = stream.batch(step).take();
        for (std::size_t i = 0; i < batch.domains.size(); ++i) {
            const auto text = decode.bytes_of(batch.inputs[0][i]);
            if (text == "e" || text == "x") {
                EXPECT_EQ(batch.domains[i], 1);
            }
            if (text == "+" || text == "=") {
                EXPECT_EQ(batch.domains[i], 0);
            }
        }
    }
}

TEST(TokenStream, ValidationCoversTheSplitEvenlyWhateverTheSeed)
{
    const TempFolder folder;
    std::string text;
    for (int i = 0; i < 4000; ++i) text += static_cast<char>('a' + i / 200); // letters tell the place
    const auto file = folder.write("a.txt", text).string();
    const StreamOptions seed1{2, 40, 1, 1, 1, 0.5};
    const StreamOptions seed2{2, 40, 1, 1, 2, 0.5};
    const auto stream = stream_of({file}, seed1);
    const auto other = stream_of({file}, seed2);
    EXPECT_EQ(stream.validation_batches(), 26); // 2001 tokens in rows of 40, two a batch
    std::string letters;
    for (std::uint64_t i = 0; i < 10; ++i) {
        const auto batch = stream.validation_batch(i, 10).take();
        EXPECT_TRUE(equal(batch, other.validation_batch(i, 10).take()));
        for (std::size_t b = 0; b < 2; ++b) letters += ByteTokenizer().bytes_of(batch.inputs[0][b * 40]);
    }
    EXPECT_TRUE(std::is_sorted(letters.begin(), letters.end())) << letters;
    EXPECT_EQ(letters.front(), 'k');
    EXPECT_EQ(letters.back(), 't');
    EXPECT_FALSE(equal(stream.batch(0).take(), other.batch(0).take()));
}

TEST(TokenStream, ValidationHoldsEachCorpusInItsShare)
{
    const auto stream = stream_of({"builtin:code@3", "builtin:json"}, {4, 30, 0, 1, 1, 0.1});
    EXPECT_EQ(stream.validation_batches(), Corpus::kEndless);
    std::vector<int> rows(2);
    for (std::uint64_t i = 0; i < 4; ++i) {
        const auto batch = stream.validation_batch(i, 4).take();
        for (std::size_t b = 0; b < 4; ++b) ++rows[static_cast<std::size_t>(batch.domains[b * 30])];
    }
    EXPECT_EQ(rows, (std::vector<int>{12, 4}));
}

TEST(TokenStream, WithoutAFractionThereIsNoValidation)
{
    const auto stream = stream_of({"builtin:json"}, {2, 30, 0, 1, 1, 0});
    EXPECT_FALSE(stream.has_validation());
    EXPECT_THROW(static_cast<void>(stream.validation_batch(0, 1)), std::logic_error);
    EXPECT_THROW(static_cast<void>(stream_of({"builtin:json"}).validation_batch(1, 1)), std::logic_error);
}

TEST(TokenStream, SaysWhatIsWrongWithItsOptionsAndData)
{
    const auto refusal = [](const std::vector<std::string>& specs, const StreamOptions& options) {
        const auto stream = TokenStream::open(specs, options);
        EXPECT_FALSE(stream.ok());
        return stream.ok() ? std::string() : stream.error().what;
    };
    const std::vector<std::string> json = {"builtin:json"};
    EXPECT_NE(refusal(json, {0, 30, 0, 1, 1, 0.1}).find("batch_size"), std::string::npos);
    EXPECT_NE(refusal(json, {1, 0, 0, 1, 1, 0.1}).find("sequence_length"), std::string::npos);
    EXPECT_NE(refusal(json, {1, 30, -1, 1, 1, 0.1}).find("num_nextn_predict_layers"), std::string::npos);
    EXPECT_NE(refusal(json, {1, 30, 0, 0, 1, 0.1}).find("gradient_accumulation_steps"), std::string::npos);
    EXPECT_NE(refusal({}, kSmall).find("0 data sources"), std::string::npos);
    EXPECT_NE(refusal({"/nowhere/a.txt"}, kSmall).find("no such file"), std::string::npos);
    EXPECT_NE(refusal({"builtin:json@-1"}, kSmall).find("weight"), std::string::npos);
}

TEST(TokenStream, MayBeReadFromTwoThreads)
{
    const TempFolder folder;
    for (int i = 0; i < 20; ++i) folder.write(std::to_string(i) + ".txt", std::string(200, static_cast<char>('a' + i)));
    const auto stream = stream_of({folder.path().string()});
    std::vector<TokenBatch> here(40);
    std::vector<TokenBatch> there(40);
    {
        const std::jthread other([&] {
            for (std::uint64_t i = 0; i < 40; ++i) there[i] = stream.batch(i).take();
        });
        for (std::uint64_t i = 0; i < 40; ++i) here[i] = stream.batch(i).take();
    }
    for (std::size_t i = 0; i < 40; ++i) EXPECT_TRUE(equal(here[i], there[i]));
}

} // namespace
} // namespace triptych
