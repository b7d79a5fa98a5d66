// The token stream as the trainer sees it: numbered from 1, evaluated in the size that was asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/stream_source.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace triptych::test {
namespace {

constexpr StreamOptions kOptions{.batch_size = 2, .sequence_length = 16, .mtp_depth = 1, .micro_steps = 3, .seed = 5};

TokenStream stream(const std::string& spec, const StreamOptions& options = kOptions)
{
    auto opened = TokenStream::open({spec}, options);
    EXPECT_TRUE(opened.ok()) << (opened.ok() ? "" : opened.error().what);
    return opened.take();
}

std::string sentences(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) text += "This is sentence number " + std::to_string(i) + ".\n";
    return text;
}

TEST(StreamSource, CountsStepsFromOneWhereTheStreamCountsFromZero)
{
    const StreamSource source(stream("builtin:mixed"), 4);
    const TokenStream direct = stream("builtin:mixed");
    for (const std::int64_t step : {1, 2, 9})
        for (const std::int64_t micro : {0, 2})
            EXPECT_EQ(source.training_batch(step, micro).inputs,
                      direct.batch(static_cast<std::uint64_t>(step - 1), static_cast<std::uint64_t>(micro))->inputs);
    EXPECT_NE(source.training_batch(1, 0).inputs, source.training_batch(1, 1).inputs);
    EXPECT_EQ(source.training_batch(7, 1).inputs, source.training_batch(7, 1).inputs) << "stateless";
    EXPECT_EQ(source.domains(), direct.domains());
    EXPECT_EQ(source.bytes_per_token(), 1);
}

TEST(StreamSource, EvaluatesAsManyBatchesAsAskedForOrAsThereAre)
{
    const TempFolder temp;
    const auto small = temp.write("small.txt", sentences(20)).string(); // a validation split of about two batches
    const StreamSource endless(stream("builtin:mixed"), 4);
    EXPECT_EQ(endless.validation_batches(), 4);
    const StreamSource few(stream(small), 100);
    EXPECT_GE(few.validation_batches(), 1);
    EXPECT_LT(few.validation_batches(), 10);
    EXPECT_EQ(few.validation_batch(0).batch, 2);
    StreamOptions none = kOptions;
    none.validation_fraction = 0;
    EXPECT_EQ(StreamSource(stream("builtin:mixed", none), 4).validation_batches(), 0);
}

TEST(StreamSource, TheValidationBatchesAreTheSameForEverySeed)
{
    StreamOptions other = kOptions;
    other.seed = 6;
    const StreamSource a(stream("builtin:mixed"), 2);
    const StreamSource b(stream("builtin:mixed", other), 2);
    EXPECT_EQ(a.validation_batch(1).inputs, b.validation_batch(1).inputs);
    EXPECT_NE(a.training_batch(1, 0).inputs, b.training_batch(1, 0).inputs);
}

TEST(StreamSource, AFileThatGoesAwayEndsTheRunWithItsName)
{
    const TempFolder temp;
    for (int i = 0; i < 1100; ++i) temp.write("texts/" + std::to_string(i) + ".txt", sentences(3));
    const StreamSource source(stream((temp / "texts").string()), 2);
    std::filesystem::remove_all(temp / "texts");
    try {
        // More files than are kept open: some batch needs one that is gone.
        for (std::int64_t step = 1; step <= 2000; ++step) source.training_batch(step, 0);
        FAIL() << "expected an exception";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find(".txt"), std::string::npos) << error.what();
    }
}

} // namespace
} // namespace triptych::test
