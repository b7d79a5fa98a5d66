// Thousands of damaged configurations and settings: each is refused in words or valid, none crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/config/parameter_count.h"
#include "core/config/settings.h"
#include "tests/support/mutate.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(ConfigFuzz, DamagedModelFilesAreRefusedOrValid)
{
    ModelConfig config;
    config.rope_scaling = YarnConfig{};
    config.n_group = 4;
    config.topk_group = 2;
    const std::string whole = model_config_json(config);
    int refused = 0;
    int valid = 0;
    for (std::uint64_t round = 0; round < 6000; ++round) {
        const auto parsed = parse_model_config(mutated(whole, 1, round), "config.json");
        if (!parsed) {
            ++refused;
            EXPECT_TRUE(parsed.error().what.starts_with("config.json")) << parsed.error().what;
            EXPECT_FALSE(parsed.error().hint.empty()) << parsed.error().what;
            continue;
        }
        ++valid;
        EXPECT_TRUE(validate(*parsed).ok());
        EXPECT_GT(count_parameters(*parsed).total, 0);
        const auto again = parse_model_config(model_config_json(*parsed));
        ASSERT_TRUE(again.ok()) << again.error().what;
        EXPECT_EQ(*again, *parsed) << "what was read can be written and read again";
    }
    EXPECT_GT(refused, 1000);
    EXPECT_GT(valid, 300);
}

TEST(ConfigFuzz, DamagedTrainingSettingsAreRefusedOrValid)
{
    const std::string whole = train_config_json({});
    int valid = 0;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        const auto parsed = parse_train_config(mutated(whole, 2, round));
        if (!parsed) {
            EXPECT_FALSE(parsed.error().hint.empty()) << parsed.error().what;
            continue;
        }
        ++valid;
        EXPECT_TRUE(validate(*parsed).ok());
    }
    EXPECT_GT(valid, 100);
}

TEST(ConfigFuzz, DamagedCommandLineSettingsAreRefusedOrValid)
{
    const std::string_view settings[] = {"learning_rate=0.001", "n_group=4",        "rope_scaling.factor=40",
                                         "router=softmax_aux",  "q_lora_rank=none", "tie_word_embeddings=true",
                                         "rope_scaling=null"};
    for (std::uint64_t round = 0; round < 6000; ++round) {
        ModelConfig model;
        TrainConfig train;
        const std::string setting = mutated(std::string(settings[round % std::size(settings)]), 3, round);
        const Status applied = apply_settings(model, train, std::span(&setting, 1));
        if (applied) {
            EXPECT_TRUE(validate(model).ok() && validate(train).ok()) << setting;
        } else {
            EXPECT_FALSE(applied.error().hint.empty()) << setting;
        }
    }
}

} // namespace
} // namespace triptych::test
