// Checkpoint folders as others write them: one file, shards, 8-bit weights, and each way they can be incomplete.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/formats/checkpoint_writer.h"
#include "core/formats/hf_checkpoint.h"
#include "core/formats/number_formats.h"
#include "core/util/replace_folder.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <numeric>

namespace triptych {
namespace {

namespace fs = std::filesystem;

class HfCheckpointFolder : public testing::Test {
protected:
    void SetUp() override
    {
        std::iota(values.begin(), values.end(), 0.0f);
        CheckpointWriter writer = CheckpointWriter::begin(temp / "model", IfExists::Refuse).take();
        ASSERT_TRUE(writer.write_model(ModelConfig{}, tensors()).ok());
        ASSERT_TRUE(writer.write_text("tokenizer.json", "{}").ok());
        ASSERT_TRUE(writer.commit().ok());
    }

    std::vector<TensorToWrite> tensors() const
    {
        return {{"a", {3, 4}, values.data(), DType::F32, DType::F32},
                {"b", {12}, values.data(), DType::F32, DType::F32},
                {"c", {2, 2}, values.data(), DType::F32, DType::F32}};
    }

    std::string refusal() const
    {
        const Result<HfCheckpoint> checkpoint = HfCheckpoint::open(temp / "model");
        return checkpoint ? "" : checkpoint.error().what + " | " + checkpoint.error().hint;
    }

    void change_config(const char* key, nlohmann::json value)
    {
        nlohmann::json json = nlohmann::json::parse(test::slurp(temp / "model/config.json"));
        json[key] = std::move(value);
        temp.write("model/config.json", json.dump());
    }

    /// The weights again, in two shards with an index.
    void make_shards(const std::string& index)
    {
        fs::remove(temp / "model/model.safetensors");
        const std::vector<TensorToWrite> all = tensors();
        ASSERT_TRUE(write_safetensors(temp / "model/model-00001-of-00002.safetensors", std::span(all).first(1)).ok());
        ASSERT_TRUE(write_safetensors(temp / "model/model-00002-of-00002.safetensors", std::span(all).subspan(1)).ok());
        temp.write("model/model.safetensors.index.json", index);
    }

    test::TempFolder temp;
    std::vector<float> values = std::vector<float>(12);
};

constexpr const char* kIndex = R"({"metadata": {"total_size": 112}, "weight_map": {
    "a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors", "c": "model-00002-of-00002.safetensors"}})";

TEST_F(HfCheckpointFolder, OpensAndReads)
{
    const Result<HfCheckpoint> checkpoint = HfCheckpoint::open(temp / "model");
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().what;
    EXPECT_EQ(checkpoint->config(), ModelConfig{});
    EXPECT_EQ(checkpoint->tensors().size(), 3u);
    std::vector<double> read(12);
    ASSERT_TRUE(checkpoint->read_into("b", std::vector<std::int64_t>{12}, read.data(), DType::F64).ok());
    EXPECT_EQ(read[11], 11);
    EXPECT_EQ(checkpoint->read_text("tokenizer.json").value(), "{}");
    EXPECT_FALSE(checkpoint->read_text("absent.json").ok());
}

TEST_F(HfCheckpointFolder, OpensShards)
{
    make_shards(kIndex);
    const Result<HfCheckpoint> checkpoint = HfCheckpoint::open(temp / "model");
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().what;
    EXPECT_EQ(checkpoint->tensors().size(), 3u);
    std::vector<float> read(4);
    ASSERT_TRUE(checkpoint->read_into("c", std::vector<std::int64_t>{2, 2}, read.data(), DType::F32).ok());
    EXPECT_EQ(read[3], 3);
}

TEST_F(HfCheckpointFolder, AShardThatIsMissingOrLacksATensorIsNamed)
{
    make_shards(
        R"({"weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00001-of-00002.safetensors"}})");
    EXPECT_NE(refusal().find("model-00001-of-00002.safetensors: there is no tensor \"b\""), std::string::npos)
        << refusal();
    make_shards(R"({"weight_map": {"a": "model-00003-of-00002.safetensors"}})");
    EXPECT_NE(refusal().find("\"model-00003-of-00002.safetensors\" is missing"), std::string::npos) << refusal();
}

TEST_F(HfCheckpointFolder, AnIndexThatLeadsOutOfTheFolderOrIsBrokenIsRefused)
{
    make_shards(R"({"weight_map": {"a": "../../secret.safetensors"}})");
    EXPECT_NE(refusal().find("no file name"), std::string::npos) << refusal();
    make_shards(R"({"weight_map": {"a": "/etc/passwd"}})");
    EXPECT_NE(refusal().find("no file name"), std::string::npos) << refusal();
    make_shards(R"({"weight_map": {"a": 3}})");
    EXPECT_NE(refusal().find("no file name"), std::string::npos) << refusal();
    make_shards(R"({"metadata": {}})");
    EXPECT_NE(refusal().find("weight_map"), std::string::npos) << refusal();
    make_shards("{");
    EXPECT_NE(refusal().find("not valid JSON"), std::string::npos) << refusal();
}

TEST_F(HfCheckpointFolder, WhatIsNoCheckpointIsSaid)
{
    EXPECT_NE(HfCheckpoint::open(temp / "absent").error().what.find("no checkpoint at"), std::string::npos);
    EXPECT_NE(HfCheckpoint::open(temp / "model/config.json").error().what.find("is a file"), std::string::npos);
    fs::create_directory(temp / "empty");
    EXPECT_NE(HfCheckpoint::open(temp / "empty").error().what.find("no config.json"), std::string::npos);
    fs::remove(temp / "model/model.safetensors");
    EXPECT_NE(refusal().find("holds no model.safetensors"), std::string::npos) << refusal();
    temp.write("model/pytorch_model.bin", "x");
    EXPECT_NE(refusal().find("safe_serialization"), std::string::npos) << refusal();
}

TEST_F(HfCheckpointFolder, AnotherArchitectureIsNamed)
{
    change_config("model_type", "llama");
    EXPECT_NE(refusal().find("\"llama\""), std::string::npos) << refusal();
    EXPECT_NE(refusal().find("model/config.json"), std::string::npos) << refusal();
}

TEST_F(HfCheckpointFolder, TruncatedWeightsAreRefused)
{
    const auto path = temp / "model/model.safetensors";
    fs::resize_file(path, fs::file_size(path) - 1);
    EXPECT_NE(refusal().find("model.safetensors"), std::string::npos) << refusal();
    EXPECT_NE(refusal().find("damaged"), std::string::npos) << refusal();
}

TEST_F(HfCheckpointFolder, CheckNamesTheFirstMissingAndTheShapeThatDiffers)
{
    const HfCheckpoint checkpoint = HfCheckpoint::open(temp / "model").take();
    const auto check = [&](std::vector<ExpectedTensor> expected) {
        const Status status = checkpoint.check(expected);
        return status ? "" : status.error().what;
    };
    EXPECT_EQ(check({{"a", {3, 4}}, {"c", {2, 2}}}), "");
    EXPECT_NE(check({{"a", {3, 4}}, {"x", {1}}}).find("there is no tensor \"x\""), std::string::npos);
    EXPECT_NE(check({{"x", {1}}, {"y", {1}}, {"a", {3, 4}}}).find("\"x\", nor are 1 others of the 3"),
              std::string::npos)
        << check({{"x", {1}}, {"y", {1}}, {"a", {3, 4}}});
    EXPECT_NE(check({{"a", {4, 3}}}).find("[3, 4], expected [4, 3]"), std::string::npos);
}

TEST_F(HfCheckpointFolder, AfterACrashBetweenTwoRenamesTheOldOneIsOpened)
{
    fs::rename(temp / "model", previous_folder(temp / "model"));
    EXPECT_EQ(refusal(), "");
}

class Fp8Checkpoint : public HfCheckpointFolder {
protected:
    static constexpr std::int64_t kRows = 130;    // two blocks of rows, the second of two
    static constexpr std::int64_t kColumns = 300; // three blocks of columns, the last of 44

    /// Weights of 1.0 in E4M3 with the scales 1, 2, 3 / 4, 5, 6, which would be hard to mix up.
    void write_fp8(const std::vector<std::int64_t>& scale_shape = {2, 3}, bool with_scales = true)
    {
        change_config("quantization_config",
                      {{"quant_method", "fp8"}, {"fmt", "e4m3"}, {"weight_block_size", {128, 128}}});
        const std::vector<std::uint8_t> ones(kRows * kColumns, 0x38);
        std::vector<float> scales(100);
        std::iota(scales.begin(), scales.end(), 1.0f);
        std::vector<TensorToWrite> all = {{"w", {kRows, kColumns}, ones.data(), DType::F8E4M3, DType::F8E4M3},
                                          {"vector", {4}, ones.data(), DType::F8E4M3, DType::F8E4M3},
                                          {"vector_scale_inv", {1}, scales.data(), DType::F32, DType::F32},
                                          {"plain", {12}, values.data(), DType::F32, DType::BF16}};
        if (with_scales) all.push_back({"w_scale_inv", scale_shape, scales.data(), DType::F32, DType::F32});
        ASSERT_TRUE(write_safetensors(temp / "model/model.safetensors", all).ok());
    }
};

TEST_F(Fp8Checkpoint, WeightsComeMultipliedByTheirBlockScales)
{
    write_fp8();
    const HfCheckpoint checkpoint = HfCheckpoint::open(temp / "model").take();
    std::vector<float> w(kRows * kColumns);
    ASSERT_TRUE(checkpoint.read_into("w", std::vector{kRows, kColumns}, w.data(), DType::F32).ok());
    for (std::int64_t r = 0; r < kRows; ++r)
        for (std::int64_t c = 0; c < kColumns; ++c)
            ASSERT_EQ(w[static_cast<std::size_t>(r * kColumns + c)], static_cast<float>(1 + r / 128 * 3 + c / 128))
                << r << " " << c;
    std::vector<std::uint16_t> halves(w.size());
    ASSERT_TRUE(checkpoint.read_into("w", std::vector{kRows, kColumns}, halves.data(), DType::BF16).ok());
    EXPECT_EQ(bf16_to_float(halves.back()), 6);
    std::vector<float> plain(12);
    ASSERT_TRUE(checkpoint.read_into("plain", std::vector<std::int64_t>{12}, plain.data(), DType::F32).ok());
    EXPECT_EQ(plain, values);
}

TEST_F(Fp8Checkpoint, ScalesThatAreMissingOrOfAnotherShapeAreNamed)
{
    std::vector<float> w(kRows * kColumns);
    write_fp8({2, 3}, false);
    const Status missing =
        HfCheckpoint::open(temp / "model").take().read_into("w", std::vector{kRows, kColumns}, w.data(), DType::F32);
    EXPECT_NE(missing.error().what.find("\"w_scale_inv\""), std::string::npos);
    write_fp8({3, 2});
    const Status wrong =
        HfCheckpoint::open(temp / "model").take().read_into("w", std::vector{kRows, kColumns}, w.data(), DType::F32);
    EXPECT_NE(wrong.error().what.find("\"w_scale_inv\" has the shape [3, 2], expected [2, 3]"), std::string::npos);
    const HfCheckpoint checkpoint = HfCheckpoint::open(temp / "model").take();
    EXPECT_NE(checkpoint.read_into("w", std::vector{kColumns, kRows}, w.data(), DType::F32)
                  .error()
                  .what.find("\"w\" has the shape"),
              std::string::npos);
    EXPECT_NE(checkpoint.read_into("vector", std::vector<std::int64_t>{4}, w.data(), DType::F32)
                  .error()
                  .what.find("only matrices"),
              std::string::npos);
}

TEST_F(Fp8Checkpoint, OtherWaysOfCompressionAreRefused)
{
    change_config("quantization_config", {{"quant_method", "gptq"}, {"bits", 4}});
    EXPECT_NE(refusal().find("gptq"), std::string::npos) << refusal();
    change_config("quantization_config", {{"quant_method", "fp8"}, {"weight_block_size", {0, 128}}});
    EXPECT_NE(refusal().find("weight_block_size"), std::string::npos) << refusal();
    change_config("quantization_config", {{"quant_method", "fp8"}, {"weight_block_size", nullptr}});
    EXPECT_NE(refusal().find("weight_block_size"), std::string::npos) << refusal();
    change_config("quantization_config", "yes");
    EXPECT_NE(refusal().find("compressed"), std::string::npos) << refusal();
}

} // namespace
} // namespace triptych
