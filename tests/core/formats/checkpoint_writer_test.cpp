// Writing checkpoint folders: complete, atomic, and never in the place of something else.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/checkpoint_writer.h"
#include "core/formats/hf_checkpoint.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"
#include "tests/support/without_privileges.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace triptych {
namespace {

namespace fs = std::filesystem;

class Writing : public testing::Test {
protected:
    std::vector<TensorToWrite> tensors() const
    {
        return {{"a", {10, 10}, values.data(), DType::F32, DType::F32},
                {"b", {100}, values.data(), DType::F32, DType::F32}};
    }

    /// The whole way; the error, or "".
    std::string write(const fs::path& place, IfExists if_exists = IfExists::Refuse)
    {
        Result<CheckpointWriter> writer = CheckpointWriter::begin(place, if_exists);
        if (!writer) return writer.error().what;
        if (Status s = writer->write_model(ModelConfig{}, tensors()); !s) return s.error().what;
        if (Status s = writer->write_text("tokenizer.json", "{}"); !s) return s.error().what;
        if (Status s = writer->write_text("triptych/train_state.json", "{}"); !s) return s.error().what;
        if (Status s = writer->write_tensors("triptych/optimizer.safetensors", tensors()); !s) return s.error().what;
        if (Status s = writer->commit(); !s) return s.error().what;
        return "";
    }

    float first_value(const fs::path& place)
    {
        const Result<HfCheckpoint> checkpoint = HfCheckpoint::open(place);
        if (!checkpoint) return -1;
        std::vector<float> read(100);
        if (!checkpoint->read_into("b", std::vector<std::int64_t>{100}, read.data(), DType::F32)) return -2;
        return read[0];
    }

    std::vector<std::string> names_in(const fs::path& folder)
    {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

    test::TempFolder temp;
    std::vector<float> values = std::vector<float>(100, 1.0f);
};

TEST_F(Writing, MakesAWholeFolderAndLeavesNothingElse)
{
    ASSERT_EQ(write(temp / "runs/a/step-000001"), "");
    EXPECT_EQ(names_in(temp / "runs/a"), std::vector<std::string>{"step-000001"});
    EXPECT_EQ(names_in(temp / "runs/a/step-000001"),
              (std::vector<std::string>{"config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
                                        "triptych"}));
    EXPECT_EQ(first_value(temp / "runs/a/step-000001"), 1);
    const SafetensorsFile file = SafetensorsFile::open(temp / "runs/a/step-000001/model.safetensors").take();
    EXPECT_EQ(file.metadata().at("format"), "pt");
}

TEST_F(Writing, ConfigNamesTheTypeOfMostWeights)
{
    CheckpointWriter writer = CheckpointWriter::begin(temp / "m", IfExists::Refuse).take();
    const std::vector<TensorToWrite> mixed = {{"w", {100}, values.data(), DType::F32, DType::BF16},
                                              {"bias", {2}, values.data(), DType::F32, DType::F32}};
    ASSERT_TRUE(writer.write_model(ModelConfig{}, mixed).ok());
    EXPECT_EQ(nlohmann::json::parse(test::slurp(writer.building_folder() / "config.json"))["torch_dtype"], "bfloat16");
}

TEST_F(Writing, SplitsLargeModelsIntoShardsThatReadAsOne)
{
    CheckpointWriter writer = CheckpointWriter::begin(temp / "m", IfExists::Refuse).take();
    ASSERT_TRUE(writer.write_model(ModelConfig{}, tensors(), 500).ok());
    ASSERT_TRUE(writer.commit().ok());
    EXPECT_TRUE(fs::exists(temp / "m/model-00002-of-00002.safetensors"));
    const auto index = nlohmann::json::parse(test::slurp(temp / "m/model.safetensors.index.json"));
    EXPECT_EQ(index["metadata"]["total_size"], 800);
    EXPECT_EQ(index["weight_map"]["a"], "model-00001-of-00002.safetensors");
    EXPECT_EQ(first_value(temp / "m"), 1);
}

TEST_F(Writing, WithoutCommitNothingIsLeftAndTheOldOneStays)
{
    ASSERT_EQ(write(temp / "m"), "");
    values[0] = 2;
    {
        CheckpointWriter writer = CheckpointWriter::begin(temp / "m", IfExists::Replace).take();
        ASSERT_TRUE(writer.write_model(ModelConfig{}, tensors()).ok());
    }
    EXPECT_EQ(first_value(temp / "m"), 1);
    EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"m"});
}

TEST_F(Writing, ReplacesAnOlderCheckpointOnlyWhenAsked)
{
    ASSERT_EQ(write(temp / "m"), "");
    values[0] = 2;
    EXPECT_NE(write(temp / "m").find("already exists"), std::string::npos);
    EXPECT_EQ(first_value(temp / "m"), 1);
    EXPECT_EQ(write(temp / "m", IfExists::Replace), "");
    EXPECT_EQ(first_value(temp / "m"), 2);
    EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"m"});
}

TEST_F(Writing, NeverReplacesAFolderOfOtherThings)
{
    temp.write("home/letter.txt", "dear");
    EXPECT_NE(write(temp / "home", IfExists::Replace).find("\"letter.txt\""), std::string::npos);
    EXPECT_EQ(test::slurp(temp / "home/letter.txt"), "dear");
    ASSERT_EQ(write(temp / "m"), "");
    temp.write("m/notes.md", "mine");
    EXPECT_NE(write(temp / "m", IfExists::Replace).find("\"notes.md\""), std::string::npos);
    temp.write("half/tokenizer.json", "{}");
    EXPECT_NE(write(temp / "half", IfExists::Replace).find("no config.json"), std::string::npos);
}

TEST_F(Writing, AnEmptyFolderIsTakenEvenWithATrailingSlash)
{
    fs::create_directory(temp / "empty");
    EXPECT_EQ(write(temp.path().string() + "/empty/"), "");
    EXPECT_EQ(first_value(temp / "empty"), 1);
}

TEST_F(Writing, FilesInTheWayAreErrors)
{
    temp.write("file", "x");
    EXPECT_NE(write(temp / "file", IfExists::Replace).find("there is a file of this name"), std::string::npos);
    EXPECT_NE(write(temp / "file/below").find("file"), std::string::npos);
    EXPECT_NE(write("").find("no place"), std::string::npos);
    EXPECT_NE(write("/", IfExists::Replace), "");
    EXPECT_NE(write("/proc/triptych-checkpoint").find("/proc/triptych-checkpoint"), std::string::npos);
    EXPECT_EQ(test::slurp(temp / "file"), "x");
}

TEST_F(Writing, ALinkToACheckpointStaysALink)
{
    ASSERT_EQ(write(temp / "m"), "");
    fs::create_directory_symlink(temp / "m", temp / "latest");
    values[0] = 2;
    ASSERT_EQ(write(temp / "latest", IfExists::Replace), "");
    EXPECT_TRUE(fs::is_symlink(temp / "latest"));
    EXPECT_EQ(first_value(temp / "m"), 2);
}

TEST_F(Writing, TwoWritersOfOneCheckpointDoNotMix)
{
    const Result<CheckpointWriter> first = CheckpointWriter::begin(temp / "m", IfExists::Refuse);
    ASSERT_TRUE(first.ok());
    EXPECT_NE(write(temp / "m").find("another process"), std::string::npos);
}

TEST_F(Writing, TheRemainsOfADeadWriterAreRemoved)
{
    fs::path site;
    {
        CheckpointWriter writer = CheckpointWriter::begin(temp / "m", IfExists::Refuse).take();
        site = writer.building_folder();
    }
    fs::create_directories(site / "triptych");
    temp.write(site.filename().string() + "/half.safetensors", "half");
    ASSERT_EQ(write(temp / "m"), "");
    EXPECT_FALSE(fs::exists(temp / "m/half.safetensors"));
    EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"m"});
}

TEST_F(Writing, AFullDiskLeavesTheOldCheckpointWhole)
{
    ASSERT_EQ(write(temp / "m"), "");
    values[0] = 2;
    std::string refusal;
    {
        const test::FileSizeLimit limit(700);
        refusal = write(temp / "m", IfExists::Replace);
    }
    EXPECT_NE(refusal.find("larger than this system allows"), std::string::npos) << refusal;
    EXPECT_EQ(first_value(temp / "m"), 1);
    EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"m"});
}

TEST_F(Writing, AFolderThatMayNotBeWrittenIsAnError)
{
    fs::create_directory(temp / "locked");
    fs::permissions(temp.path(), fs::perms(0755));
    fs::permissions(temp / "locked", fs::perms(0555));
    std::string refusal;
    {
        const test::WithoutPrivileges nobody;
        refusal = write(temp / "locked/m");
    }
    EXPECT_NE(refusal.find("permission denied"), std::string::npos) << refusal;
}

} // namespace
} // namespace triptych
