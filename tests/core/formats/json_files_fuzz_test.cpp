// Thousands of damaged tokenizer and shard index files: each is refused in words or read, none crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/checkpoint_writer.h"
#include "core/formats/hf_checkpoint.h"
#include "core/formats/tokenizer_json.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(JsonFilesFuzz, DamagedTokenizersAreRefusedOrTheByteTokenizer)
{
    const TempFolder temp;
    ASSERT_TRUE(write_byte_tokenizer(temp.path(), 128).ok());
    const std::string whole = slurp(temp / "tokenizer.json");
    int read = 0;
    for (std::uint64_t round = 0; round < 800; ++round) {
        temp.rewrite("tokenizer.json", mutated(whole, 1, round));
        const auto tokenizer = read_tokenizer(temp.path());
        if (tokenizer) {
            ++read;
            EXPECT_EQ((*tokenizer)->vocab_size(), 264);
        } else {
            EXPECT_NE(tokenizer.error().what.find("tokenizer.json"), std::string::npos) << tokenizer.error().what;
            EXPECT_FALSE(tokenizer.error().hint.empty());
        }
    }
    EXPECT_GT(read, 5) << "damage to what means nothing";
}

TEST(JsonFilesFuzz, DamagedShardIndexesAreRefusedOrLeadToTheWeights)
{
    const TempFolder temp;
    const std::vector<float> values(64, 1.5F);
    const std::vector<TensorToWrite> tensors = {{"a", {8, 8}, values.data(), DType::F32, DType::F32},
                                                {"b", {64}, values.data(), DType::F32, DType::F32}};
    auto writer = CheckpointWriter::begin(temp / "m", IfExists::Refuse);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->write_model(ModelConfig{}, tensors, 256).ok());
    ASSERT_TRUE(writer->commit().ok());
    const std::string whole = slurp(temp / "m/model.safetensors.index.json");
    ASSERT_FALSE(whole.empty());
    int opened = 0;
    for (std::uint64_t round = 0; round < 800; ++round) {
        temp.rewrite("m/model.safetensors.index.json", mutated(whole, 2, round));
        const auto checkpoint = HfCheckpoint::open(temp / "m");
        if (!checkpoint) {
            EXPECT_FALSE(checkpoint.error().hint.empty()) << checkpoint.error().what;
            continue;
        }
        ++opened;
        std::vector<float> read(64);
        for (const auto* entry : checkpoint->tensors())
            EXPECT_TRUE(checkpoint->read_into(entry->name, entry->shape, read.data(), DType::F32).ok());
    }
    EXPECT_GT(opened, 20);
}

} // namespace
} // namespace triptych::test
