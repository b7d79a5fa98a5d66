// The model presets: each is valid, and its counts are those its source publishes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/util/atomic_file.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace triptych {
namespace {

namespace fs = std::filesystem;

ModelConfig preset(const std::string& name)
{
    Result<ModelConfig> config = load_model_config(name);
    EXPECT_TRUE(config.ok()) << config.error().what;
    return config ? *config : ModelConfig{};
}

TEST(Presets, AllAreThereAndValid)
{
    const std::vector<std::string> names = list_model_presets();
    for (const char* name : {"tiny", "small", "experts256", "bench-s", "bench-m", "bench-x", "base", "deepseek-v2-lite",
                             "moonlight-16b-a3b", "deepseek-v3"})
        EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
    for (const std::string& name : names) {
        const Result<ModelConfig> config = load_model_config(name);
        ASSERT_TRUE(config.ok()) << name << ": " << config.error().what;
        EXPECT_EQ(parse_model_config(model_config_json(*config)).value(), *config) << name;
    }
}

TEST(Presets, DeepseekV3HasThePublishedCounts)
{
    const ModelConfig v3 = preset("deepseek-v3");
    const ParameterCount count = count_parameters(v3);
    EXPECT_NEAR(static_cast<double>(count.total), 671.03e9, 0.005e9);
    EXPECT_NEAR(static_cast<double>(count.active), 37.55e9, 0.005e9);
    EXPECT_NEAR(static_cast<double>(count.active - count.embedding), 36.63e9, 0.005e9);
    EXPECT_NEAR(static_cast<double>(count.mtp), 11.61e9, 0.005e9);
    // The published files hold the MTP module with copies of embedding and head; the rest are scales of the 8-bit
    // weights.
    EXPECT_NEAR(static_cast<double>(count.total + count.mtp + 2 * count.embedding), 684.53e9, 0.05e9);
}

TEST(Presets, DeepseekV3CachesAndCosts)
{
    const ModelConfig v3 = preset("deepseek-v3");
    const CacheBytes cache = cache_bytes_per_token(v3);
    EXPECT_EQ(cache.mla, 70272);
    EXPECT_EQ(cache.mha, 61 * 128 * (192 + 128) * 2);
    EXPECT_EQ(cache.gqa8, 61 * 8 * (192 + 128) * 2);
    EXPECT_EQ(cache.mqa, 61 * (192 + 128) * 2);
    EXPECT_NEAR(training_flops_per_token(v3, 4096), 250.46e9, 0.01e9);
    EXPECT_NEAR(training_flops_per_token(v3, 4096, CountMask::Full), 281.2e9, 0.05e9);
}

TEST(Presets, OtherPublishedModelsHaveTheirCounts)
{
    const ParameterCount lite = count_parameters(preset("deepseek-v2-lite"));
    EXPECT_NEAR(static_cast<double>(lite.total), 15.7e9, 0.05e9);
    EXPECT_NEAR(static_cast<double>(lite.active - lite.embedding), 2.45e9, 0.1e9);
    const ParameterCount moonlight = count_parameters(preset("moonlight-16b-a3b"));
    EXPECT_NEAR(static_cast<double>(moonlight.total), 15.96e9, 0.05e9);
    EXPECT_NEAR(static_cast<double>(moonlight.active), 2.98e9, 0.3e9);
}

TEST(Presets, TheBenchesHaveTheCountsOfThePerformanceTable)
{
    struct Row {
        const char* name;
        double total, active, flops;
        std::int64_t sequence;
    };
    for (const Row& row : {Row{"bench-s", 21.7e6, 4.4e6, 34.5e6, 256}, Row{"bench-m", 222e6, 35.8e6, 256e6, 512},
                           Row{"bench-x", 52.6e6, 3.0e6, 25.6e6, 256}}) {
        const ModelConfig config = preset(row.name);
        const ParameterCount count = count_parameters(config);
        EXPECT_NEAR(static_cast<double>(count.total + count.mtp) / row.total, 1, 0.02) << row.name;
        EXPECT_NEAR(static_cast<double>(count.active) / row.active, 1, 0.02) << row.name;
        EXPECT_NEAR(training_flops_per_token(config, row.sequence, CountMask::Causal, CountMtp::Yes) / row.flops, 1,
                    0.02)
            << row.name;
    }
}

TEST(Presets, BaseHasAboutAHundredMillionParameters)
{
    const ParameterCount count = count_parameters(preset("base"));
    EXPECT_NEAR(static_cast<double>(count.total) / 100e6, 1, 0.15);
}

TEST(Presets, AnUnknownNameIsAnsweredWithTheNearOnes)
{
    const Result<ModelConfig> config = load_model_config("tinny");
    ASSERT_FALSE(config.ok());
    EXPECT_NE(config.error().what.find("\"tinny\""), std::string::npos);
    EXPECT_NE(config.error().hint.find("perhaps tiny"), std::string::npos) << config.error().hint;
    EXPECT_NE(load_model_config("zzzz").error().hint.find("deepseek-v3"), std::string::npos);
    EXPECT_FALSE(load_model_config("").ok());
}

TEST(Presets, APathMayBeAFileOrTheFolderOfACheckpoint)
{
    const test::TempFolder folder;
    ModelConfig config;
    config.hidden_size = 96;
    ASSERT_TRUE(write_file_atomically(folder.path() / "config.json", model_config_json(config)).ok());
    EXPECT_EQ(load_model_config((folder.path() / "config.json").string()).value(), config);
    EXPECT_EQ(load_model_config(folder.path().string()).value(), config);
    fs::create_directory(folder.path() / "empty");
    EXPECT_NE(load_model_config((folder.path() / "empty").string()).error().what.find("holds no config.json"),
              std::string::npos);
    EXPECT_NE(load_model_config((folder.path() / "none.json").string()).error().what.find("none.json"),
              std::string::npos);
}

TEST(Presets, TheResourcesOfTheEnvironmentComeFirst)
{
    const test::TempFolder folder;
    fs::create_directory(folder.path() / "model_presets");
    ModelConfig config;
    config.hidden_size = 96;
    ASSERT_TRUE(write_file_atomically(folder.path() / "model_presets" / "tiny.json", model_config_json(config)).ok());
    ASSERT_EQ(::setenv("TRIPTYCH_RESOURCES", folder.path().c_str(), 1), 0);
    const ModelConfig tiny = preset("tiny");
    const ModelConfig v3 = preset("deepseek-v3");
    ::unsetenv("TRIPTYCH_RESOURCES");
    EXPECT_EQ(tiny.hidden_size, 96);
    EXPECT_EQ(v3.hidden_size, 7168);
}

} // namespace
} // namespace triptych
